import { join } from 'node:path'
import { must } from '@skills/local/must.ts'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { sound } from './console-page.ts'
import { eveningSchool, screenshots, signInAs, type House, type Visitor } from './house.ts'
import { inLanguage, lookAt } from './look-at.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const confirm = (page: Page) => page.locator('.ant-modal-confirm .ant-btn-primary, .ant-modal-confirm .ant-btn-dangerous').last()

/** A calendar with one appointment, an hour long, two weeks ahead. */
function calendarFile(): Buffer {
  const day = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
  const event = ['BEGIN:VEVENT', 'UID:1', 'SUMMARY:体检', `DTSTART:${day}T010000Z`, `DTEND:${day}T020000Z`, 'END:VEVENT']
  return Buffer.from(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//t//EN', ...event, 'END:VCALENDAR', ''].join('\r\n'))
}

/** The instructor console: making a profile, hours and qualifications, answering a request, falling ill. */
export function instructorConsole(house: () => House): void {
  it('somebody makes a profile on a phone, says what and when she teaches, and brings a calendar', { timeout: 180_000 }, async () => {
    const visitor = await house().visit({ device: 'phone' })
    const { page } = visitor
    const shot = (what: string) => page.screenshot({ path: join(screenshots, `console-instructor-${what}-zh-phone.png`), fullPage: true })
    await page.goto('/console/instructor/')
    await signInAs(page, 'demo-lin-xiaoyu')
    await page.locator('#name_zh').waitFor()
    await shot('start')
    await sound(visitor, 'instructor-start')
    await button(page, '建立档案').click()
    await page.locator('.ant-form-item-explain-error').first().waitFor()
    await sound(visitor, 'instructor-needed')
    await page.locator('#name_zh').fill('林小雨')
    await page.locator('#name_en').fill('Lin Xiaoyu')
    await page.locator('#about_zh').fill('酒店前台服务与英语，电话 19900001234')
    await page.locator('#about_en').fill('Front desk and English')
    await choose(page, '#baseRegion', '三亚')
    await choose(page, '#regions', '三亚')
    await page.locator('#feeYuan').fill('150')
    await button(page, '建立档案').click()
    await page.locator('[data-code=validation-failed]').waitFor()
    await page.locator('#about_zh').fill('酒店前台服务与英语')
    await button(page, '建立档案').click()
    await page.locator('.console-tabs').waitFor()

    await page.locator('.console-tabs a', { hasText: '授课资格' }).click()
    await choose(page, '#trade', '行业英语')
    await page.locator('#proof').fill('大学英语六级，官网可查')
    await page.locator('#scan').setInputFiles({ name: 'scan.png', mimeType: 'image/png', buffer: await page.screenshot() })
    await button(page, '申报资格').click()
    await page.locator('[data-qualification]').waitFor()
    await shot('qualifications')
    await sound(visitor, 'instructor-qualifications')

    await page.locator('.console-tabs a', { hasText: '可授课时间' }).click()
    await button(page, '添加一段').click()
    await button(page, '保存时间').click()
    await page.locator('.ant-message-success').first().waitFor()
    await page.locator('#file').setInputFiles({ name: 'mine.ics', mimeType: 'text/calendar', buffer: calendarFile() })
    await button(page, '导入').click()
    await page.getByText('从日历导入了 1 段忙碌时间').waitFor()
    await button(page, '生成订阅地址').click()
    await page.locator('#teaching-address').waitFor()
    await shot('hours')
    await sound(visitor, 'instructor-hours')
    const address = await page.locator('#teaching-address').inputValue()
    expect(await (await fetch(address)).text()).toContain('BEGIN:VCALENDAR')
    for (const tab of ['agenda', 'requests']) {
      await page.goto(`/console/instructor/?tab=${tab}`)
      await page.locator('.console-empty').waitFor()
      await shot(`${tab}-empty`)
      await sound(visitor, `instructor-${tab}-empty`)
    }
    await visitor.leave()
  })

  it('an operator opens the scan and verifies what was claimed', { timeout: 120_000 }, async () => {
    const visitor = await house().visit({ device: 'desktop' })
    const { page } = visitor
    await page.goto('/console/instructor/')
    await signInAs(page, 'demo-chen')
    const claimed = page.locator('[data-claimed]', { hasText: '林小雨' })
    await claimed.waitFor()
    await lookAt(visitor, '/console/instructor/', '[data-claimed]', 'console-instructor-review')
    await page.goto('/console/instructor/')
    await claimed.getByRole('button', { name: '核实通过', exact: true }).click()
    await claimed.locator('.field-error').waitFor()
    const opened = visitor.context.waitForEvent('page')
    await claimed.getByRole('button', { name: '打开扫描件', exact: true }).click()
    await (await opened).close()
    await claimed.locator('textarea').fill('与官网一致')
    await claimed.getByRole('button', { name: '核实通过', exact: true }).click()
    await claimed.waitFor({ state: 'detached' })
    await sound(visitor, 'instructor-reviewed')
    await visitor.leave()
  })

  it(
    'an instructor of the commons accepts one request and declines another, then falls ill; the provider sees who could stand in',
    { timeout: 240_000 },
    async () => {
      const manager = house().as('demo-huang')
      const { runId } = await eveningSchool(house().site)
      const zhao = must('reading a profile', await house().as('demo-zhao-gong').call('getMyInstructor', {})).instructor
      // The evening school teaches how to work with AI; he may teach that too, for this scene.
      for (const trade of ['ai-trainer', 'office-software']) {
        const body = { trade, level: null, proof: '演示凭证', until: null }
        const claimed = must('claiming', await house().as('demo-zhao-gong').call('claimQualification', { body })).instructor
        const params = { instructorId: claimed.id, qualificationId: claimed.qualifications.at(-1)?.id ?? '' }
        must(
          'verifying',
          await house()
            .as('demo-chen')
            .call('decideQualification', { params, body: { to: 'verified', reason: '演示' } }),
        )
      }
      // He offers all hours for this scene, whenever the demo's run is.
      const windows = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }))
      must(
        'saying when',
        await house()
          .as('demo-zhao-gong')
          .call('saveAvailability', { body: { windows, exceptions: [] } }),
      )
      const { meetingIds } = must('asking for proposals', await manager.call('proposeInstructors', { params: { runId } }))
      const ask = (ids: string[]) =>
        manager.call('askInstructor', { params: { runId }, body: { instructorId: zhao?.id ?? '', meetingIds: ids, feeFen: 40_000 } })
      must('asking', await ask(meetingIds.slice(0, 2)))

      const visitor = await house().visit({ device: 'phone' })
      const { page } = visitor
      await page.goto('/console/instructor/?tab=requests')
      await signInAs(page, 'demo-zhao-gong')
      await page.locator('[data-request]').waitFor()
      await page.locator('[role=timer]').waitFor()
      await lookAt(visitor, '/console/instructor/?tab=requests', '[data-request] [role=timer]', 'console-instructor-request')
      await page.goto(inLanguage('zh', '/console/instructor/?tab=requests'))
      await button(page, '全部接受').click()
      await page.locator('.console-empty').waitFor()

      must('asking again', await ask(meetingIds.slice(2, 3)))
      await page.reload()
      await page.locator('[data-request]').waitFor()
      await button(page, '谢绝').click()
      await confirm(page).click()
      await page.locator('.console-empty').waitFor()

      const { assignments } = must('reading the crew', await manager.call('listAssignments', { params: { runId } }))
      expect(assignments.map(({ state }) => state)).toEqual(['accepted', 'accepted'])
      const first = assignments[0]
      const week = `/console/instructor/?tab=agenda&week=${encodeURIComponent(first?.from ?? '')}`
      await lookAt(visitor, week, `[data-booking="${first?.bookingId}"]`, 'console-instructor-agenda')
      await lookAt(visitor, week.replace('week=', 'day='), `[data-booking="${first?.bookingId}"]`, 'console-instructor-day')
      await page.goto(week)
      await ill(visitor, first?.bookingId ?? '')
      const left = must('reading the crew', await manager.call('listAssignments', { params: { runId } })).assignments
      expect(left.map(({ bookingId }) => bookingId)).toEqual(assignments.slice(1).map(({ bookingId }) => bookingId))
      await house().drain()
      const { notices } = must('reading notices', await manager.call('listNotices', {}))
      expect(notices.map(({ title }) => title.zh)).toEqual(expect.arrayContaining(['师资因病不能授课', '师资已答复']))
      const substitutes = must(
        'asking who stands in',
        await manager.call('proposeInstructors', { params: { runId }, query: { meeting: first?.meetingId } }),
      )
      expect(substitutes.proposals.find(({ instructor }) => instructor.id === zhao?.id)?.obstacles[0]?.kind).toBe('busy')
      for (const [tab, mark] of [
        ['hours', '.hours-form'],
        ['qualifications', '[data-qualification]'],
        ['profile', '#name_zh'],
      ] as const)
        await lookAt(visitor, `/console/instructor/?tab=${tab}`, mark, `console-instructor-${tab}`)
      await visitor.leave()
    },
  )
}

async function ill({ page }: Visitor, bookingId: string): Promise<void> {
  await page.locator(`[data-booking="${bookingId}"]`).getByRole('button', { name: '因病不能上', exact: true }).click()
  await confirm(page).click()
  await page.locator(`[data-booking="${bookingId}"]`).waitFor({ state: 'detached' })
}

/** Chooses one of a list that opens below a field. */
async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.locator(field).click()
  await page
    .locator(field)
    .pressSequentially(option)
    .catch(() => undefined)
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: option }).first().click()
  await page.keyboard.press('Escape')
}
