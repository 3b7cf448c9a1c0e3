import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { axeSays } from './axe-says.ts'
import { tooWide } from './console-page.ts'
import { moneyPages } from './money-pages.ts'
import { eveningSchool, screenshots, signInAs, type House, type Visit } from './house.ts'

const looks: Required<Pick<Visit, 'device' | 'scheme' | 'large'>>[] = [
  { device: 'phone', scheme: 'light', large: false },
  { device: 'desktop', scheme: 'dark', large: false },
  { device: 'phone', scheme: 'dark', large: true },
  { device: 'desktop', scheme: 'light', large: false },
]

/** Every page of the storefront: what it shows is whole, lawful and still. Each language in the two looks of every run, or in the two others. */
export function everyPage(house: () => House, which: 'usual' | 'other'): void {
  let money: ReturnType<typeof moneyPages> | undefined
  for (const language of ['zh', 'en'] as const)
    for (const look of (language === 'zh') === (which === 'usual') ? looks.slice(0, 2) : looks.slice(2)) {
      const name = `${language}-${look.device}-${look.scheme}${look.large ? '-large' : ''}`
      it(`every page stands still, keeps the policy and has nothing for axe to say (${name})`, { timeout: 180_000 }, async () => {
        const { courseId, runId } = await eveningSchool(house().site)
        const visitor = await house().visit({ ...look, language })
        const { page } = visitor
        const prefix = language === 'zh' ? '' : '/en'
        await page.goto(`${prefix}/sign-in/?back=${prefix}/learning/`)
        await signInAs(page, 'demo-fu-dahai')
        await page.waitForURL(`**${prefix}/learning/`)
        const priced = house().own ? await (money ??= moneyPages(house())) : []
        const pages: [string, string, string][] = [
          ...priced,
          ['home', '/', '.good h3'],
          ['courses', '/courses/', '.good h3'],
          ['courses-none', '/courses/?q=zzzzzz', '.empty'],
          ['course', `/courses/${courseId}/`, '.ticket'],
          ['course-shell', `/courses/_/`, '.empty'],
          ['claim', `/claim/?run=${runId}&course=${courseId}`, '#go'],
          ['learning', '/learning/', '.month-grid'],
          ['profile', '/profile/', '#profile-form'],
          ['about', '/about/', '.families'],
          ['ranking', '/about/ranking/', '.live-ranking .ranking'],
          ['quality', '/about/quality/', '.formula'],
          ['notices', '/notices/', '#choices-form input'],
          ['problems', '/problems/', '.problem-list'],
          ['problem', '/problems/sold-out/', '.prose'],
          ['offline', '/offline/', '.empty'],
          ['missing', '/nothing-here/', '.empty'],
        ]
        const said: string[] = []
        for (const [title, path, mark] of pages) {
          await page.goto(prefix + path)
          await page.locator(mark).first().waitFor()
          await settle(page)
          const seen = await visitor.seen()
          if (seen.violations.length + seen.errors.length > 0) said.push(`${title}: ${[...seen.violations, ...seen.errors].join('; ')}`)
          // A font that comes a moment late on a busy machine moves a letter's width; people notice from 0.1 on.
          if (seen.shift > 0.005) said.push(`${title}: layout shifted by ${seen.shift.toFixed(4)}: ${seen.moved.join(', ')}`)
          await page.screenshot({ path: join(screenshots, `${title}-${name}.png`), fullPage: true })
          said.push(...(await axeSays(page)).map((one) => `${title}: ${one}`))
          const wide = await tooWide(page)
          if (wide > 0) said.push(`${title}: ${wide} px wider than the screen`)
        }
        await visitor.leave()
        expect(said).toEqual([])
      })
    }
}

/** Waits until the pictures are there and the page has had time to draw what came last. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager'
    await Promise.all([document.fonts.ready, ...[...document.images].map((image) => image.decode().catch(() => undefined))])
    await new Promise((done) => requestIdleCallback(done, { timeout: 3000 }))
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  })
}
