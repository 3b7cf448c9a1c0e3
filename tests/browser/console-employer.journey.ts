import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { sound } from './console-page.ts'
import { screenshots, signInAs, type House, type Visitor } from './house.ts'
import { claimFor, fillPerson, moneyScene, type MoneyScene } from './money-scene.ts'

const words = {
  zh: {
    prefix: '',
    buy: '团购名额',
    check: '核对',
    pay: '打开付款页面',
    invite: '发出邀请',
    nominate: '查看员工资格',
    each: '逐人核对',
    swap: '换人',
  },
  en: {
    prefix: '/en',
    buy: 'Buy seats',
    check: 'Check',
    pay: 'Open the checkout page',
    invite: 'Invite',
    nominate: 'Check staff',
    each: 'Check each person',
    swap: 'Swap',
  },
} as const
type Words = (typeof words)['zh' | 'en']

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const seats = (page: Page, key: string) => page.locator(`[data-seats=${key}] .figures`).first()
const confirm = (page: Page) => page.locator('.ant-modal-confirm .ant-btn-primary')

/** An employer's whole round: seats bought by transfer or online, staff checked, invited and swapped. */
export function employerConsole(house: () => House): void {
  let scene: MoneyScene
  beforeAll(async () => {
    scene = await moneyScene(house(), 'E1')
  }, 120_000)

  /** Orders seats of the scene's first run and stands on the order's page; gives its number. */
  async function order(visitor: Visitor, w: Words, count: number, payBy: 'stripe' | 'transfer', name: string): Promise<string> {
    const { page } = visitor
    await button(page, w.buy).first().click()
    await page.locator('.run-picker input').fill('E1')
    await page.locator(`.run-list [data-run="${scene.runId}"]`).click()
    await page.locator('#seats').fill(String(count))
    await page.locator(`#payBy input[value=${payBy}]`).check()
    await page.screenshot({ path: join(screenshots, `console-buy-${name}.png`), fullPage: true })
    await sound(visitor, 'buy')
    await button(page, w.check).click()
    await page.locator('.sure-sum').waitFor()
    expect(await page.locator('.sure-sum').innerText()).toBe(`¥${(count * 960).toLocaleString('en-US')}`)
    await sound(visitor, 'sure')
    await page.locator('.ant-modal .ant-btn-primary').click()
    await page.locator('[data-state=awaiting-payment]').waitFor()
    return new URL(page.url()).searchParams.get('order') ?? ''
  }

  it(
    'buys three seats by transfer, the operator records it, staff are invited, one accepts and is swapped',
    { timeout: 180_000 },
    async () => {
      const w = words.zh
      const visitor = await house().visit({ device: 'desktop' })
      const { page } = visitor
      const shot = (what: string) => page.screenshot({ path: join(screenshots, `console-${what}-zh-desktop.png`), fullPage: true })
      await page.goto('/console/employer/')
      await signInAs(page, 'demo-chen-renshi')
      await button(page, w.buy).first().waitFor()
      await sound(visitor, 'employer')

      await button(page, w.nominate).click()
      await page.locator('.run-picker input').fill('E1')
      await page.locator(`.run-list [data-run="${scene.runId}"]`).click()
      await page.locator('#lines').fill('林小雨 990001199203154728\n王小明 13900000000\n只有名字')
      await button(page, w.each).click()
      await page.locator('.ant-table-row').first().waitFor()
      await shot('nominate')
      await sound(visitor, 'nominate')
      await page.locator('.crumbs a').first().click()

      const id = await order(visitor, w, 3, 'transfer', 'zh-desktop')
      await page.locator('[role=timer]').waitFor()
      expect(await page.locator('.pay-box').innerText()).toContain('¥2,880')
      await shot('transfer')
      await sound(visitor, 'transfer')

      const operator = await house().visit({ device: 'desktop', language: 'en' })
      await operator.page.goto('/en/console/employer/')
      await signInAs(operator.page, 'demo-chen')
      await operator.page.locator('#order').fill(` ${id.replace('gro_', 'GRO ').toLowerCase()} `)
      await operator.page.locator('button[type=submit]').click()
      await operator.page.locator('[data-transfer=in]').waitFor()
      await sound(operator, 'record')
      // A sum that is not the total is refused, in the reader's language, and nothing is recorded.
      await operator.page.locator('#sum').fill('2879')
      await operator.page.locator('#evidence').fill('BANK-E1-0001')
      await operator.page.locator('[data-transfer=in] button[type=submit]').click()
      await confirm(operator.page).click()
      await operator.page.locator('[data-code=validation-failed]').waitFor()
      await operator.page.screenshot({ path: join(screenshots, 'console-record-en-desktop.png'), fullPage: true })
      await operator.page.locator('#sum').fill('2880')
      await operator.page.locator('[data-transfer=in] button[type=submit]').click()
      await confirm(operator.page).last().click()
      await operator.page.locator('[data-state=paid]').waitFor()
      await operator.leave()

      await page.reload()
      await page.locator('[data-state=paid]').waitFor()
      for (const [who, number, label] of [
        ['林小雨', '990001199203154728', '前台 01'],
        ['符大海', '990001198807226919', '工程 02'],
      ] as const) {
        await page.locator('#name').fill(who)
        await page.locator('#mobileOrId').fill(number)
        await page.locator('#label').fill(label)
        await button(page, w.invite).click()
        await page.locator('.ant-table-row').filter({ hasText: label }).waitFor()
      }
      expect(await seats(page, 'open').innerText()).toBe('2')
      await shot('invited')
      await sound(visitor, 'invited')
      // What was typed stays nowhere on this device.
      expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toMatch(/990001|林小雨/)

      const staff = await house().visit({ device: 'phone' })
      await staff.page.goto('/learning/')
      await signInAs(staff.page, 'demo-lin-xiaoyu')
      await staff.page.locator('[data-accept]').first().click()
      await staff.page.locator('#accept-health, #accept-yes').first().waitFor()
      const health = staff.page.locator('#accept input[type=checkbox]')
      await expect.poll(() => staff.page.locator('#accept-check').count()).toBe(0)
      if (await health.count()) await health.check()
      await staff.page.locator('#accept-yes').click()
      await staff.page.locator('.learning[data-phase=upcoming]').first().waitFor()
      await staff.leave()

      await page.reload()
      await expect.poll(() => seats(page, 'accepted').innerText()).toBe('1')
      await button(page, `${w.swap} 前台 01`).click()
      await confirm(page).click()
      await expect.poll(() => seats(page, 'unassigned').innerText()).toBe('2')
      await page.locator('.crumbs a').first().click()
      await page.locator('.chart canvas').waitFor()
      await shot('employer')
      await sound(visitor, 'orders')
      await visitor.leave()
    },
  )

  it('pays for two seats on the checkout page, on a phone and in English', { timeout: 120_000 }, async () => {
    const w = words.en
    const visitor = await house().visit({ device: 'phone', language: 'en', scheme: 'dark' })
    const { page } = visitor
    await page.goto('/en/console/employer/')
    await signInAs(page, 'demo-chen-renshi')
    await order(visitor, w, 2, 'stripe', 'en-phone')
    await button(page, new RegExp(`^${w.pay}`)).click()
    await page.locator('button[value=pay]').click()
    await page.waitForURL(/\/en\/console\/employer\/\?order=gro_/)
    await page.locator('[data-state=paid]').waitFor()
    await page.screenshot({ path: join(screenshots, 'console-paid-en-phone.png'), fullPage: true })
    await sound(visitor, 'paid')
    await visitor.leave()
  })

  it('waits in line where a run has too few seats, and leaves the line again', { timeout: 90_000 }, async () => {
    const visitor = await house().visit({ device: 'desktop' })
    const { page } = visitor
    const w = words.zh
    await page.goto('/console/employer/?do=buy')
    await signInAs(page, 'demo-chen-renshi')
    // Two seats in all: one of them goes first, so two are no longer to be had at once.
    const worker = house().as('console-worker-queue')
    await fillPerson(worker, 24)
    await claimFor(worker, scene.smallRunId)
    await page.locator('.run-picker input').fill('E1')
    await page.locator(`.run-list [data-run="${scene.smallRunId}"]`).click()
    await page.locator('#seats').fill('2')
    await button(page, w.check).click()
    await page.locator('.ant-modal .ant-btn-primary').click()
    await page.locator('[data-code=seats-not-enough]').waitFor()
    await page.screenshot({ path: join(screenshots, 'console-queue-zh-desktop.png'), fullPage: true })
    await sound(visitor, 'queue')
    await page.locator('.join-queue .ant-btn-primary').click()
    const line = page.locator(`[data-waiting="${scene.smallRunId}"]`)
    await line.waitFor()
    await sound(visitor, 'waiting')
    await line.locator('button').click()
    await confirm(page).click()
    await line.waitFor({ state: 'detached' })
    await visitor.leave()
  })

  it('a nominator invites and does not buy; a worker finds no console of theirs', { timeout: 60_000 }, async () => {
    const visitor = await house().visit({ device: 'desktop' })
    const { page } = visitor
    await page.goto('/console/employer/')
    await signInAs(page, 'demo-he-zhuguan')
    await button(page, words.zh.nominate).waitFor()
    expect(await button(page, words.zh.buy).count()).toBe(0)
    await visitor.leave()

    const worker = await house().visit({ device: 'phone' })
    await worker.page.goto('/console/employer/')
    await signInAs(worker.page, 'demo-fu-dahai')
    await worker.page.locator('.console-empty').waitFor()
    await sound(worker, 'nobody')
    await worker.page.goto('/console/union/')
    await worker.page.locator('.console-problem, .console-empty').first().waitFor()
    await sound(worker, 'forbidden')
    await worker.page.screenshot({ path: join(screenshots, 'console-nobody-zh-phone.png') })
    await worker.leave()
  })
}
