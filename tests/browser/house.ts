import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@skills/contract/client.ts'
import { buildSite } from '@skills/local/build.ts'
import { prepareDemo } from '@skills/local/first-run.ts'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { startStack, type Stack } from '../stack.ts'
import { fontconfig } from './cjk-font.ts'

/** A browser in front of a whole running house: the demo catalog, the demo people, the built site. */
export interface House {
  site: string
  /** Whether the house was opened by the tests, so that they may set scenes in it. */
  own: boolean
  /** A visitor with a device of their own: nothing kept, nobody signed in. */
  visit(wishes?: Visit): Promise<Visitor>
  /** The API as somebody sees it, for scenes; not where the house is somebody else's (`SITE_URL`). */
  as(sub: string): ReturnType<typeof createClient>
  /** Waits until streams have delivered what was written. */
  drain(): Promise<void>
  /** Does now what a schedule does when it is due. */
  fire(name: string): Promise<unknown>
  /** What lies below the API: the table and the doubles; not where the house is somebody else's. */
  below(): Stack
  stop(): Promise<void>
}

export interface Visit {
  device?: 'phone' | 'desktop'
  scheme?: 'light' | 'dark'
  large?: boolean
  language?: 'zh' | 'en'
  /** Without scripts, as a search engine or an old phone reads. */
  scripts?: boolean
  /** With a service worker, which is off otherwise so that tests see every request. */
  kept?: boolean
}

interface Seen {
  violations: string[]
  shift: number
  /** Which elements moved. */
  moved: string[]
}
type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node: Node | null }[] }

export interface Visitor {
  page: Page
  context: BrowserContext
  /** What the page did that it must not: policy violations, errors of scripts, and how much its layout shifted in all. */
  seen(): Promise<Seen & { errors: string[] }>
  leave(): Promise<void>
}

/** How large the screens are. */
export const devices = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } }

/** Chromium from the registry, or any Chrome at `CHROMIUM_PATH`; with a Chinese font that no machine needs to have. */
export async function openBrowser(folder: string): Promise<Browser> {
  const path = process.env['CHROMIUM_PATH']
  if (path === undefined && `${process.platform}-${process.arch}` !== 'linux-x64')
    throw new Error('The packed Chromium is for linux-x64. Name a Chrome or Chromium of this machine in CHROMIUM_PATH.')
  const { default: packed } = await import('@sparticuz/chromium')
  return chromium.launch({
    executablePath: path ?? (await packed.executablePath()),
    // Its own arguments are made for a Lambda: one process, no same-origin policy. A reader's browser has neither.
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars', '--font-render-hinting=none'],
    env: { ...(process.env as Record<string, string>), FONTCONFIG_FILE: fontconfig(folder) },
  })
}

/** Starts the stack, prepares the demo and builds the site, once for all browser tests. `SITE_URL` names a house that runs already. */
export async function openHouse(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'browser-'))
  mkdirSync(screenshots, { recursive: true })
  const running = process.env['SITE_URL']
  const stack = running === undefined ? await startStack() : undefined
  if (stack) {
    await prepareDemo(stack.cloud, () => undefined)
    await buildSite(stack.cloud.urls.site, stack.cloud.siteFolder, join(stack.cloud.dataDir, 'site'))
  }
  const site = running ?? stack?.cloud.urls.site ?? ''
  const browser = await openBrowser(folder)
  const below = () => {
    if (!stack) throw new Error('this needs a house of our own')
    return stack
  }
  const own = () => below().cloud
  return {
    site,
    own: stack !== undefined,
    visit: (wishes) => visit(browser, site, wishes),
    as: (sub) => createClient({ base: own().urls.api, token: () => own().tokenFor(sub), language: 'zh' }),
    drain: () => own().drain(),
    fire: (name) => own().fire(name),
    below,
    async stop() {
      await browser.close()
      await stack?.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function visit(browser: Browser, site: string, wishes: Visit = {}): Promise<Visitor> {
  const { device = 'phone', scheme = 'light', large = false, language = 'zh', scripts = true, kept = false } = wishes
  const context = await browser.newContext({
    baseURL: site,
    viewport: devices[device],
    colorScheme: scheme,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    javaScriptEnabled: scripts,
    serviceWorkers: kept ? 'allow' : 'block',
    reducedMotion: 'reduce',
    hasTouch: device === 'phone',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(20_000)
  if (large) await context.addInitScript(() => localStorage.setItem('skills.display', '{"size":"large"}'))
  await context.addInitScript(() => {
    const seen = { violations: [] as string[], shift: 0, moved: [] as string[] }
    Object.assign(window, { seen })
    document.addEventListener('securitypolicyviolation', (event) =>
      seen.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
    )
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[]) {
        if (entry.hadRecentInput) continue
        seen.shift += entry.value
        for (const { node } of entry.sources) if (node instanceof Element) seen.moved.push(`${node.tagName}.${node.className}`)
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text())) errors.push(message.text())
  })
  return {
    page,
    context,
    async seen() {
      const seen = await page.evaluate(() => (window as unknown as { seen: Seen }).seen)
      return { ...seen, errors }
    },
    leave: () => context.close(),
  }
}

/** Signs in on the issuer's own page as a demo person, from wherever the visitor stands when the page asks for it. */
export async function signInAs(page: Page, sub: string): Promise<void> {
  await page.locator(`button[name=person][value="${sub}"]`).click()
}

export const screenshots = new URL('../screenshots/', import.meta.url).pathname

/** The evening school's course with 157 places in one run, found as a reader finds it: by its id in the published catalog. */
export async function eveningSchool(site: string): Promise<{ courseId: string; runId: string; title: string }> {
  const get = async <T>(path: string) => (await (await fetch(`${site}/catalog/${path}`)).json()) as T
  const index = await get<{ rows: { file: string }[] }>('index.json')
  for (const { file } of index.rows) {
    const { rows } = await get<{ rows: { id: string; t: string; r: (string | number)[][] }[] }>(file)
    for (const row of rows) {
      const run = row.t.includes('夜校') ? row.r.find((one) => one[6] === 157) : undefined
      if (run) return { courseId: row.id, runId: String(run[0]), title: row.t }
    }
  }
  throw new Error('the demo catalog has no evening school with 157 places')
}
