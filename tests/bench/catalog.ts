import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { catalogFiles } from '@skills/core/catalog/publish.ts'
import { taxonomySnapshot } from '@skills/core/catalog/taxonomy.ts'
import { buildSite } from '@skills/local/build.ts'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import { openBrowser } from '../browser/house.ts'
import { startStack } from '../stack.ts'
import { publishedRows } from './catalog-rows.ts'
import { ms, quantile, type Figure } from './measure.ts'

const courses = 10_000
const queries = ['', '电工', 'dydg', '高处作业', 'coffee', '夜校 三亚', '养老 护理', 'drone pilot', '海口', '不存在的课程']
const wishes = ['', 'region=460100', 'industry=tourism', 'seats=1', 'price=free&region=460200', 'delivery=classroom', 'sort=soon']

/** Milliseconds of searching and filtering all courses in Chromium: every query with every set of filters, five times. */
async function searchTimes(page: Page, rows: unknown[]): Promise<number[]> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { browse } from './browse.ts'; export { entryOf } from './search.ts'; export { readWish } from './wish.ts'`,
      resolveDir: resolve(import.meta.dirname, '../../site/src/catalog'),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'catalog',
    minify: true,
  })
  await page.goto('about:blank')
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' })
  return page.evaluate(
    ({ rows, queries, wishes }) => {
      interface Catalog {
        entryOf(row: unknown, provider: string, around: string[]): unknown
        readWish(query: URLSearchParams): Record<string, unknown>
        browse(entries: unknown[], wish: unknown, now: string): unknown
      }
      const { entryOf, readWish, browse } = (globalThis as unknown as { catalog: Catalog }).catalog
      const entries = rows.map((row) => entryOf(row, '海口示范培训学校 Haikou Model School', []))
      const took: number[] = []
      for (let round = 0; round < 6; round += 1)
        for (const q of queries)
          for (const wish of wishes) {
            const parsed = readWish(new URLSearchParams(`q=${encodeURIComponent(q)}&${wish}`))
            const began = performance.now()
            browse(entries, parsed, '2026-11-21T02:00:00.000Z')
            if (round > 0) took.push(performance.now() - began)
          }
      return took.sort((a, b) => a - b)
    },
    { rows, queries, wishes },
  )
}

/** Bytes of scripts and data (the page itself among them) until search and filters work on the first rows, gzipped as the edge sends them. */
async function firstLoad(page: Page, site: string): Promise<{ script: number; data: number; shownMs: number }> {
  const bytes = { script: 0, data: 0 }
  const waiting: Promise<void>[] = []
  let shown = false
  page.on('response', (response) => {
    const type = response.headers()['content-type'] ?? ''
    const kind = type.includes('javascript') ? 'script' : type.includes('json') || type.includes('html') ? 'data' : undefined
    if (kind !== undefined && response.status() === 200)
      waiting.push(
        response.body().then(
          (body) => void (shown || (bytes[kind] += gzipSync(body).length)),
          // A row file of the idle time, cut off when the page is left.
          () => undefined,
        ),
      )
  })
  const began = performance.now()
  const firstRows = page.waitForResponse((response) => response.url().includes('/catalog/rows-0'))
  await page.goto(`${site}/courses/`)
  await page.locator('a[href*="/courses/crs_"]').first().waitFor()
  const shownMs = performance.now() - began
  await (await firstRows).finished()
  await new Promise((next) => setTimeout(next, 50))
  shown = true
  await Promise.all([...waiting])
  return { ...bytes, shownMs }
}

/** The catalog with 10,000 courses: search in the browser, and what its first load weighs. */
export async function benchCatalog(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'supermarket-catalog-'))
  const stack = await startStack()
  const browser = await openBrowser(folder)
  try {
    const now = new Date().toISOString()
    const kept = await publishedRows(courses, now.slice(0, 10))
    const { index, files } = catalogFiles(kept, new Map(), now)
    const shelf = join(stack.cloud.siteFolder, 'catalog')
    mkdirSync(shelf, { recursive: true })
    for (const [name, text] of files) writeFileSync(join(shelf, name), text())
    writeFileSync(join(shelf, 'taxonomy.json'), JSON.stringify(taxonomySnapshot()))
    writeFileSync(join(shelf, 'index.json'), JSON.stringify({ ...index, publishedAt: now }))
    await buildSite(stack.cloud.urls.site, stack.cloud.siteFolder, join(stack.cloud.dataDir, 'site'))
    const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage()
    const load = await firstLoad(page, stack.cloud.urls.site)
    const took = await searchTimes(
      page,
      kept.map(({ row }) => row),
    )
    const p95 = quantile(took, 0.95)
    return [
      {
        what: `search and filter over ${kept.length.toLocaleString('en-US')} courses in Chromium, p50 / p95`,
        value: `${ms(quantile(took, 0.5))} / ${ms(p95)}`,
        aim: 'p95 < 50 ms',
        holds: p95 < 50,
      },
      {
        what: 'first load of the catalog page: script, gzipped',
        value: `${(load.script / 1000).toFixed(1)} kB`,
        aim: '≤ 30 kB',
        holds: load.script <= 30_000,
      },
      {
        what: 'first load of the catalog page: page, index, words and first rows, gzipped',
        value: `${(load.data / 1000).toFixed(1)} kB`,
        aim: '≤ 200 kB',
        holds: load.data <= 200_000,
      },
      {
        what: 'all row files, which follow when the page is idle, gzipped',
        value: `${([...files.values()].reduce((sum, text) => sum + gzipSync(text()).length, 0) / 1000).toFixed(0)} kB`,
      },
      { what: 'from opening the page to the first courses', value: ms(load.shownMs) },
    ]
  } finally {
    await browser.close()
    await stack.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
