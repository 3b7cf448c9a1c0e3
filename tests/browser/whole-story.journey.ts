import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { root } from '@skills/local/build.ts'
import { demoSponsors } from '@skills/local/demo-people.ts'
import { must } from '@skills/local/must.ts'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { signInAs, type House, type Visit, type Visitor } from './house.ts'
import { inLanguage, picture } from './look-at.ts'
import { fillPerson, moneyScene, type MoneyScene } from './money-scene.ts'

/** The scene's union stands below the one whose chair sits at the console. */
const union = { id: 'spo_01K0000000000000000000000N', parentId: demoSponsors[1].id }

/** What the story of issue 3 promises a new user, told once from end to end by four people, each at a screen of their own. */
export function wholeStory(house: () => House): void {
  describe.each([
    { language: 'zh', device: 'phone', code: 'W1' },
    { language: 'en', device: 'desktop', code: 'W2' },
  ] as const)('four people, each in front of a $device, reading $language', ({ language, device, code }) => {
    it(
      'a subsidized seat is paid for, the last one goes, the third is offered what the first gives back, and every fen is where it belongs',
      {
        timeout: 300_000,
      },
      async () => {
        const scene = await moneyScene(house(), code, union)
        const at = (path: string) => inLanguage(language, path)
        const claimPage = at(`/claim/?run=${scene.smallRunId}&course=${scene.courseId}`)
        await fillPerson(house().as('demo-wang-xin'), 3)

        const chair = await house().visit({ device: 'desktop', language })
        await chair.page.goto(at(`/console/union/?sponsor=${union.id}&program=${scene.programId}`))
        await signInAs(chair.page, 'demo-gonghui')
        await chair.page.locator('.program-top').waitFor()
        const budget = budgetOf(house(), chair.page, scene)
        await budget({ free: 4_400_000, available: 600_000, reserved: 0, spent: 0 })

        // The first: the price after subsidy, the checkout page, the seat.
        const first = await stand(house(), { device, language }, claimPage, 'demo-lin-xiaoyu')
        await takeAndPay(first.page, async () => budget({ free: 4_400_000, available: 542_400, reserved: 57_600, spent: 0 }))
        await picture(first, `story-first-paid-${language}`)
        await budget({ free: 4_400_000, available: 542_400, reserved: 0, spent: 57_600 })
        // The second: the last seat.
        const second = await stand(house(), { device, language }, claimPage, 'demo-wang-xin')
        await takeAndPay(second.page)
        await budget({ free: 4_400_000, available: 484_800, reserved: 0, spent: 115_200 })
        // The third: no seat, a place in the queue.
        const third = await stand(house(), { device, language }, claimPage, 'demo-fu-dahai')
        await third.page.locator('#join-queue').click()
        await third.page.locator('[data-waiting=yes] .number-slip').waitFor()
        await picture(third, `story-third-waits-${language}`)

        // The first leaves: what goes back to whom is said before, and comes so.
        await first.page.goto(at('/learning/'))
        await first.page.locator('.learning[data-phase=upcoming] [data-cancel]').first().click()
        const refund = first.page.locator('#refund [data-percent]')
        await refund.waitFor()
        expect([await refund.getAttribute('data-percent'), await refund.getAttribute('data-learner-fen')]).toEqual(['100', '38400'])
        expect(await refund.innerText()).toContain('¥576')
        await first.page.locator('#leave-yes').click()
        await first.page.locator('#said .notice').waitFor()
        await budget({ free: 4_400_000, available: 542_400, reserved: 0, spent: 57_600 })

        // The third is told, finds the seat held for her, and takes it.
        await house().drain()
        await third.page.goto(at('/learning/'))
        await third.page.locator('.offered [role=timer]').waitFor()
        await picture(third, `story-third-offered-${language}`)
        await third.page.locator('.offered a.button').click()
        await third.page.locator('[data-offer]').waitFor()
        await takeAndPay(third.page)
        await budget({ free: 4_400_000, available: 484_800, reserved: 0, spent: 115_200 })

        await first.page.goto(at('/orders/'))
        await first.page.locator('.order[data-state=cancelled] a.plain').first().click()
        await expect
          .poll(
            async () => {
              await house().fire('settle-payments')
              await house().drain()
              await first.page.reload()
              await first.page.locator('.receipt').waitFor()
              return first.page.locator('.moved [data-state=succeeded]').count()
            },
            { timeout: 40_000, interval: 1_000 },
          )
          .toBe(1)
        await picture(first, `story-first-refunded-${language}`)
        expect(await atStripe(house(), scene)).toEqual({ captured: [38_400, 38_400, 38_400], returned: [38_400] })
        await picture(chair, `story-chair-${language}`)
        await house().drain()
        await expectBooksClean(house())

        // The seats are given back, so that the same people can tell it again.
        for (const { page } of [second, third]) {
          await page.goto(at('/learning/'))
          await page.locator('.learning[data-phase=upcoming] [data-cancel]').first().click()
          await page.locator('#leave-yes:enabled').click()
          await page.locator('#said .notice').waitFor()
        }
        await budget({ free: 4_400_000, available: 600_000, reserved: 0, spent: 0 })
        for (const { leave } of [first, second, third, chair]) await leave()
      },
    )
  })
}

