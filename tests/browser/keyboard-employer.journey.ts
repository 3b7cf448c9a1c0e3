import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { sound } from './console-page.ts'
import { screenshots, type House } from './house.ts'
import { keyboardOf } from './keyboard.ts'
import { inLanguage } from './look-at.ts'
import { moneyScene, type MoneyScene } from './money-scene.ts'

const words = {
  zh: { nominate: '查看员工资格', each: '逐人核对', buy: '团购名额', check: '核对', pay: '打开付款页面', invite: '发出邀请' },
  en: {
    nominate: 'Check staff',
    each: 'Check each person',
    buy: 'Buy seats',
    check: 'Check',
    pay: 'Open the checkout page',
    invite: 'Invite',
  },
} as const

/** The employer console without a mouse: who may come, seats bought and paid for, people invited and one taken back. */
export function employerByKeyboard(house: () => House): void {
  let scene: MoneyScene
  beforeAll(async () => {
    scene = await moneyScene(house(), 'K2')
  }, 120_000)
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).first()

  describe.each([
    { language: 'zh', device: 'phone' },
    { language: 'en', device: 'desktop' },
  ] as const)('an employer’s manager with a keyboard on a $device, reading $language', ({ language, device }) => {
    const w = words[language]
    it('checks staff, buys two seats, pays and invites', { timeout: 240_000 }, async () => {
      const visitor = await house().visit({ device, language })
      const { page } = visitor
      const keys = keyboardOf(page)
      const dialog = page.locator('.ant-modal').last()
      const sure = dialog.locator('.ant-btn-primary')
      const shot = (what: string) => page.screenshot({ path: join(screenshots, `keyboard-${what}-${language}-${device}.png`) })
      const pick = async () => {
        await keys.fill(page.locator('.run-picker input'), 'K2')
        await keys.use(page.locator(`.run-list [data-run="${scene.runId}"]`))
        await page.locator('.picked-run').waitFor()
        await keys.expectKept('a run that was chosen')
      }
      await page.goto(inLanguage(language, '/console/employer/'))
      await keys.use(page.locator('button[name=person][value=demo-chen-renshi]'))
      await button(page, w.nominate).waitFor()
      await keys.use(button(page, w.nominate))
      await keys.expectKept('a new page')
      await pick()
      // A list is pasted line by line.
      await keys.fill(page.locator('#lines'), '林小雨 990001199203154728')
      await keys.use(button(page, w.each))
      await page.locator('.ant-table-row').first().waitFor()
      await keys.expectKept('a list that was checked')
      await keys.to(page.locator('.table-frame').first())
      await shot('nominate')
      await sound(visitor, 'nominate')
      await keys.to(page.locator('.crumbs a').first(), true)
      await keys.press('Enter')

      await button(page, w.buy).waitFor()
      await keys.use(button(page, w.buy))
      await pick()
      await keys.fill(page.locator('#seats'), '2')
      await keys.to(page.locator('#payBy input[value=stripe]'))
      await shot('buy')
      await keys.use(button(page, w.check))
      await page.locator('.sure-sum').waitFor()
      await keys.expectTrapped(dialog)
      await sound(visitor, 'sure')
      await keys.use(sure)
      await page.locator('[data-state=awaiting-payment]').waitFor()
      await keys.expectKept('an order that was made')
      await shot('pay')
      await sound(visitor, 'pay')
      await keys.use(button(page, new RegExp(`^${w.pay}`)))
      await page.locator('button[value=pay]').waitFor()
      await keys.to(page.locator('button[value=pay]'))
      await shot('checkout')
      await keys.press('Enter')
      await page.locator('[data-state=paid]').waitFor()

      await keys.fill(page.locator('#name'), '林小雨')
      await keys.fill(page.locator('#mobileOrId'), '990001199203154728')
      await keys.fill(page.locator('#label'), `前台 ${language}`)
      await keys.use(button(page, w.invite))
      await page
        .locator('.ant-table-row')
        .filter({ hasText: `前台 ${language}` })
        .waitFor()
      await keys.expectKept('an invitation that was sent')
      await shot('invited')
      await sound(visitor, 'invited')
      // The invitation is taken back, so that the person is free for the next.
      const back = page.locator('.ant-table-row button').first()
      await keys.use(back)
      await keys.expectTrapped(dialog)
      await keys.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await expect.poll(() => back.evaluate((element) => element === document.activeElement)).toBe(true)
      await keys.press('Enter')
      await dialog.waitFor()
      await keys.use(sure)
      await expect.poll(() => page.locator('.ant-table-row button').count()).toBe(0)
      await dialog.waitFor({ state: 'detached' })
      await keys.expectKept('an invitation that was taken back')
      await visitor.leave()
    })
  })
}
