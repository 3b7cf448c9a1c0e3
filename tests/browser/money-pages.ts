import type { House } from './house.ts'
import { claimFor, fillPerson, moneyScene } from './money-scene.ts'

/** The pages of money as 符大海 sees them: a run with a price, a full one, and a seat held for him. Name, address, and what shows that the page is there. */
export async function moneyPages(house: House): Promise<[string, string, string][]> {
  const { courseId, runId, smallRunId, weekendRunId } = await moneyScene(house, 'P1')
  const others = ['pages-first', 'pages-second'].map((sub) => house.as(sub))
  for (const [i, client] of others.entries()) {
    await fillPerson(client, 11 + i)
    await claimFor(client, smallRunId)
  }
  const { orderId } = await claimFor(house.as('demo-fu-dahai'), runId)
  const claim = (run: string) => `/claim/?run=${run}&course=${courseId}`
  return [
    ['claim-price', claim(weekendRunId), '#go'],
    ['claim-full', claim(smallRunId), '#join-queue'],
    ['claim-held', claim(runId), '#claim a.button'],
    ['course-priced', `/courses/${courseId}/`, '.ticket'],
    ['orders', '/orders/', '.order'],
    ['order', `/orders/?order=${orderId}`, '.receipt'],
    ['pay', `/orders/pay/?order=${orderId}`, '#pay-link'],
    ['return', `/orders/return/?order=${orderId}`, '.asking'],
  ]
}
