import { join } from 'node:path'
import { clockAt, dateAt, plusMinutes } from '@skills/contract/time.ts'
import { must } from '@skills/local/must.ts'
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { sound as soundPage } from './console-page.ts'
import { screenshots, signInAs, type House, type Visitor } from './house.ts'

const dayMinutes = 24 * 60
const now = () => new Date().toISOString()
const after = (days: number) => plusMinutes(now(), days * dayMinutes)
const local = (instant: string) => `${dateAt(instant)}T${clockAt(instant)}`
const button = (page: Page | Locator, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const title = `晚间收纳整理班 ${Date.now().toString(36)}`

/** An instructor says yes on her phone to what she is asked for this course. */
async function accept(house: House, sub: string): Promise<void> {
  const visitor = await house.visit()
  const { page } = visitor
  await page.goto('/console/instructor/?tab=requests')
  await signInAs(page, sub)
  const card = page.locator('[data-request]', { hasText: title })
  await button(card, '全部接受').click()
  await card.waitFor({ state: 'detached' })
  await visitor.leave()
}

/** Somebody who makes a profile in the commons and teaches on weekday evenings; a course of no trade asks for no qualification. */
async function teachesEvenings(house: House, sub: string, zh: string): Promise<void> {
  const api = house.as(sub)
  const text = (words: string) => ({ zh: words, en: words })
  const body = {
    ...{ name: text(zh), about: text('晚间授课'), kinds: ['part-time' as const], regions: ['460100'], baseRegion: '460100' },
    ...{ weeklyMinutes: 1_200, feeFenPerHour: 15_000, languages: ['zh' as const], listed: true },
  }
  must('making an instructor', await api.call('saveMyInstructor', { body }))
  const windows = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '17:00', to: '22:00' }))
  must('saying when', await api.call('saveAvailability', { body: { windows, exceptions: [] } }))
}

/** What was not sound, page by page; all of it is told at the end, so that one page hides no other. */
const unsound: unknown[] = []
const sound = (visitor: Visitor, what: string) =>
  soundPage(visitor, what).catch((error: { actual?: unknown }) => void unsound.push(error.actual ?? error))

const shot = ({ page }: Visitor, name: string) => page.screenshot({ path: join(screenshots, `provider-${name}.png`), fullPage: true })

/** What `providerConsole` leaves: a public run with four evenings, open for registration, two of them taught by each instructor. */
export interface EveningSeries {
  providerId: string
  courseId: string
  runId: string
}
export const evening = { manager: 'demo-wang-xin', teachers: ['demo-zhao-gong', 'demo-li-yan'] as const, priceYuan: 200 }

/** The manager of a new school writes a course, plans an evening series with two instructors from the commons, publishes, and a worker sees it. */
export function providerConsole(house: () => House): () => EveningSeries {
  let runPlace = ''
  let courseId = ''

  it('plans an evening series from nothing, sees what it lacks, and publishes it', { timeout: 300_000 }, async () => {
    await teachesEvenings(house(), evening.teachers[1], '李燕')
    const visitor = await house().visit({ device: 'desktop' })
    const { page } = visitor
    await page.goto('/console/provider/?tab=courses')
    await signInAs(page, evening.manager)
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
    await page.locator('#priceYuan').fill(String(evening.priceYuan))
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
    const proposed = (name: string) => page.locator('li', { hasText: name }).last().getByRole('button', { name: '邀请讲这 2 次课' })
    const wanted = page.locator('.ask-for input[type=checkbox]')
    for (const at of [2, 3]) await wanted.nth(at).uncheck()
    await proposed('赵师傅').click()
    await page.locator('.ant-tag', { hasText: '等答复' }).nth(1).waitFor()
    expect(await Promise.all([0, 1, 2, 3].map((at) => wanted.nth(at).isChecked()))).toEqual([false, false, true, true])
    await sound(visitor, 'asked')
    await shot(visitor, 'asked-zh-desktop')
    await proposed('李燕').click()
    await page.locator('.ant-tag', { hasText: '等答复' }).nth(3).waitFor()
    for (const sub of evening.teachers) await accept(house(), sub)
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
    await signInAs(page, evening.manager)
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
    courseId = new URL(page.url()).pathname.split('/').find((part) => part.startsWith('crs_')) ?? ''
    await visitor.leave()
  })
  return () => {
    const place = new URLSearchParams(runPlace)
    return { providerId: place.get('provider') ?? '', courseId, runId: place.get('run') ?? '' }
  }
}