/** Somebody on the claim page, signed in. */
export async function stand(house: House, look: Visit, page: string, sub: string): Promise<Visitor> {
  const visitor = await house.visit(look)
  await visitor.page.goto(page)
  await visitor.page.locator('#claim a.button').click()
  await signInAs(visitor.page, sub)
  await visitor.page.locator('#go, #join-queue').first().waitFor()
  return visitor
}

/** From the claim page with ¥384 of ¥960 to pay through the checkout page to the seat. `held` looks round while the seat is only held. */
async function takeAndPay(page: Page, held: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  expect(await page.locator('.slip-total .price').innerText()).toBe('¥384')
  expect(await page.locator('.program[data-granted=yes] .figures').innerText()).toBe('−¥576')
  await page.locator('#health').check()
  await page.locator('#go').click()
  await page.locator('#pay-link').waitFor()
  await held()
  await page.locator('#pay-link').click()
  await page.locator('button[value=pay]').click()
  await page.locator('[data-outcome=confirmed]').waitFor()
}

interface Sums {
  free: number
  available: number
  reserved: number
  spent: number
}
/** Expects the program's money to be where it should, to the fen: by the API, and as the chair reads it. */
function budgetOf(house: House, page: Page, { programId }: MoneyScene) {
  return async (expected: Sums): Promise<void> => {
    const { budget } = must('reading the program', await house.as('demo-gonghui').call('getProgram', { params: { programId } }))
    expect({ free: budget.freeFen, available: budget.availableFen, reserved: budget.reservedFen, spent: budget.spentFen }).toEqual(expected)
    await page.reload()
    await page.locator('.program-top [data-part=free]').waitFor()
    for (const [key, fen] of Object.entries(expected) as [string, number][])
      expect(await page.locator(`.program-top [data-part=${key}] .figures`).innerText()).toBe(`¥${(fen / 100).toLocaleString('en-US')}`)
  }
}

/** What the payment service took and gave back for the scene's small run, in fen. */
async function atStripe(house: House, { smallRunId }: MoneyScene): Promise<{ captured: number[]; returned: number[] }> {
  const { store } = house.below().cloud.doubles.stripe
  const orders = new Set<string>()
  for (const sub of ['demo-lin-xiaoyu', 'demo-wang-xin', 'demo-fu-dahai'])
    for (const { order } of must('reading orders', await house.as(sub).call('listMyOrders', { query: { limit: '50' } })).items)
      if (order.runId === smallRunId) orders.add(order.id)
  const intents = store.all('intent').filter(({ metadata, status }) => orders.has(metadata['orderId'] ?? '') && status === 'succeeded')
  const ids = new Set(intents.map(({ id }) => id))
  const refunds = store.all('refund').filter(({ payment_intent: payment, status }) => ids.has(String(payment)) && status === 'succeeded')
  return { captured: intents.map(({ amount_received: fen }) => fen), returned: refunds.map(({ amount }) => amount) }
}

/** The books add up, as `npm run check:books` finds out: by the same program, from the table alone; on a clock that is so many milliseconds ahead, where weeks passed in a house. */
export async function expectBooksClean(house: House, ahead = 0): Promise<void> {
  const { cloud } = house.below()
  const env = { ...process.env, ...cloud.env, TABLE: cloud.tableName, AWS_REGION: 'us-east-1' }
  const mover = pathToFileURL(join(root, 'packages/local/move-date.ts')).href
  const clock = `data:text/javascript,import { moveDate } from '${mover}'; moveDate(${ahead})`
  const program = [...(ahead > 0 ? ['--import', clock] : []), join(root, 'functions/books/check-books.ts')]
  const { stdout, stderr } = await promisify(execFile)(process.execPath, program, { env })
  expect(stderr).toBe('')
  expect(stdout).toContain('the books add up')
}
