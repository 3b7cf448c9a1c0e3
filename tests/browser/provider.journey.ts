import { join } from 'node:path'
import { clockAt, dateAt, plusMinutes } from '@skills/contract/time.ts'
import { readStanding, standingSteps } from '@skills/core/provider/standing.table.ts'
import { transact } from '@skills/core/transact.ts'
import { must } from '@skills/local/must.ts'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { testWorld } from '../test-world.ts'
import { sound as soundPage } from './console-page.ts'
import { screenshots, signInAs, type House, type Visitor } from './house.ts'

const dayMinutes = 24 * 60
const now = () => new Date().toISOString()
const after = (days: number) => plusMinutes(now(), days * dayMinutes)
const local = (instant: string) => `${dateAt(instant)}T${clockAt(instant)}`
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const title = `晚间收纳整理班 ${Date.now().toString(36)}`

/** The night school as an approved provider, where the demo has not made it one. */
async function approve(house: House): Promise<void> {
  const { memberships } = must('asking who I am', await house.as('demo-huang').call('getMe', {}))
  const providerId = memberships[0]?.organizationId ?? ''
  const { table } = house.below()
  if ((await readStanding(table, providerId)) !== undefined) return
  const world = testWorld(table, now())
  const personId = world.id('person')
  const body = { providerId, state: 'approved' as const, scope: [], licenceUntil: null, reason: null, personId, told: [] }
  await transact(
    world,
    undefined,
    standingSteps(world, undefined, { before: undefined, after: body, action: 'approve', by: 'system:test' }),
    null,
  )
}

/** The instructor says yes to everything she is asked. */
async function accept(house: House, sub: string): Promise<void> {
  const api = house.as(sub)
  const { teaching } = must('reading requests', await api.call('listMyAssignments', {}))
  for (const { runId, meetings } of teaching) {
    const bookingIds = meetings.filter(({ state }) => state === 'asked').map(({ bookingId }) => bookingId)
    if (bookingIds.length > 0)
      must('accepting', await api.call('answerAssignments', { params: { runId }, body: { bookingIds, accept: true } }))
  }
}

/** What was not sound, page by page; all of it is told at the end, so that one page hides no other. */
const unsound: unknown[] = []
const sound = (visitor: Visitor, what: string) =>
  soundPage(visitor, what).catch((error: { actual?: unknown }) => void unsound.push(error.actual ?? error))

const shot = ({ page }: Visitor, name: string) => page.screenshot({ path: join(screenshots, `provider-${name}.png`), fullPage: true })

