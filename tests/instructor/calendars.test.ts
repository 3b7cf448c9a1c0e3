import { plusMinutes } from '@skills/contract/time.ts'
import { getCalendar } from '@skills/functions/enrollment/calendars.ts'
import { importBusyHours } from '@skills/functions/instructor/import-busy-hours.ts'
import { saveMyInstructor } from '@skills/functions/instructor/own-instructor.ts'
import { proposeInstructors } from '@skills/functions/instructor/propose-instructors.ts'
import { closeTeachingCalendar, getTeachingCalendar, openTeachingCalendar } from '@skills/functions/instructor/teaching-calendar.ts'
import { busyHours } from '@skills/core/instructor/busy-hours.ts'
import { scanTable } from '@skills/core/books/books.table.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actor } from '../enrollment/claim-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { told } from '../waitlist/waitlist-scene.ts'
import { fresh, makeTeacher, managerOf, profile, type Teacher } from './instructor-scene.ts'
import { ask, books, engage, makeDraft } from './request-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('teaching-calendars')
  stop = started.stop
  world = testWorld(started.table)
})
afterAll(() => stop())

const settings = { publicUrl: 'https://skills.example', secretKey: 'derives secrets in tests' }
const open = (who: Teacher['actor'], by = fresh('openTeachingCalendar')) =>
  openTeachingCalendar(world, settings, { actor: who, command: by })
const read = (path: string) => getTeachingCalendar(world, settings, { params: { secret: path.split('/').at(-1) ?? '' } })

describe('the calendar of what somebody teaches', () => {
  it('shows what she teaches and is asked for under an address of its own, until that ends', async () => {
    const teacher = await makeTeacher(world)
    await engage(world, await makeDraft(world), teacher)
    await ask(world, await makeDraft(world, { times: [{ date: '2026-12-17' }] }), teacher)
    const by = fresh('openTeachingCalendar')
    const { path } = await open(teacher.actor, by)
    expect((await open(teacher.actor, by)).path).toBe(path)
    const text = await read(path)
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2)
    expect(text).toContain('STATUS:TENTATIVE')
    expect(text).not.toMatch(/40000|per_/)
    // What goes out can be read in: of somebody's own hours.
    expect(busyHours(text, world.now()).map(({ from }) => from.slice(0, 10))).toEqual(['2026-12-16', '2026-12-17'])
    expect(await told(getCalendar(world, settings, { params: { secret: path.split('/').at(-1) ?? '' } }))).toBe('not-found')
    const next = await open(teacher.actor)
    expect(await told(read(path))).toBe('not-found')
    expect(await read(next.path)).toContain('BEGIN:VCALENDAR')
    const close = () => closeTeachingCalendar(world, { actor: teacher.actor, command: fresh('closeTeachingCalendar') })
    expect([await close(), await close()]).toEqual([{ closed: true }, { closed: false }])
    expect(await told(read(next.path))).toBe('not-found')
    expect(await told(open(actor(world.id('person'))))).toBe('no-instructor')
  })
})

describe('a calendar that she brings', () => {
  const file = (...events: string[]) =>
    new TextEncoder().encode(['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n'))
  const event = (day: string, summary: string) =>
    `BEGIN:VEVENT\r\nUID:${day}\r\nSUMMARY:${summary}\r\nDTSTART:${day}T100000Z\r\nDTEND:${day}T110000Z\r\nEND:VEVENT`
  const bring = (who: Teacher['actor'], body: Uint8Array) => importBusyHours(world, { actor: who, command: fresh('importBusyHours'), body })

  it('keeps her from being asked for those hours, holds no word of it, and replaces the one before', async () => {
    const teacher = await makeTeacher(world)
    const item = await makeDraft(world)
    await bring(teacher.actor, file(event('20261216', '张三的秘密')))
    expect(await told(ask(world, item, teacher))).toBe('instructor-unavailable')
    expect(JSON.stringify(await scanTable(world.table))).not.toContain('秘密')
    const { instructor } = await bring(teacher.actor, file(event('20261217', '别的')))
    expect(instructor.exceptions.map(({ from, source }) => [from, source])).toEqual([['2026-12-17T10:00:00.000Z', 'calendar']])
    expect(await told(ask(world, item, teacher))).toBe('done')
  })

  it('is dated: after two weeks who plans reads that her hours may be out of date, until she imports it anew', async () => {
    const teacher = await makeTeacher(world)
    const item = await makeDraft(world)
    const old = async () => {
      const call = { actor: managerOf(item.run.providerId), params: { runId: item.run.id }, query: {} }
      const { proposals } = await proposeInstructors(world, call)
      return proposals.find(({ instructor }) => instructor.id === teacher.instructorId)?.calendarOld
    }
    const start = world.now()
    expect(await old()).toBe(false)
    await bring(teacher.actor, file(event('20270301', '')))
    await saveMyInstructor(world, { actor: teacher.actor, command: fresh('saveMyInstructor'), body: profile })
    world.moveTo(plusMinutes(start, 14 * 24 * 60))
    expect(await old()).toBe(false)
    world.moveTo(plusMinutes(start, 14 * 24 * 60 + 1))
    expect(await old()).toBe(true)
    await bring(teacher.actor, file())
    expect(await old()).toBe(false)
    world.moveTo(start)
  })

  it('is refused where it is none, and for who is no instructor', async () => {
    const teacher = await makeTeacher(world)
    expect(await told(bring(teacher.actor, new TextEncoder().encode('姓名,手机号')))).toBe('calendar-unreadable')
    expect(await told(bring(teacher.actor, new Uint8Array([0xff, 0xfe, 0x00])))).toBe('calendar-unreadable')
    expect(await told(bring(actor(world.id('person')), file()))).toBe('no-instructor')
  })
})

it('leaves books that add up', async () => {
  expect(await books(world)).toEqual([])
})
