import { join } from 'node:path'
import { must } from '@skills/local/must.ts'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { sound } from './console-page.ts'
import { screenshots, type House } from './house.ts'
import { keyboardOf } from './keyboard.ts'
import { inLanguage } from './look-at.ts'
import { fillPerson, moneyScene, type MoneyScene } from './money-scene.ts'

const words = {
  zh: {
    create: '新建补贴项目',
    createIt: '新建项目',
    topUp: '充值',
    check: '核对',
    allocate: '为一期拨款',
    grant: '同意补贴',
    csv: '导出 CSV',
  },
  en: {
    create: 'New program',
    createIt: 'Create the program',
    topUp: 'Top up',
    check: 'Check',
    allocate: 'Allocate to a run',
    grant: 'Grant',
    csv: 'Export CSV',
  },
} as const
/** The union console without a mouse: a program, its money, a run, a review, a file. */
export function unionByKeyboard(house: () => House): void {
  let scene: MoneyScene
  beforeAll(async () => {
    scene = await moneyScene(house(), 'K1')
  }, 120_000)
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first()
  const part = (page: Page, key: string) => page.locator(`.program-top [data-part=${key}] .figures`)

  describe.each([
    { language: 'zh', device: 'desktop' },
    { language: 'en', device: 'phone' },
  ] as const)('a union’s manager with a keyboard on a $device, reading $language', ({ language, device }) => {
    const w = words[language]
    it('makes a program, sets money aside, decides a review and takes the list home', { timeout: 240_000 }, async () => {
      const visitor = await house().visit({ device, language })
      const { page } = visitor
      const keys = keyboardOf(page)
      const dialog = page.locator('.ant-modal').last()
      const sure = dialog.locator('.ant-btn-primary')
      const shot = (what: string) => page.screenshot({ path: join(screenshots, `keyboard-${what}-${language}-${device}.png`) })
      await page.goto(inLanguage(language, '/console/union/'))
      await keys.use(page.locator('button[name=person][value=demo-gonghui]'))
      await button(page, w.create).waitFor()
      await keys.use(button(page, w.create))
      await keys.expectKept('a new page')

      await keys.fill(page.locator('#name_zh'), `键盘试点（${language}）`)
      await keys.fill(page.locator('#name_en'), `Keyboard pilot (${language})`)
      await keys.fill(page.locator('#period_from'), '2026-01-01')
      await keys.fill(page.locator('#period_until'), '2028-12-31')
      await keys.fill(page.locator('#scheme'), `keyboard-${language}`)
      await keys.to(page.locator('#funding_kind input[value=percentage]'))
      await keys.press('ArrowDown')
      await keys.fill(page.locator('#funding_fen'), '480')
      await keys.to(page.locator('#stacking_kind input[value=exclusive]'))
      await keys.press('ArrowDown')
      await keys.fill(page.locator('#ruleSets_0_from'), '2026-01-01')
      await keys.fill(page.locator('#ruleSets_0_source_title'), '试点办法（演示）')
      await keys.fill(page.locator('#ruleSets_0_source_document'), '演示〔2026〕10 号')
      await keys.to(page.locator('#ruleSets_0_rules_0_kind'))
      await keys.press('ArrowDown')
      const wanted = language === 'zh' ? /^地区$/ : /^Region$/
      for (let presses = 0; presses < 20; presses += 1) {
        const active = await page.locator('.ant-select-item-option-active').innerText()
        if (wanted.test(active)) break
        await keys.press('ArrowDown')
      }
      await shot('select')
      await keys.press('Enter')
      await keys.fill(page.locator('#ruleSets_0_rules_0_regions'), language === 'zh' ? '三沙' : 'Sansha')
      await keys.press('Enter', 'Escape')
      await shot('editor')
      await sound(visitor, 'editor')
      await keys.use(button(page, w.createIt))
      await page.locator('.program-top').waitFor()
      await keys.expectKept('a program that was created')
      const programId = new URL(page.url()).searchParams.get('program') ?? ''

      // A dialog takes the focus, keeps it, and gives it back where it came from.
      const topUp = button(page, w.topUp)
      await keys.use(topUp)
      await keys.expectTrapped(dialog)
      await keys.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await expect.poll(() => topUp.evaluate((element) => element === document.activeElement)).toBe(true)
      await keys.press('Enter')
      await keys.fill(page.locator('#sum'), '20000')
      await keys.fill(page.locator('#reference'), '演示拨款 10 号')
      await keys.use(button(page, w.check))
      await page.locator('.sure-sum').waitFor()
      await keys.expectTrapped(dialog)
      await shot('top-up')
      await sound(visitor, 'top-up')
      await keys.use(sure)
      await expect.poll(() => part(page, 'free').innerText()).toBe('¥20,000')
      await dialog.waitFor({ state: 'detached' })
      await keys.expectKept('money that was moved')

      await keys.use(button(page, w.allocate))
      await keys.fill(page.locator('.run-picker input'), 'K1')
      await keys.use(page.locator(`.run-list [data-run="${scene.runId}"]`))
      await page.locator('.picked-run').waitFor()
      await keys.expectKept('a run that was chosen')
      await keys.fill(page.locator('#seats'), '5')
      await keys.fill(page.locator('#sum'), '2400')
      await shot('allocate')
      await sound(visitor, 'allocate')
      await keys.use(button(page, w.check))
      await page.locator('.sure-sum').waitFor()
      await keys.use(sure)
      await expect.poll(() => part(page, 'available').innerText()).toBe('¥2,400')
      await dialog.waitFor({ state: 'detached' })
      await keys.expectKept('money that was set aside')

      // Tables scroll with the keyboard, and say what they list.
      const table = page.locator('.table-frame').first()
      await keys.to(table)
      expect(await table.getAttribute('aria-label')).not.toBe('')
      await shot('table')
      await sound(visitor, 'allocations')

      const worker = house().as(`keyboard-worker-${language}`)
      await fillPerson(worker, language === 'zh' ? 41 : 42)
      must(
        'asking for a review',
        await worker.call('askReview', { params: { runId: scene.runId }, body: { programId, statement: '我在三沙上班。' } }),
      )
      await page.reload()
      await keys.use(page.locator('.console-tabs a[href*="tab=reviews"]'))
      await page.locator('.review').waitFor()
      await keys.fill(page.locator('.decide textarea'), '经核实在三沙工作。')
      await keys.use(page.locator('.review').getByRole('button', { name: w.grant, exact: true }))
      await keys.expectTrapped(dialog)
      await shot('review')
      await sound(visitor, 'review')
      await keys.use(sure)
      await expect.poll(() => page.locator('.decide').count()).toBe(0)
      await dialog.waitFor({ state: 'detached' })
      await keys.expectKept('a review that was decided')
      await sound(visitor, 'decided')

      const { quote } = must('asking the price', await worker.call('getPrice', { params: { runId: scene.runId } }))
      must('claiming', await worker.call('claimSeat', { params: { runId: scene.runId }, body: { healthCommitment: true, quote } }))
      await keys.use(page.locator('.console-tabs a[href*="tab=grants"]'))
      await page.locator('.ant-table-row').first().waitFor()
      await keys.to(button(page, w.csv))
      const [csv] = await Promise.all([page.waitForEvent('download'), keys.press('Enter')])
      expect(csv.suggestedFilename()).toMatch(/\.csv$/)
      await shot('export')
      await sound(visitor, 'grants')
      await visitor.leave()
    })
  })
}
