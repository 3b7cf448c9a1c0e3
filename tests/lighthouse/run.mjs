import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** `npm run lighthouse [-- http://…]`: home, catalog and a course page of the running storefront, phone profile, four categories. */
const here = import.meta.dirname
const root = join(here, '../..')
if (!existsSync(join(here, 'node_modules'))) {
  console.log('正在安装 Lighthouse · installing Lighthouse')
  const { status } = spawnSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
const { default: lighthouse } = await import('lighthouse')
const { launch } = await import('chrome-launcher')
const { default: chromium } = await import('@sparticuz/chromium')

const running = join(root, '.data/running.json')
const site = process.argv[2] ?? (existsSync(running) ? JSON.parse(readFileSync(running, 'utf8')).urls.site : undefined)
if (site === undefined) {
  console.error('没有正在运行的网站 · nothing runs: npm start first, or give an address')
  process.exit(1)
}
const index = await (await fetch(`${site}/catalog/index.json`)).json()
const { rows } = await (await fetch(`${site}/catalog/${index.rows[0].file}`)).json()
const pages = { home: `${site}/`, catalog: `${site}/courses/`, course: `${site}/courses/${rows[0].id}/` }

const chrome = await launch({
  chromePath: process.env.CHROMIUM_PATH ?? (await chromium.executablePath()),
  chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-zygote'],
})
let all = true
for (const [name, url] of Object.entries(pages)) {
  const { lhr } = await lighthouse(url, { port: chrome.port, logLevel: 'error', formFactor: 'mobile' })
  const scores = Object.values(lhr.categories).map(({ title, score }) => `${title} ${Math.round((score ?? 0) * 100)}`)
  console.log(`${name.padEnd(8)} ${scores.join('  ')}`)
  for (const audit of Object.values(lhr.audits)) {
    if (audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== 'informative' && audit.scoreDisplayMode !== 'manual')
      console.log(`  - ${audit.id}: ${audit.title} ${audit.displayValue ?? ''}`)
  }
  all &&= Object.values(lhr.categories).every(({ score }) => score === 1)
}
await chrome.kill()
process.exitCode = all ? 0 : 1
