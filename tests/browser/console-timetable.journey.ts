import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { must } from '@skills/local/must.ts'
import { beforeAll, expect, it } from 'vitest'
import { signInAs, type House } from './house.ts'
import { inLanguage, languages, picture } from './look-at.ts'

interface Scene {
  providerId: string
  runId: string
  meetings: number
}

/** A draft of the night school that nobody teaches yet: three evenings of working days, and an hour before dawn that nobody offers. */
async function draft(house: House, code: string, inDays: number): Promise<Scene> {
  const manager = house.as('demo-huang')
  const { memberships } = must('reading who one is', await manager.call('getMe', {}))
  const providerId = memberships.find(({ roles }) => roles.includes('provider:manager'))?.organizationId ?? ''
  const { venues } = must('reading venues', await manager.call('listProviderVenues', { params: { providerId } }))
  const venueId = venues.find(({ rooms }) => rooms.some(({ capacity }) => capacity >= 10))?.id ?? ''
  const from = dateAt(plusMinutes(new Date().toISOString(), inDays * 1440))
  const pattern = {
    from,
    weekdays: [1, 2, 3, 4, 5],
    starts: '18:30',
    ends: '20:30',
    lessons: 3,
    kind: 'classroom' as const,
    venueId,
    room: null,
    devices: [],
  }
  const planned = must(
    'planning',
    await manager.call('planMeetings', {
      params: { providerId },
      body: { patterns: [pattern], except: [], onHolidays: false, capacity: 10 },
    }),
  )
  const evenings = planned.meetings.map(({ day: _, ...meeting }) => meeting)
  const last = dateAt(evenings.at(-1)?.startsAt ?? '')
  const dawn = {
    startsAt: instantOf(last, '04:00'),
    endsAt: instantOf(last, '05:00'),
    kind: 'classroom' as const,
    venueId,
    room: null,
    devices: [],
  }
  const text = (name: string) => ({ zh: `${name} ${code}`, en: `${name} ${code}` })
  const course = {
    title: text('表格与文档'),
    summary: text('三个晚上'),
    outcomes: [],
    audience: text('职工'),
    industry: 'modern-services',
    trade: 'office-software',
    level: null,
    family: 'training-completion' as const,
    delivery: 'classroom' as const,
    languages: ['zh' as const],
    theoryHours: 8,
    practiceHours: 0,
    feeFen: 0,
    conditions: [],
  }
  const { courseId } = must(
    'writing a course',
    await manager.call('createCourse', { params: { providerId }, body: { code, course, anyway: true } }),
  )
  const first = evenings[0]?.startsAt ?? ''
  const run = {
    name: text('晚间班'),
    opensAt: plusMinutes(first, -14 * 1440),
    closesAt: plusMinutes(first, -2 * 1440),
    capacity: 10,
    priceFen: 0,
    cancelUntilMinutes: 60,
    policy: 'standard' as const,
    region: venues.find(({ id }) => id === venueId)?.region ?? '460100',
    venueId,
    tentative: null,
    onHolidays: false,
    meetings: [...evenings, dawn],
  }
  const { runId } = must('planning a run', await manager.call('createRun', { params: { courseId }, body: { code, run, anyway: true } }))
  return { providerId, runId, meetings: run.meetings.length }
}

/** Somebody who teaches what the drafts want, every evening. */
async function teacher(house: House): Promise<void> {
  const [self, operator] = [house.as('timetable-teacher'), house.as('demo-chen')]
  const profile = {
    name: { zh: '周文表', en: 'Zhou Wenbiao' },
    about: { zh: '办公软件', en: 'Office software' },
    kinds: ['part-time' as const],
    regions: ['460000'],
    baseRegion: '460100',
    weeklyMinutes: 1_200,
    feeFenPerHour: 15_000,
    languages: ['zh' as const],
    listed: true,
  }
  must('making a profile', await self.call('saveMyInstructor', { body: profile }))
  const windows = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '18:00', to: '22:00' }))
  must('saying when', await self.call('saveAvailability', { body: { windows, exceptions: [] } }))
  const claim = { trade: 'office-software', level: null, proof: '演示凭证', until: null }
  const { instructor } = must('claiming', await self.call('claimQualification', { body: claim }))
  const params = { instructorId: instructor.id, qualificationId: instructor.qualifications.at(-1)?.id ?? '' }
  must('verifying', await operator.call('decideQualification', { params, body: { to: 'verified', reason: '演示' } }))
}

/** Timetables in the provider console: choosing a run, the proposal with its reasons, and applying it. */
export function timetableConsole(house: () => House): void {
  let scenes: Record<'zh' | 'en', Scene>
  beforeAll(async () => {
    await teacher(house())
    scenes = { zh: await draft(house(), 'TT-ZH', 21), en: await draft(house(), 'TT-EN', 28) }
  }, 120_000)

  it.each(languages)('a manager has a draft planned and applies it, in %s', { timeout: 180_000 }, async (language) => {
    const { runId, providerId, meetings } = scenes[language]
    const visitor = await house().visit({ device: 'desktop', language })
    const { page } = visitor
    await page.goto(inLanguage(language, `/console/provider/?tab=timetable&run=${runId}`))
    await signInAs(page, 'demo-huang')
    await page.locator(`input[type=checkbox][value="${runId}"]:checked`).waitFor()
    await picture(visitor, `console-timetable-choose-${language}`)
    await page.locator('form button[type=submit]').click()
    const proposed = page.locator(`[data-run="${runId}"]`)
    await proposed.locator('[data-state=proposed]').first().waitFor()
    expect(await proposed.locator('[data-state=proposed]').count()).toBe(meetings - 1)
    expect(await proposed.locator('[data-state=unplaced] [data-constraint]').getAttribute('data-constraint')).toBe('availability')
    await picture(visitor, `console-timetable-proposal-${language}`)
    await proposed.locator('button.ant-btn-primary').click()
    await proposed.locator('.ant-alert-success').waitFor()
    await picture(visitor, `console-timetable-applied-${language}`)
    const manager = house().as('demo-huang')
    const { assignments } = must('reading assignments', await manager.call('listAssignments', { params: { runId } }))
    expect(assignments.map(({ state }) => state)).toEqual(Array(meetings - 1).fill('asked'))
    const { rooms } = must('reading the plan', await manager.call('getRunPlan', { params: { runId } }))
    expect(rooms).toHaveLength(meetings - 1)
    await page.locator('form button[type=submit]').click()
    await proposed.locator('[data-state=settled]').first().waitFor()
    expect(providerId).toMatch(/^prv_/)
    await visitor.leave()
  })
}
