import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { demoPerson } from '@skills/local/demo-people.ts'
import { must } from '@skills/local/must.ts'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { sound } from './console-page.ts'
import { screenshots, signInAs, type House } from './house.ts'
import { claimFor, fillPerson, moneyScene, type MoneyScene } from './money-scene.ts'

const words = {
  zh: {
    prefix: '',
    create: '新建补贴项目',
    createIt: '新建项目',
    topUp: '充值',
    check: '核对',
    allocate: '为一期拨款',
    take: '填入这个数',
    csv: '导出 CSV',
    xlsx: '导出 Excel',
    grant: '同意补贴',
    issue: '发券',
    kept: '我已保存券码',
    dry: '先试算',
  },
  en: {
    prefix: '/en',
    create: 'New program',
    createIt: 'Create the program',
    topUp: 'Top up',
    check: 'Check',
    allocate: 'Allocate to a run',
    take: 'Use this sum',
    csv: 'Export CSV',
    xlsx: 'Export Excel',
    grant: 'Grant',
    issue: 'Issue a voucher',
    kept: 'I have kept the code',
    dry: 'Try it first',
  },
} as const

const part = (page: Page, key: string) => page.locator(`.program-top [data-part=${key}] .figures`)
const button = (within: Page | Locator, name: string) => within.getByRole('button', { name, exact: true })
const confirm = (page: Page) => page.locator('.ant-modal-confirm .ant-btn-primary')
const dialog = (page: Page) => page.locator('.ant-modal').last()

/** A program with no rules: its vouchers are for everybody. */
const openToAll = {
  name: { zh: '职工学技能券', en: 'Vouchers for skills' },
  scheme: 'console-vouchers',
  period: { from: '2026-01-01', until: '2028-12-31' },
  funding: { kind: 'full' as const },
  stacking: { kind: 'with' as const, schemes: null },
  ruleSets: [
    { version: '1', from: '2026-01-01', until: null, source: { title: '发券办法（演示）', document: '演示〔2026〕8 号' }, rules: [] },
  ],
}

