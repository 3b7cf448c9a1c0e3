import { plusMinutes } from '@skills/contract/time.ts'
import { beforeAll, expect, it } from 'vitest'
import { signInAs, type House, type Visitor } from './house.ts'
import { lookAt } from './look-at.ts'
import { checkoutOf, holdEnds, paymentOf, settleLater } from './money-below.ts'
import { claimFor, fillPerson, moneyScene, type MoneyScene } from './money-scene.ts'

/** Holds that end unpaid, money that comes afterwards, and money that a bank takes back: what the person reads about each, and that no page says otherwise. */
export function lateMoney(house: () => House): void {
  let scene: MoneyScene
  beforeAll(async () => {
    scene = await moneyScene(house(), 'L1')
  }, 120_000)
  const who = 'demo-fu-dahai'
  async function signedIn(sub: string): Promise<Visitor> {
    const visitor = await house().visit({ device: 'phone' })
    await visitor.page.goto('/sign-in/?back=/about/')
    await signInAs(visitor.page, sub)
    await visitor.page.waitForURL('**/about/')
    return visitor
  }

  it('a hold that ends unpaid gives the seat back and says that nothing was charged', { timeout: 180_000 }, async () => {
    const { orderId } = await claimFor(house().as(who), scene.weekendRunId)
    const session = await checkoutOf(house(), who, orderId ?? '')
    const visitor = await signedIn(who)
    const { page } = visitor
    // Only the visitor's clock says that the time is over: the house has not looked yet.
    const over = Date.parse(plusMinutes(new Date().toISOString(), 46))
    await page.evaluate((endsAt) => {
      const kept = JSON.parse(localStorage.getItem('skills.session') ?? '{}') as object
      localStorage.setItem('skills.session', JSON.stringify({ ...kept, endsAt }))
    }, over + 3_600_000)
    await page.clock.setFixedTime(over)
    await lookAt(visitor, '/learning/', '.on-hold', 'hold-over-learning')
    expect(await page.locator('.on-hold [data-cancel]').count()).toBe(0)
    await lookAt(visitor, `/orders/pay/?order=${orderId}`, '.asking', 'hold-over-asking')

    await holdEnds(house(), session)
    await lookAt(visitor, `/orders/pay/?order=${orderId}`, '[data-outcome=lapsed]', 'lapsed-pay')
    await lookAt(visitor, `/orders/?order=${orderId}`, '.receipt[data-state=lapsed]', 'lapsed-order')
    await lookAt(visitor, '/orders/', '.order[data-state=lapsed]', 'lapsed-orders')
    await lookAt(visitor, '/learning/', '.learning[data-phase=cancelled]', 'lapsed-learning')
    await visitor.leave()
  })

  it('money that comes when the seat is somebody else’s goes back, and every page says so', { timeout: 240_000 }, async () => {
    const [first, second] = ['late-first', 'late-second'].map((sub) => house().as(sub))
    await Promise.all([fillPerson(first!, 31), fillPerson(second!, 32)])
    const { orderId } = await claimFor(house().as(who), scene.smallRunId)
    await claimFor(first!, scene.smallRunId)
    const { stripe } = house().below().cloud.doubles
    // The person confirmed in a wallet; the money takes its time.
    const session = await checkoutOf(house(), who, orderId ?? '')
    stripe.pay(session, { method: 'alipay', outcome: 'later' })
    await stripe.drain()
    await holdEnds(house(), session)
    await claimFor(second!, scene.smallRunId)

    const visitor = await signedIn(who)
    const { page } = visitor
    await lookAt(visitor, `/orders/return/?order=${orderId}`, '[data-outcome=lapsed]', 'late-before')

    stripe.settle(session, true)
    await stripe.drain()
    await lookAt(visitor, `/orders/return/?order=${orderId}`, '[data-outcome=lapsed] .moved', 'late-return', async () =>
      expect(await page.locator('[data-outcome]').innerText()).toContain('¥384'),
    )
    await lookAt(visitor, `/orders/?order=${orderId}`, '.receipt .moved', 'late-order')
    await lookAt(visitor, '/orders/', '.order[data-state=lapsed]', 'late-orders')
    await lookAt(visitor, '/learning/', '[data-money-back=due]', 'late-learning', async () =>
      expect(await page.locator('[data-money-back=due]').filter({ hasText: '¥384' }).count()).toBeGreaterThan(0),
    )

    await settleLater(house(), session, 120)
    await lookAt(visitor, `/orders/?order=${orderId}`, '.moved [data-state=succeeded]', 'late-returned')
    await lookAt(visitor, `/orders/return/?order=${orderId}`, '[data-outcome=lapsed] .moved', 'late-returned-return')
    await lookAt(visitor, '/learning/', '[data-money-back=done]', 'late-returned-learning')

    // The bank could not take it after all: still owed, and said.
    const refund = stripe.store.all('refund').findLast(({ payment_intent: payment }) => payment === paymentOf(house(), orderId ?? ''))
    stripe.failRefund(refund?.id ?? '')
    await settleLater(house(), session, 360)
    await lookAt(visitor, `/orders/?order=${orderId}`, '.moved [data-state=failed]', 'late-refund-failed')
    await lookAt(visitor, `/orders/return/?order=${orderId}`, '[data-outcome=lapsed] .moved', 'late-refund-failed-return')
    await lookAt(visitor, '/learning/', '[data-money-back=failed]', 'late-refund-failed-learning')
    await visitor.leave()
  })

  it('a payment that a bank asks back is told with its end', { timeout: 180_000 }, async () => {
    const { orderId } = await claimFor(house().as(who), scene.runId)
    const { stripe } = house().below().cloud.doubles
    stripe.pay(await checkoutOf(house(), who, orderId ?? ''))
    await stripe.drain()
    const visitor = await signedIn(who)
    const { page } = visitor
    const dispute = stripe.openDispute(paymentOf(house(), orderId ?? ''))
    await stripe.drain()
    await lookAt(visitor, `/orders/?order=${orderId}`, '.moved [data-state=open]', 'dispute-open')
    await lookAt(visitor, '/orders/', '.order[data-state=confirmed]', 'dispute-orders')
    await page.goto('/learning/')
    await page.locator('[data-cancel]').first().click()
    await page.locator('#refund [data-percent], #refund .notice').first().waitFor()
    stripe.closeDispute(dispute.id, 'lost')
    await stripe.drain()
    await lookAt(visitor, `/orders/?order=${orderId}`, '.moved [data-state=lost]', 'dispute-lost')
    await visitor.leave()
  })
}
