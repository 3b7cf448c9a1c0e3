import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { must } from '@skills/local/must.ts'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { sound } from './console-page.ts'
import { screenshots, signInAs, type House, type Visit, type Visitor } from './house.ts'
import { checkoutOf } from './money-below.ts'
import { claimFor, moneyScene, type MoneyScene } from './money-scene.ts'

const words = {
  zh: { prefix: '', topUp: '充值', check: '核对', other: '这不是刚才的账号' },
  en: { prefix: '/en', topUp: 'Top up', check: 'Check', other: 'This is another account' },
} as const

const question = (page: Page) => page.locator('#sign-in-again')
const answer = (page: Page, value: 'yes' | 'no') => question(page).locator(`button[value=${value}]`)
const tokenKept = (page: Page) =>
  page.evaluate(() => (JSON.parse(localStorage.getItem('skills.session') ?? '{}') as { accessToken?: string }).accessToken)

/** What asks for a recent sign-in, for people whose sign-in is an hour old: the page stays, they sign in beside it, and it goes on. */
export function stepUp(house: () => House): void {
  let scene: MoneyScene
  let sponsorId = ''
  beforeAll(async () => {
    scene = await moneyScene(house(), 'S1')
    const read = await house()
      .as('demo-chen')
      .call('getProgram', { params: { programId: scene.programId } })
    sponsorId = must('reading the program', read).program.sponsorId
    await claimFor(house().as('demo-lin-xiaoyu'), scene.smallRunId)
  }, 120_000)

  /** Signs in and opens a page; then the visitor's token is one of an hour ago, as the issuer signs it when it renews. */
  async function anHourLater(sub: string, path: string, wishes: Visit): Promise<Visitor> {
    const visitor = await house().visit(wishes)
    const { page } = visitor
    await page.goto(`${words[wishes.language ?? 'zh'].prefix}/sign-in/?${new URLSearchParams({ back: path })}`)
    await signInAs(page, sub)
    await page.waitForURL((url) => !url.pathname.includes('/sign-in/') && url.origin === house().site)
    const hourOld = Math.floor(Date.now() / 1000) - 3600
    await page.evaluate(
      ([accessToken, endsAt]) => {
        const session = JSON.parse(localStorage.getItem('skills.session') ?? '{}') as object
        localStorage.setItem('skills.session', JSON.stringify({ ...session, accessToken, endsAt }))
      },
      [house().below().cloud.tokenFor(sub, { auth_time: hourOld }), Date.now() + 500_000] as const,
    )
    return visitor
  }
  /** Opens the window of the sign-in by pressing Enter on the button that has the focus already. */
  async function openWindow({ page, context }: Visitor): Promise<Page> {
    const [opened] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Enter')])
    await opened.locator('button[name=person]').first().waitFor()
    return opened
  }
  async function signInBeside(visitor: Visitor, sub: string): Promise<void> {
    const opened = await openWindow(visitor)
    const closed = opened.waitForEvent('close')
    await signInAs(opened, sub)
    await closed
  }
  async function quiet(visitor: Visitor): Promise<void> {
    const { violations, errors } = await visitor.seen()
    expect([...violations, ...errors]).toEqual([])
    await visitor.leave()
  }

  describe.each([
    { language: 'zh', device: 'desktop', scheme: 'light' },
    { language: 'en', device: 'phone', scheme: 'dark' },
  ] as const)('in front of a $device, reading $language', ({ language, device, scheme }) => {
    const w = words[language]
    const shot = (page: Page, what: string) => page.screenshot({ path: join(screenshots, `step-up-${what}-${language}-${device}.png`) })

    it('a union’s manager moves money: what was typed stays, and it is done once', { timeout: 180_000 }, async () => {
      const visitor = await anHourLater('demo-gonghui', `${w.prefix}/console/union/`, { language, device, scheme })
      const { page } = visitor
      await page.locator('.program-list a').first().click()
      await page.locator('.program-top').waitFor()
      const free = page.locator('.program-top [data-part=free] .figures')
      const before = Number((await free.innerText()).replace(/[¥,]/g, ''))
      await page.getByRole('button', { name: w.topUp, exact: true }).click()
      await page.locator('#sum').fill('123')
      await page.locator('#reference').fill(`再登录 ${language}-${device}`)
      await page.locator('.ant-modal').getByRole('button', { name: w.check, exact: true }).click()
      await page.locator('.sure-sum').waitFor()
      await page.locator('.ant-modal .ant-btn-primary').click()

      await question(page).waitFor()
      expect(await answer(page, 'yes').evaluate((button) => button === document.activeElement)).toBe(true)
      await shot(page, 'asked')
      await sound(visitor, 'step-up')
      // Escape is a no: nothing moved, and all that was typed is there.
      await page.keyboard.press('Escape')
      await question(page).waitFor({ state: 'detached' })
      await page.locator('[data-code=step-up-required]').waitFor()
      expect(await page.locator('.sure-sum').innerText()).toBe('¥123')
      await shot(page, 'not-now')
      await page.locator('.ant-modal .ant-btn-primary').click()
      await question(page).waitFor()

      // Somebody else's account is not taken, and the one that is signed in stays.
      const kept = await tokenKept(page)
      const opened = await openWindow(visitor)
      await shot(page, 'waiting')
      await signInAs(opened, 'demo-chen')
      await opened.locator('.notice.warn').waitFor()
      expect(await opened.locator('.notice.warn').innerText()).toContain(w.other)
      await shot(opened, 'other-account')
      expect(await tokenKept(page)).toBe(kept)
      expect(await question(page).count()).toBe(1)
      const closed = opened.waitForEvent('close')
      await opened.locator('.notice.warn button').click()
      await signInAs(opened, 'demo-gonghui')
      await closed
      await question(page).waitFor({ state: 'detached' })
      await expect.poll(async () => Number((await free.innerText()).replace(/[¥,]/g, ''))).toBe(before + 123)
      expect(await tokenKept(page)).not.toBe(kept)
      await quiet(visitor)
    })

    it('an operator exports who got what', { timeout: 120_000 }, async () => {
      const place = new URLSearchParams({ sponsor: sponsorId, program: scene.programId, tab: 'grants' })
      const visitor = await anHourLater('demo-chen', `${w.prefix}/console/union/?${place}`, { language, device, scheme })
      const { page } = visitor
      await page.getByRole('button', { name: /CSV/ }).click()
      await question(page).waitFor()
      const [file] = await Promise.all([page.waitForEvent('download'), signInBeside(visitor, 'demo-chen')])
      expect(await readFile(await file.path(), 'utf8')).toContain('S1')
      await quiet(visitor)
    })

    it('a worker takes her data with her', { timeout: 120_000 }, async () => {
      const visitor = await anHourLater('demo-lin-xiaoyu', `${w.prefix}/profile/`, { language, device, scheme })
      const { page } = visitor
      await page.locator('#export').click()
      await question(page).waitFor()
      await shot(page, 'export-me')
      const [file] = await Promise.all([page.waitForEvent('download'), signInBeside(visitor, 'demo-lin-xiaoyu')])
      expect(JSON.parse(await readFile(await file.path(), 'utf8'))).toHaveProperty('exportedAt')
      await quiet(visitor)
    })
  })

  it('a browser that opens no windows goes to the sign-in and comes back to the same place', { timeout: 120_000 }, async () => {
    const visitor = await anHourLater('demo-wang-xin', '/profile/', { device: 'phone' })
    const { page } = visitor
    await page.evaluate(() => Object.assign(window, { open: () => null }))
    await page.locator('#export').click()
    await question(page).waitFor()
    await page.keyboard.press('Enter')
    await signInAs(page, 'demo-wang-xin')
    await page.waitForURL(`${house().site}/profile/`)
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('#export').click()])
    expect(file.suggestedFilename()).toContain('skills-')
    await quiet(visitor)
  })

  describe('a paid seat', () => {
    it('is given back after signing in once more, and one that costs nothing without it', { timeout: 180_000 }, async () => {
      const who = 'demo-fu-dahai'
      const { orderId } = await claimFor(house().as(who), scene.runId)
      const { stripe } = house().below().cloud.doubles
      stripe.pay(await checkoutOf(house(), who, orderId ?? ''))
      await stripe.drain()
      const held = await claimFor(house().as(who), scene.weekendRunId)

      const visitor = await anHourLater(who, '/learning/', { device: 'phone' })
      const { page } = visitor
      const leave = async (enrollment: string) => {
        await page.locator(`[data-cancel="${enrollment}"]`).first().click()
        await page.locator('#leave-yes:enabled').click()
      }
      await page.locator('[data-cancel]').first().waitFor()
      await leave(held.id)
      await page.locator('#leave').waitFor({ state: 'hidden' })
      expect(await question(page).count()).toBe(0)

      await leave((orderId ?? '').replace('ord_', 'enr_'))
      await question(page).waitFor()
      await page.screenshot({ path: join(screenshots, 'step-up-refund-zh-phone.png') })
      await sound(visitor, 'step-up-refund')
      await signInBeside(visitor, who)
      await page.locator('#leave').waitFor({ state: 'hidden' })
      await page.locator('#said .notice').waitFor()
      await quiet(visitor)
    })
  })
}