/** A union's whole round: a program, its money, a run, a claim that moves the budget, who got what, a review. */
export function unionConsole(house: () => House): void {
  let scene: MoneyScene
  let sponsorId = ''
  beforeAll(async () => {
    scene = await moneyScene(house(), 'C1')
    const { program } = must(
      'reading the program',
      await house()
        .as('demo-chen')
        .call('getProgram', { params: { programId: scene.programId } }),
    )
    sponsorId = program.sponsorId
  }, 120_000)

  describe.each([
    { language: 'zh', device: 'desktop', scheme: 'light' },
    { language: 'en', device: 'phone', scheme: 'dark' },
  ] as const)('a union’s manager in front of a $device, reading $language', ({ language, device, scheme }) => {
    const w = words[language]
    const name = `${language}-${device}`
    it(
      'creates a program, tops it up, allocates, sees a claim move the budget, exports and decides a review',
      { timeout: 180_000 },
      async () => {
        const visitor = await house().visit({ device, language, scheme })
        const { page } = visitor
        const shot = (what: string) => page.screenshot({ path: join(screenshots, `console-${what}-${name}.png`), fullPage: true })
        await page.goto(`${w.prefix}/console/union/`)
        await signInAs(page, 'demo-gonghui')
        await page.locator('.program-list').waitFor()
        await shot('union')
        await sound(visitor, 'union')

        // A program that pays 50 % for people of another city: nobody of the demo lives there.
        await button(page, w.create).click()
        const scheme2 = `console-${language}`
        for (const [id, text] of [
          ['name_zh', `电工试点（${language}）`],
          ['name_en', `Electrician pilot (${language})`],
          ['period_from', '2026-01-01'],
          ['period_until', '2028-12-31'],
          ['scheme', scheme2],
          ['ruleSets_0_from', '2026-01-01'],
          ['ruleSets_0_source_title', '试点办法（演示）'],
          ['ruleSets_0_source_document', '演示〔2026〕9 号'],
        ] as const)
          await page.locator(`#${id}`).fill(text)
        await page.locator('.rule-line .ant-select').click()
        await page
          .locator('.ant-select-item-option')
          .filter({ hasText: language === 'zh' ? /^地区$/ : /^Region$/ })
          .click()
        await page.locator('#ruleSets_0_rules_0_regions').fill(language === 'zh' ? '三沙' : 'Sansha')
        await page.keyboard.press('Enter')
        await page.keyboard.press('Escape')
        await page.locator('#stacking_kind input[value=with]').check()
        await shot('editor')
        await sound(visitor, 'editor')
        await button(page, w.createIt).click()
        await page.locator('.program-top').waitFor()
        expect(await part(page, 'free').innerText()).toBe('¥0')
        const programId = new URL(page.url()).searchParams.get('program') ?? ''

        await button(page, w.topUp).click()
        await page.locator('#sum').fill('20000')
        await page.locator('#reference').fill('演示拨款 9 号')
        await button(dialog(page), w.check).click()
        await page.locator('.sure-sum').waitFor()
        expect(await page.locator('.sure-sum').innerText()).toBe('¥20,000')
        await page.screenshot({ path: join(screenshots, `console-top-up-${name}.png`) })
        await sound(visitor, 'top-up')
        await dialog(page).locator('.ant-btn-primary').click()
        await expect.poll(() => part(page, 'free').innerText()).toBe('¥20,000')

        await button(page, w.allocate).first().click()
        await page.locator('.run-picker input').fill('C1')
        await page.locator(`.run-list [data-run="${scene.runId}"]`).click()
        await page.locator('#seats').fill('5')
        await button(dialog(page), w.take).click()
        await expect.poll(() => page.locator('#sum').inputValue()).toBe('2400.00')
        await button(dialog(page), w.check).click()
        await page.locator('.sure-sum').waitFor()
        expect(await page.locator('.sure-sum').innerText()).toBe('¥2,400')
        await dialog(page).locator('.ant-btn-primary').click()
        await expect.poll(() => part(page, 'available').innerText()).toBe('¥2,400')
        await page.locator('.chart canvas').waitFor()
        await shot('program')
        await sound(visitor, 'program')

        // Somebody is refused, asks for a review, and is granted the subsidy by hand.
        const number = language === 'zh' ? 21 : 22
        const worker = house().as(`console-worker-${language}`)
        await fillPerson(worker, number)
        must(
          'asking for a review',
          await worker.call('askReview', {
            params: { runId: scene.runId },
            body: { programId, statement: '我在三沙的项目部上班，户籍在海口。' },
          }),
        )
        await page.goto(`${w.prefix}/console/union/?program=${programId}&tab=reviews`)
        await page.locator('.review').waitFor()
        await shot('review')
        await sound(visitor, 'reviews')
        await button(page.locator('.review'), w.grant).click()
        await page.locator('.decide [role=alert]').first().waitFor()
        await page.locator('.decide textarea').fill('经核实在三沙工作。')
        await button(page.locator('.review'), w.grant).click()
        await confirm(page).click()
        await page.locator('.review .ant-tag-success, .review blockquote').first().waitFor()
        await expect.poll(() => page.locator('.decide').count()).toBe(0)

        await claimFor(worker, scene.runId)
        await page.goto(`${w.prefix}/console/union/?program=${programId}&tab=grants`)
        await page.locator('.chart canvas').waitFor()
        await expect.poll(() => part(page, 'reserved').innerText()).toBe('¥480')
        expect(await page.locator('.ant-table-row').first().innerText()).toContain('演**')
        await shot('grants')
        await sound(visitor, 'grants')
        const [csv] = await Promise.all([page.waitForEvent('download'), button(page, w.csv).click()])
        const text = await readFile(await csv.path(), 'utf8')
        expect(text).toContain('480')
        expect(text).not.toContain('演示职工')
        const [xlsx] = await Promise.all([page.waitForEvent('download'), button(page, w.xlsx).click()])
        // A workbook is a zip, whole to the byte.
        expect((await readFile(await xlsx.path())).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004')

        await page.goto(`${w.prefix}/console/union/?program=${programId}&tab=ledger`)
        await page.locator('.ant-table-row').nth(1).waitFor()
        expect(await page.locator('.ant-table-tbody').innerText()).toContain('演示拨款 9 号')
        await sound(visitor, 'ledger')
        await visitor.leave()
      },
    )
  })

  it('a voucher’s code is shown once and pays; a roster is tried before it is written and names nobody', { timeout: 120_000 }, async () => {
    const w = words.zh
    const visitor = await house().visit({ device: 'desktop' })
    const { page } = visitor
    const operator = house().as('demo-chen')
    const made = must('creating a program', await operator.call('createProgram', { params: { sponsorId }, body: openToAll }))
    const params = { programId: made.program.id }
    must('topping up', await operator.call('moveMoney', { params, body: { kind: 'top-up', fen: 50_000, reference: '演示拨款' } }))
    await page.goto(`/console/union/?sponsor=${sponsorId}&program=${params.programId}&tab=vouchers`)
    await signInAs(page, 'demo-chen')
    await button(page, w.issue).first().click()
    await page.locator('#face').fill('100')
    await page.locator('#uses').fill('2')
    await page.locator('#budget').fill('200')
    await page.locator('#until').fill('2028-12-31')
    await page.screenshot({ path: join(screenshots, 'console-voucher-zh-desktop.png') })
    await sound(visitor, 'voucher')
    await button(dialog(page), w.check).click()
    await dialog(page).locator('.ant-btn-primary').click()
    const code = (await page.locator('[data-voucher-code]').innerText()).trim()
    expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
    await page.screenshot({ path: join(screenshots, 'console-voucher-code-zh-desktop.png') })
    await sound(visitor, 'voucher-code')
    await button(page, w.kept).click()
    await page.reload()
    await page.locator('.ant-table-row').first().waitFor()
    expect(await page.locator('main').innerText()).not.toContain(code)
    const worker = house().as('console-worker-voucher')
    await fillPerson(worker, 23)
    const price = must(
      'asking the price',
      await worker.call('quotePrice', { params: { runId: scene.weekendRunId }, body: { voucher: code } }),
    )
    expect(price.programs.some(({ voucher, granted, fen }) => voucher && granted && fen === 10_000)).toBe(true)

    await page.goto(`/console/union/?sponsor=${sponsorId}&do=roster`)
    const { realName, residentId } = demoPerson('demo-lin-xiaoyu').profile ?? {}
    const file = {
      name: '名册.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`姓名,身份证号\n${realName},${residentId}\n${realName},1\n`),
    }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.locator('#until').fill('2027-12-31')
    await button(page, w.dry).click()
    await page.locator('[data-written=false]').waitFor()
    const said = await page.locator('[data-written=false]').innerText()
    expect(said).not.toContain(String(realName))
    expect(said).not.toContain(String(residentId))
    await page.screenshot({ path: join(screenshots, 'console-roster-zh-desktop.png'), fullPage: true })
    await sound(visitor, 'roster')
    await page.locator('[data-written=false] .ant-btn-primary').click()
    await confirm(page).click()
    await page.locator('[data-written=true]').waitFor()
    await visitor.leave()
  })

  it('a reviewer looks and decides, and is offered nothing that only a manager may do', { timeout: 60_000 }, async () => {
    const visitor = await house().visit({ device: 'desktop', language: 'en' })
    const { page } = visitor
    await page.goto('/en/console/union/')
    await signInAs(page, 'demo-wu-shen')
    await page.locator('.program-card').first().waitFor()
    expect(await button(page, words.en.create).count()).toBe(0)
    await page.locator('.program-card a').first().click()
    await page.locator('.program-top').waitFor()
    expect(await page.locator('.program-top button').count()).toBe(0)
    await visitor.leave()
  })
}