/** A manager writes a course, plans an evening series with an instructor from the commons, publishes, and a worker sees it. */
export function providerConsole(house: () => House): void {
  let runPlace = ''

  it('plans an evening series from nothing, sees what it lacks, and publishes it', { timeout: 300_000 }, async () => {
    await approve(house())
    const visitor = await house().visit({ device: 'desktop' })
    const { page } = visitor
    await page.goto('/console/provider/?tab=courses')
    await signInAs(page, 'demo-huang')
    await button(page, '新建课程').waitFor()
    await sound(visitor, 'courses')
    await shot(visitor, 'courses-zh-desktop')

    await button(page, '新建课程').click()
    await page.locator('#code').fill(`TIDY-${Date.now().toString(36)}`)
    for (const [field, zh, en] of [
      ['title', title, 'Evening tidying course'],
      ['summary', '四个晚上学会整理。', 'Learn to tidy in four evenings.'],
      ['audience', '职工', 'Workers'],
    ] as const) {
      await page.locator(`#${field}_zh`).fill(zh)
      await page.locator(`#${field}_en`).fill(en)
    }
    await page.locator('#industry').click()
    await page.locator('.ant-select-item-option').first().click()
    await page.locator('#theoryHours').fill('4')
    await page.locator('#practiceHours').fill('4')
    await sound(visitor, 'course')
    await shot(visitor, 'course-zh-desktop')
    await button(page, '保存').click()
    const card = page.locator('[data-course]', { hasText: title })
    await card.waitFor()
    await card.getByRole('button', { name: '发布课程' }).click()
    await card.locator('.ant-tag', { hasText: '已发布' }).waitFor()

    await card.getByRole('button', { name: '安排一期' }).click()
    await page.locator('#code').fill('EVENING-1')
    await page.locator('#name_zh').fill('晚间第一期')
    await page.locator('#name_en').fill('Evening series one')
    await page.locator('#capacity').fill('10')
    await page.locator('#opensAt').fill(local(after(-1)))
    await page.locator('#closesAt').fill(local(after(19)))
    await page.locator('#patterns_0_from').fill(dateAt(after(20)))
    await button(page, '排出日期').click()
    await page.locator('.meeting-rows > li').nth(3).waitFor()
    await sound(visitor, 'planner')
    await shot(visitor, 'planner-zh-desktop')
    await button(page, '保存安排').click()
    await page.locator('#run-title').waitFor()
    expect(await page.locator('.ant-alert', { hasText: '还没有师资' }).count()).toBe(1)
    runPlace = new URL(page.url()).search

    await button(page, '推荐师资').click()
    const proposal = page.locator('li', { hasText: '赵师傅' }).last()
    await proposal.getByRole('button', { name: /邀请讲/ }).click()
    await page.locator('.ant-tag', { hasText: '等答复' }).first().waitFor()
    await sound(visitor, 'asked')
    await accept(house(), 'demo-zhao-gong')
    await page.reload()
    await page.locator('.ant-alert', { hasText: '可以发布了' }).waitFor()
    await sound(visitor, 'run')
    await shot(visitor, 'run-zh-desktop')
    await button(page, '发布').first().click()
    await page.locator('.ant-modal-confirm .ant-btn-primary').click()
    await page.locator('.ant-tag', { hasText: '已发布' }).waitFor()
    await visitor.leave()
  })

  it('shows it on a phone in English, where it is postponed with its room and its instructor', { timeout: 240_000 }, async () => {
    const visitor = await house().visit({ device: 'phone', language: 'en' })
    const { page } = visitor
    await page.goto(`/en/console/provider/${runPlace}`)
    await signInAs(page, 'demo-huang')
    await page.locator('#run-title').waitFor()
    await sound(visitor, 'run on a phone')
    await shot(visitor, 'run-en-phone')
    await button(page, 'Postpone all').click()
    await button(page, 'See what happens').click()
    await page.locator('.ant-modal .run-lines li').nth(3).waitFor()
    await sound(visitor, 'postponing')
    await shot(visitor, 'postpone-en-phone')
    await page.locator('.ant-modal-footer .ant-btn-primary').click()
    await page.locator('.ant-modal').waitFor({ state: 'detached' })
    await button(page, 'Change the plan').click()
    await page.locator('.meeting-rows > li').nth(3).waitFor()
    await sound(visitor, 'planner on a phone')
    await shot(visitor, 'planner-en-phone')
    await page.goto('/en/console/provider/?tab=import')
    await page.locator('#import-title').waitFor()
    await sound(visitor, 'import on a phone')
    await page.goto('/en/console/provider/?tab=courses')
    await page.locator('[data-course]').first().waitFor()
    await sound(visitor, 'courses on a phone')
    await shot(visitor, 'courses-en-phone')
    await visitor.leave()
  })

  it('is sound on every page', () => expect(unsound).toEqual([]))

  it('is what a worker finds in the catalog', { timeout: 120_000 }, async () => {
    await house().drain()
    await house().fire('sweep-runs')
    await house().drain()
    const visitor = await house().visit({ device: 'phone' })
    const { page } = visitor
    await page.goto('/courses/?q=' + encodeURIComponent(title))
    await page.getByRole('link', { name: title }).first().click()
    await page.locator('.ticket', { hasText: '晚间第一期' }).waitFor()
    await shot(visitor, 'worker-zh-phone')
    await visitor.leave()
  })
}
