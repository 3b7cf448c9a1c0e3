import { join } from 'node:path'
import { demoPerson } from '@skills/local/demo-people.ts'
import { must } from '@skills/local/must.ts'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { screenshots, signInAs, type House } from './house.ts'
import { claimFor, fillPerson, moneyScene, type MoneyScene } from './money-scene.ts'

const union = (page: Page) => page.locator('.program[data-granted=yes]')
const shot = (page: Page, name: string) => page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true })

/** From the claim page to the checkout: what is to be paid, in fen, was shown before anything was pressed. */
async function confirmAndPay(page: Page, payable: string, name: string): Promise<void> {
  expect(await page.locator('.slip-total .price').innerText()).toBe(payable)
  expect(await page.locator('#go').innerText()).toContain(payable)
  await page.locator('#health').check()
  await page.locator('#go').click()
  await page.waitForURL(/\/orders\/pay\/\?order=ord_/)
  await page.locator('#pay-link').waitFor()
  expect(await page.locator('[role=timer] .figures').first().innerText()).toMatch(/^4[45]$/)
  await shot(page, `pay-${name}`)
  await page.locator('#pay-link').click()
  await page.locator('button[value=pay]').click()
  await page.waitForURL(/\/orders\/return\/\?order=ord_/)
  await page.locator('[data-outcome=confirmed]').waitFor()
  await shot(page, `paid-${name}`)
}

