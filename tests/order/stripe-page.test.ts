import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripeProvider } from '@skills/core/order/stripe.ts'
import { sceneStart, startStripe, type StripeScene } from '@skills/local/test-stripe.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeSays } from '../browser/axe-says.ts'
import { tooWide } from '../browser/console-page.ts'
import { openBrowser } from '../browser/house.ts'

const folder = mkdtempSync(join(tmpdir(), 'stripe-page-'))
let scene: StripeScene
let browser: Browser
let made = 0
beforeAll(async () => {
  scene = await startStripe()
  browser = await openBrowser(folder)
})
afterAll(async () => {
  await browser.close()
  await scene.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function open(language: 'zh' | 'en' = 'zh') {
  const { secretKey } = scene.stripe
  const payments = stripeProvider({ secretKey, webhookSecrets: [], endpoint: scene.endpoint })
  const checkout = await payments.openCheckout({
    orderId: `ord_${(made += 1)}`,
    attempt: 1,
    references: {},
    amountFen: 123_405,
    title: { zh: '电工（高级）周末班', en: 'Electrician, level 3, weekends' },
    language,
    expiresAt: new Date(Date.parse(sceneStart) + 42 * 60_000).toISOString(),
    returnUrl: `${scene.url}/style.css?returned={CHECKOUT_SESSION_ID}`,
    cancelUrl: `${scene.url}/style.css?canceled`,
  })
  return { ...checkout, url: String(checkout.url), read: () => payments.readCheckout(checkout.id) }
}

async function visit(scheme: 'light' | 'dark', width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme, bypassCSP: false })
  return context.newPage()
}

describe('the checkout page in a browser', () => {
  it.each([
    ['zh', 'light', 390],
    ['en', 'dark', 390],
    ['zh', 'dark', 1280],
    ['en', 'light', 320],
  ] as const)('has nothing for axe to say in any state, and fits (%s, %s, %i wide)', async (language, scheme, width) => {
    const page = await visit(scheme, width)
    const problems: string[] = []
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    const { url, id } = await open(language)
    const look = async (address: string) => {
      await page.goto(address)
      expect(await axeSays(page)).toEqual([])
      expect(await tooWide(page)).toBe(0)
    }
    await look(url)
    await look(`${url}?declined`)
    scene.stripe.pay(id, { method: 'alipay', outcome: 'later' })
    await look(url)
    scene.stripe.settle(id, true)
    await look(url)
    const ended = await open(language)
    scene.stripe.expire(ended.id)
    await look(ended.url)
    expect(problems).toEqual([])
    await page.context().close()
  })
  it('is paid with the keyboard alone', async () => {
    const page = await visit('light', 390)
    const checkout = await open()
    await page.goto(checkout.url)
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/style.css?returned=${checkout.id}`)
    expect(await checkout.read()).toMatchObject({ state: 'complete', paid: true })
    expect(scene.stripe.store.all('charge').at(-1)?.payment_method_details?.type).toBe('alipay')
    await page.context().close()
  })
  it('fails, is tried again, and is left without paying', async () => {
    const page = await visit('light', 390)
    const checkout = await open('en')
    await page.goto(checkout.url)
    await page.getByRole('button', { name: 'Let the payment fail' }).click()
    await page.getByRole('alert').waitFor()
    expect(await checkout.read()).toMatchObject({ state: 'open' })
    await page.getByRole('radio', { name: 'WeChat Pay' }).check()
    await page.getByRole('link', { name: 'Go back without paying' }).click()
    await page.waitForURL('**/style.css?canceled')
    await page.goBack()
    await page.getByRole('button', { name: 'Pay ¥1,234.05' }).click()
    await page.waitForURL('**/style.css?returned=*')
    expect(await checkout.read()).toMatchObject({ paid: true })
    await page.context().close()
  })
})
