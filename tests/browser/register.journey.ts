import { join } from 'node:path'
import { must } from '@skills/local/must.ts'
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { sound } from './console-page.ts'
import { screenshots, signInAs, type House } from './house.ts'

const button = (within: Page | Locator, name: string) => within.getByRole('button', { name, exact: true })
const dialog = (page: Page) => page.locator('.ant-modal').last()
const confirm = (page: Page) => page.locator('.ant-modal-confirm .ant-btn-primary')
const cell = (page: Page, text: string) => page.locator('.ant-table-row', { hasText: text })

/** A program with no rules and some money, of the union that the demo's manager acts for. */
const terms = {
  name: { zh: '停用演示券', en: 'Vouchers to be closed' },
  scheme: 'register-vouchers',
  period: { from: '2026-01-01', until: '2028-12-31' },
  funding: { kind: 'full' as const },
  stacking: { kind: 'with' as const, schemes: null },
  ruleSets: [{ version: '1', from: '2026-01-01', until: null, source: { title: '演示', document: '演示〔2026〕9 号' }, rules: [] }],
}

/** The register of unions, kept by an operator; the place of a union in its tree; and a voucher before its end. */
export function register(house: () => House): void {
  it('an operator registers a union and changes it; what is refused stands at its field', { timeout: 120_000 }, async () => {
    const visitor = await house().visit({ device: 'desktop' })
    const { page } = visitor
    await page.goto('/console/union/?do=unions')
    await signInAs(page, 'demo-chen')
    await page.locator('[data-union]').first().waitFor()
    await sound(visitor, 'unions')
    await button(page, '登记一个工会').click()
    await page.locator('#name_zh').fill('琼海市示范工会')
    await page.locator('#name_en').fill('Qionghai model union')
    await page.locator('#region').click()
    await page.locator('#region').pressSequentially('琼海')
    await page.locator('.ant-select-item-option', { hasText: '琼海' }).first().click()
    await page.locator('#uscc').fill('81469002MC00000001')
    await button(dialog(page), '保存').click()
    await page.locator('.ant-form-item-explain-error').waitFor()
    await page.screenshot({ path: join(screenshots, 'console-union-refused-zh-desktop.png') })
    await sound(visitor, 'union-refused')
    await page.locator('#uscc').fill('')
    await button(dialog(page), '保存').click()
    await cell(page, '琼海市示范工会').waitFor()
    await page.screenshot({ path: join(screenshots, 'console-unions-zh-desktop.png') })
    await cell(page, '琼海市示范工会').getByRole('button').click()
    await page.locator('#name_zh').fill('琼海市总工会（演示）')
    await button(dialog(page), '保存').click()
    await cell(page, '琼海市总工会（演示）').waitFor()
    expect(await cell(page, '琼海市示范工会').count()).toBe(0)
    await visitor.leave()
  })

  it('a union sees its place in the tree; its voucher is frozen, resumed and closed before its end', { timeout: 120_000 }, async () => {
    const operator = house().as('demo-chen')
    const { sponsors } = must('listing unions', await operator.call('listSponsors', {}))
    const visitor = await house().visit({ device: 'desktop', language: 'en' })
    const { page } = visitor
    await page.goto('/en/console/union/')
    await signInAs(page, 'demo-gonghui')
    const place = page.locator('.tree-place')
    await place.waitFor()
    const { memberships } = must('asking who', await house().as('demo-gonghui').call('getMe', {}))
    const own = sponsors.find(({ id }) => memberships.some(({ organizationId }) => organizationId === id))
    for (const id of own?.path ?? ['none'])
      expect(await place.innerText()).toContain(sponsors.find((one) => one.id === id)?.name.en ?? 'not there')

    const params = { sponsorId: own?.id ?? '' }
    const { program } = must('creating a program', await operator.call('createProgram', { params, body: terms }))
    const of = { params: { programId: program.id } }
    must('topping up', await operator.call('moveMoney', { ...of, body: { kind: 'top-up', fen: 50_000, reference: '演示拨款' } }))
    const voucher = {
      kind: 'pass' as const,
      faceFen: null,
      uses: 3,
      budgetFen: 20_000,
      directedTo: null,
      until: '2028-12-31T00:00:00.000Z',
    }
    must('issuing', await operator.call('issueVoucher', { ...of, body: voucher }))
    await page.goto(`/en/console/union/?sponsor=${own?.id}&program=${program.id}&tab=vouchers`)
    const row = cell(page, 'Pass')
    await button(row, 'Freeze').click()
    await confirm(page).click()
    await row.getByText('Frozen').waitFor()
    await sound(visitor, 'voucher-frozen')
    await button(row, 'Resume').click()
    await confirm(page).last().click()
    await row.getByText('Open').waitFor()
    await button(row, 'Close').click()
    await confirm(page).last().click()
    await row.getByText('Closed').waitFor()
    expect(await row.getByRole('button').count()).toBe(0)
    const { budget } = must('reading the program', await operator.call('getProgram', of))
    expect(budget).toMatchObject({ freeFen: 50_000, availableFen: 0 })
    await visitor.leave()
  })
}