/** Seats that cost something: the price after subsidy, the hold, the checkout, the queue, the refund. */
export function money(house: () => House): void {
  let scene: MoneyScene
  beforeAll(async () => {
    scene = await moneyScene(house(), 'A1')
  }, 120_000)
  const claimPage = (prefix: string, runId: string) => `${prefix}/claim/?run=${runId}&course=${scene.courseId}`

  describe.each([
    { language: 'zh', device: 'phone' },
    { language: 'en', device: 'desktop' },
    { language: 'en', device: 'phone' },
    { language: 'zh', device: 'desktop' },
  ] as const)('a member in front of a $device, reading $language', ({ language, device }) => {
    it('sees the price after subsidy, pays the rest, sees the refund first, and gets it in parts', { timeout: 120_000 }, async () => {
      const name = `${language}-${device}`
      const prefix = language === 'zh' ? '' : '/en'
      const visitor = await house().visit({ device, language })
      const { page } = visitor
      await page.goto(claimPage(prefix, scene.runId))
      await page.locator('#claim a.button').click()
      await signInAs(page, 'demo-lin-xiaoyu')
      await page.locator('#go').waitFor()
      expect(await union(page).count()).toBe(1)
      expect(await union(page).locator('.figures').innerText()).toBe('−¥576')
      // Who is refused reads why, what would change it, and by which rule.
      const refused = page.locator('.program[data-granted=no]')
      await refused.locator('summary').click()
      expect(await refused.locator('.would').first().innerText()).not.toBe('')
      expect(await refused.innerText()).toContain('演示〔2026〕1 号')
      await shot(page, `claim-price-${name}`)
      await confirmAndPay(page, '¥384', name)

      await page.goto(`${prefix}/orders/`)
      await page.locator('.order[data-state=confirmed] a.plain').first().click()
      await page.locator('.receipt[data-state=confirmed]').waitFor()
      await shot(page, `receipt-${name}`)
      // Whom the invoice is for: a wrong code of a firm is said beside its field, a person needs none.
      await page.locator('#invoice-title').fill('演示抬头')
      await page.locator('input[name=kind][value=firm]').check({ force: true })
      await page.locator('#invoice-taxNumber').fill('91460000MA5T00000X')
      await page.locator('#invoice [type=submit]').click()
      await page.locator('#invoice-taxNumber[aria-invalid]').waitFor()
      await page.locator('input[name=kind][value=person]').check({ force: true })
      await page.locator('#invoice [type=submit]').click()
      await page.locator('#invoice-said .good-news').waitFor()

      await page.goto(`${prefix}/learning/`)
      await page.locator('[data-cancel]').first().click()
      const refund = page.locator('#refund [data-percent]')
      await refund.waitFor()
      expect(await refund.getAttribute('data-percent')).toBe('100')
      expect(await refund.getAttribute('data-learner-fen')).toBe('38400')
      expect(await refund.innerText()).toContain('¥576')
      await page.screenshot({ path: join(screenshots, `refund-preview-${name}.png`) })
      await page.locator('#leave-yes').click()
      await page.locator('#said .notice').waitFor()

      // What is owed is sent by the settling job and arrives when the payment service says so.
      await page.goto(`${prefix}/orders/`)
      await page.locator('.order[data-state=cancelled] a.plain').first().click()
      await expect
        .poll(
          async () => {
            await house().fire('settle-payments')
            await house().drain()
            await page.reload()
            await page.locator('.receipt').waitFor()
            return page.locator('.moved [data-state=succeeded]').count()
          },
          { timeout: 40_000, interval: 1_000 },
        )
        .toBe(1)
      await shot(page, `refunded-${name}`)
      const seen = await visitor.seen()
      expect([...seen.violations, ...seen.errors]).toEqual([])
      await visitor.leave()
    })
  })

  it('the last seat goes, a third member waits, and is offered the seat that is given back', { timeout: 120_000 }, async () => {
    const [first, second] = ['money-first', 'money-second'].map((sub) => house().as(sub))
    await Promise.all([fillPerson(first!, 1), fillPerson(second!, 2)])
    const seat = await claimFor(first!, scene.smallRunId)
    await claimFor(second!, scene.smallRunId)

    const visitor = await house().visit({ device: 'phone' })
    const { page } = visitor
    await page.goto(claimPage('', scene.smallRunId))
    await page.locator('#claim a.button').click()
    await signInAs(page, 'demo-fu-dahai')
    await page.locator('#join-queue').waitFor()
    await shot(page, 'full-zh-phone')
    await page.locator('#join-queue').click()
    await page.locator('[data-waiting=yes] .number-slip').waitFor()
    expect(await page.locator('.number-slip').innerText()).toContain('1')
    await shot(page, 'waiting-zh-phone')

    const left = await first!.call('cancelEnrollment', { params: { enrollmentId: seat.id }, body: {} })
    expect(left.ok).toBe(true)
    await page.goto('/learning/')
    await page.locator('.offered [role=timer]').waitFor()
    await shot(page, 'offered-zh-phone')
    await page.locator('.offered a.button').click()
    await page.locator('[data-offer]').waitFor()
    // The subsidy that came back with the seat is there for the next.
    await confirmAndPay(page, '¥384', 'offer-zh-phone')
    await page.goto('/learning/')
    await page.locator('.learning[data-phase=upcoming] [data-cancel]').first().waitFor()
    expect(await page.locator('.offered').count()).toBe(0)
    const mine = (await page.locator('.learning[data-phase=upcoming]').first().getAttribute('data-enrollment')) ?? ''
    const back = await house()
      .as('demo-fu-dahai')
      .call('cancelEnrollment', { params: { enrollmentId: mine }, body: {} })
    expect(back.ok).toBe(true)
    const seen = await visitor.seen()
    expect([...seen.violations, ...seen.errors]).toEqual([])
    await visitor.leave()
  })

  it('a subsidy that is used up meanwhile is said before anything is taken, and nothing typed is lost', { timeout: 90_000 }, async () => {
    const visitor = await house().visit({ device: 'desktop' })
    const { page } = visitor
    await page.goto(claimPage('', scene.weekendRunId))
    await page.locator('#claim a.button').click()
    await signInAs(page, 'demo-fu-dahai')
    await page.locator('#health').check()
    expect(await page.locator('.slip-total .price').innerText()).toBe('¥384')
    const others = ['money-third', 'money-fourth'].map((sub) => house().as(sub))
    await Promise.all(others.map((client, i) => fillPerson(client, 3 + i)))
    for (const client of others) await claimFor(client, scene.weekendRunId)
    await page.locator('#go').click()
    await page.locator('[data-code=price-changed]').waitFor()
    expect(await page.locator('[data-code=price-changed]').innerText()).toContain('¥960')
    expect(await page.locator('#health').isChecked()).toBe(true)
    expect(await page.locator('#go').innerText()).toContain('¥960')
    await shot(page, 'price-changed-zh-desktop')
    await page.locator('#go').click()
    await page.waitForURL(/\/orders\/pay\//)
    await page.locator('#pay-link').waitFor()
    await page.locator('#let-go-ask').click()
    await page.locator('#let-go-yes').click()
    await page.locator('[data-outcome=cancelled]').waitFor()
    await visitor.leave()
  })

  it('a review is asked for once, and a voucher that is none changes nothing', { timeout: 90_000 }, async () => {
    const visitor = await house().visit()
    const { page } = visitor
    await page.goto(claimPage('', scene.weekendRunId))
    await page.locator('#claim a.button').click()
    await signInAs(page, 'demo-lin-xiaoyu')
    const form = page.locator('form[data-review]').first()
    await page.locator('.program:has(form[data-review]) summary').first().click()
    await form.locator('button').click()
    await form.locator('.field-error').waitFor()
    await form.locator('textarea').fill('工会名册里是我的旧手机号。')
    await form.locator('button').click()
    await page.locator('.program .label.warn').waitFor()
    const before = await page.locator('.slip-total .price').innerText()
    await page.locator('#voucher summary').click()
    await page.locator('#voucher-code').fill('none-such-code')
    await page.locator('#voucher-form button').click()
    await page.locator('#voucher-error .icon').waitFor()
    expect(await page.locator('.slip-total .price').innerText()).toBe(before)
    await page.reload()
    await page.locator('.program .label.warn').waitFor()
    await visitor.leave()
  })

  it('money that comes later is waited for, and money that does not come costs nothing', { timeout: 120_000 }, async () => {
    // Money on its way takes a quarter of a minute of the payment service's clock.
    const moneyComes = () => house().below().cloud.doubles.stripe.clock.forward(20_000)
    const visitor = await house().visit()
    const { page } = visitor
    await page.goto(claimPage('', scene.runId))
    await page.locator('#claim a.button').click()
    await signInAs(page, 'demo-fu-dahai')
    await page.locator('#health').check()
    await page.locator('#go').click()
    await page.locator('#pay-link').click()
    await page.locator('input[value=later-failed]').check()
    await page.locator('button[value=pay]').click()
    await page.waitForURL(/\/orders\/return\//)
    // The return page believes nothing: it waits, and says so.
    await page.locator('.asking').waitFor()
    await moneyComes()
    await page.locator('[data-outcome=failed]').waitFor({ timeout: 60_000 })
    await shot(page, 'payment-failed-zh-phone')
    await page.locator('[data-outcome=failed] a.button').click()
    await page.locator('#pay-link').click()
    await page.locator('input[value=later]').check()
    await page.locator('button[value=pay]').click()
    await page.waitForURL(/\/orders\/return\//)
    await moneyComes()
    await page.locator('[data-outcome=confirmed]').waitFor({ timeout: 60_000 })
    await page.goto('/learning/')
    await page.locator('[data-cancel]').first().click()
    await page.locator('#leave-yes:enabled').click()
    await page.locator('#said .notice').waitFor()
    await visitor.leave()
  })

  it('an employer offers a paid seat, and the worker accepts it', { timeout: 120_000 }, async () => {
    const employer = house().as('demo-chen-renshi')
    const bought = must(
      'buying seats',
      await employer.call('createGroupOrder', {
        params: { employerId: 'emp_01K0000000000000000000000B' },
        body: { runId: scene.runId, seats: 2, payBy: 'transfer', invoiceTitle: null },
      }),
    )
    const params = { groupOrderId: bought.id }
    must(
      'paying',
      await house()
        .as('demo-chen')
        .call('recordTransfer', { params, body: { fen: bought.totalFen, evidence: '回单 0001' } }),
    )
    const { realName = '', residentId = '' } = demoPerson('demo-fu-dahai').profile ?? {}
    must('inviting', await employer.call('invite', { params, body: { name: realName, mobileOrId: residentId, label: '配送组' } }))
    const visitor = await house().visit()
    const { page } = visitor
    await page.goto('/learning/')
    await signInAs(page, 'demo-fu-dahai')
    await page.locator('[data-accept]').waitFor()
    await shot(page, 'invited-zh-phone')
    await page.locator('[data-accept]').click()
    await page.locator('#accept-health').check()
    await page.screenshot({ path: join(screenshots, 'accepting-zh-phone.png') })
    await page.locator('#accept-yes').click()
    await page.locator('#said .notice').waitFor()
    await page.locator('.learning[data-phase=upcoming]').first().waitFor()
    expect(await page.locator('[data-accept]').count()).toBe(0)
    await page.goto('/orders/')
    await page.locator('.order[data-state=confirmed] a.plain').first().click()
    await page.locator('.receipt').waitFor()
    expect(await page.locator('#invoice').count()).toBe(0)
    await shot(page, 'receipt-employer-zh-phone')
    await page.goto('/learning/')
    await page.locator('[data-cancel]').first().click()
    await page.locator('#leave-yes:enabled').click()
    await page.locator('#said .notice').waitFor()
    const seen = await visitor.seen()
    expect([...seen.violations, ...seen.errors]).toEqual([])
    await visitor.leave()
  })
}
