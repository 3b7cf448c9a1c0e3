import { keys } from '@skills/core/keys.ts'
import { transact } from '@skills/core/transact.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { deviceResource, roomResource } from '@skills/core/scheduling/week.ts'
import { getRunPlan } from '@skills/functions/planning/get-run-plan.ts'
import { listProviderCourses } from '@skills/functions/planning/list-courses.ts'
import { planMeetings } from '@skills/functions/planning/plan-meetings.ts'
import { saveCourse } from '@skills/functions/planning/course-editor.ts'
import type { Refusal } from '@skills/contract/refusals.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fresh, makeTeacher } from '../instructor/instructor-scene.ts'
import { bookingsOf, eventsOf } from '../instructor/request-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { resize, told } from '../waitlist/waitlist-scene.ts'
import {
  books,
  courseInput,
  engageAs,
  evenings,
  inputOf,
  itemOf,
  makePlace,
  plan,
  publishCourse,
  publishedRun,
  runInput,
  save,
  step,
  writeCourse,
} from './planning-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('plan-run')
  stop = started.stop
  world = testWorld(started.table, '2026-12-01T02:00:00.000Z')
})
afterAll(() => stop())

const refused = async (act: Promise<unknown>): Promise<Refusal> =>
  act.then(
    () => Promise.reject(new Error('done')),
    (error: Refusal) => error,
  )
const codesOf = async (act: Promise<unknown>) => (await refused(act)).errors.map(({ pointer, code }) => `${pointer} ${code}`)
const days = evenings.map(({ date }) => date)

describe('a course that a provider writes', () => {
  it('is a draft of its own, once for each request, and found in its list', async () => {
    const place = await makePlace(world)
    const by = fresh('createCourse')
    const made = await writeCourse(world, place, courseInput, false, by)
    expect((await writeCourse(world, place, courseInput, false, by)).courseId).toBe(made.courseId)
    const { items } = await listProviderCourses(world, {
      actor: place.manager,
      params: { providerId: place.provider.id },
      page: { limit: 20, after: undefined },
    })
    expect(items.map(({ course }) => [course.id, course.state])).toEqual([[made.courseId, 'draft']])
    const stranger = await makePlace(world)
    expect(await told(writeCourse(world, { ...place, manager: stranger.manager }))).toBe('not-found')
  })
  it('that looks like another is shown before it is saved, and saved when its writer insists', async () => {
    const place = await makePlace(world)
    await writeCourse(world, place)
    const again = { ...courseInput, title: { zh: '晚间电工班（二）', en: 'Again' } }
    expect(await told(writeCourse(world, place, again, false))).toBe('similar-exists')
    expect(await told(writeCourse(world, place, again, true))).toBe('done')
  })
  it.each([
    ['an industry that is none', { industry: 'magic' }, '#/industry industry-unknown'],
    ['a trade that is none', { trade: 'sorcery' }, '#/trade trade-unknown'],
    ['a licence without its trade', { family: 'special-operations' as const }, '#/trade trade-needed'],
    ['a special trade in another family', { trade: 'scaffolding' }, '#/trade trade-of-another-family'],
    ['no hours', { theoryHours: 0, practiceHours: 0 }, '#/theoryHours hours-missing'],
  ])('is refused with %s', async (_, wrong, says) => {
    const place = await makePlace(world)
    expect(await codesOf(writeCourse(world, place, { ...courseInput, ...wrong }))).toContain(says)
  })
  it('below the hours known for its trade is saved with a remark that names the source', async () => {
    const place = await makePlace(world)
    const { remarks } = await writeCourse(world, place, { ...courseInput, trade: 'scaffolding', family: 'special-operations' })
    expect(remarks.map(({ code }) => code)).toEqual(['hours-below'])
  })
  it('takes its runs along when it changes, and refuses who saw an older one', async () => {
    const place = await makePlace(world)
    const { courseId, version } = await writeCourse(world, place)
    const { runId } = await plan(world, place, courseId)
    const change = (from: number) =>
      saveCourse(world, {
        actor: place.manager,
        command: fresh('saveCourse'),
        params: { courseId },
        body: { version: from, course: { ...courseInput, title: { zh: '夜间钳工', en: 'Night fitters' } }, anyway: false },
      })
    expect((await change(version)).version).toBe(version + 1)
    expect((await itemOf(world, runId)).title.en).toBe('Night fitters')
    expect(await told(change(version))).toBe('version-conflict')
  })
})

describe('a run that is planned', () => {
  it('takes its rooms and devices with it, or nothing at all', async () => {
    const place = await makePlace(world)
    const { courseId } = await writeCourse(world, place)
    const hours = evenings.map((one, place) => (place === 0 ? { ...one, devices: ['车床'] } : one))
    const { runId } = await plan(world, place, courseId, runInput(place, { hours }))
    expect(await bookingsOf(world, roomResource(place.venue.id, '101'), days)).toHaveLength(4)
    expect(await bookingsOf(world, deviceResource(place.venue.id, '车床'), days)).toHaveLength(1)
    expect((await readCrew(world.table, runId))?.rooms).toHaveLength(5)
    const clash = await refused(plan(world, place, courseId))
    expect(clash.code).toBe('room-taken')
    const [first] = clash.members['clashes'] as { meeting: number; freeRooms: string[]; freeTimes: unknown[] }[]
    expect(first).toMatchObject({ meeting: 0, freeRooms: ['102'] })
    expect(first?.freeTimes.length).toBeGreaterThan(0)
    expect(JSON.stringify(clash.members)).not.toContain(runId)
    expect(await told(plan(world, place, courseId, runInput(place, { hours: evenings.map((one) => ({ ...one, room: '102' })) })))).toBe(
      'done',
    )
  })
  it.each([
    ['more seats than places', { capacity: 31 }, 'room-too-small'],
    ['registration after it began', { closesAt: '2026-12-15T00:00:00.000Z' }, 'closes-after-start'],
    ['a holiday', { hours: [{ date: '2027-02-06' }], closesAt: '2026-12-13T00:00:00.000Z' }, 'on-a-holiday'],
    [
      'meetings over each other',
      { hours: [{ date: '2026-12-14' }, { date: '2026-12-14', from: '19:59', to: '21:00' }] },
      'meetings-overlap',
    ],
    ['a meeting that is over', { hours: [{ date: '2026-11-30' }], closesAt: '2026-11-29T00:00:00.000Z' }, 'meeting-over'],
    ['a room nobody knows', { hours: [{ date: '2026-12-14', room: '999' }] }, 'room-unknown'],
    ['a device nobody has', { hours: [{ date: '2026-12-14', devices: ['火箭'] }] }, 'device-unknown'],
    ['a minimum above its seats', { tentative: { minimum: 21, decideAt: '2026-12-10T00:00:00.000Z' } }, 'minimum-above-capacity'],
    ['a decision after it began', { tentative: { minimum: 2, decideAt: '2026-12-15T00:00:00.000Z' } }, 'decides-late'],
  ])('is refused with %s', async (_, wishes, code) => {
    const place = await makePlace(world)
    const { courseId } = await writeCourse(world, place)
    const codes = await codesOf(plan(world, place, courseId, runInput(place, wishes)))
    expect(codes.map((one) => one.split(' ')[1])).toContain(code)
    expect(await bookingsOf(world, roomResource(place.venue.id, '101'), days)).toEqual([])
  })
  it('may lie on a holiday on purpose', async () => {
    const place = await makePlace(world)
    const { courseId } = await writeCourse(world, place)
    expect(await told(plan(world, place, courseId, runInput(place, { hours: [{ date: '2027-01-01' }], onHolidays: true })))).toBe('done')
  })
  it('that looks like one entered twice is shown before it is saved', async () => {
    const place = await makePlace(world)
    const { courseId } = await writeCourse(world, place)
    await plan(world, place, courseId)
    const beside = runInput(place, { hours: evenings.map((one) => ({ ...one, room: '102' })) })
    expect(await told(plan(world, place, courseId, beside, false))).toBe('similar-exists')
  })
  it('of another provider’s venue is refused', async () => {
    const [place, other] = [await makePlace(world), await makePlace(world)]
    const { courseId } = await writeCourse(world, place)
    const codes = await codesOf(plan(world, place, courseId, { ...runInput(other), venueId: null }))
    expect(codes).toContain('#/meetings/0/venueId venue-unknown')
  })
})

describe('patterns', () => {
  it('say their dates, what is left out, and which room is taken, and hold nothing', async () => {
    const place = await makePlace(world)
    const { courseId } = await writeCourse(world, place)
    await plan(world, place, courseId)
    const pattern = {
      weekdays: [1, 2, 3, 4, 5],
      starts: '18:00',
      ends: '20:00',
      kind: 'classroom' as const,
      venueId: place.venue.id,
      devices: [],
    }
    const answer = await planMeetings(world, {
      actor: place.manager,
      params: { providerId: place.provider.id },
      body: {
        patterns: [
          { ...pattern, from: '2026-12-17', lessons: 2, room: '101' },
          { ...pattern, from: '2026-12-31', lessons: 2, room: '102' },
        ],
        except: [],
        onHolidays: false,
        capacity: 20,
      },
    })
    expect(answer.meetings.map(({ startsAt }) => startsAt.slice(0, 10))).toEqual(['2026-12-17', '2026-12-18', '2026-12-31', '2027-01-04'])
    expect(answer.skipped).toEqual([{ pattern: 1, date: '2027-01-01', why: 'holiday' }])
    expect(answer.clashes.map(({ meeting, freeRooms }) => [meeting, freeRooms])).toEqual([[0, ['102']]])
    expect(answer.provisional).toBe(true)
    expect(await bookingsOf(world, roomResource(place.venue.id, '102'), ['2026-12-31'])).toEqual([])
  })
})

describe('publishing', () => {
  it('names everything that is missing, and holds once it is there', async () => {
    const place = await makePlace(world, { approved: false })
    const { courseId } = await writeCourse(world, place)
    const { runId } = await plan(
      world,
      place,
      courseId,
      runInput(place, { hours: [{ date: '2026-12-14', room: null }, { date: '2026-12-15' }] }),
    )
    const reasonsOf = async () =>
      (await getRunPlan(world, { actor: place.manager, params: { runId } })).reasons.map(({ code, pointer }) => `${pointer} ${code}`)
    expect(await reasonsOf()).toEqual([
      '#/provider not-approved',
      '#/course course-not-published',
      '#/meetings/0 no-room',
      '#/meetings/0 no-instructor',
      '#/meetings/1 no-instructor',
    ])
    expect(await told(step(world, place, runId, 'published'))).toBe('run-not-ready')
    expect((await itemOf(world, runId)).run.state).toBe('draft')
  })
  it('asks that the fire-safety proof of its venue lasts', async () => {
    const place = await makePlace(world)
    const { courseId } = await writeCourse(world, place)
    const { runId } = await plan(world, place, courseId)
    const line = { ...keys.venueOfProvider.key(place.provider.id, place.venue.id), venueId: place.venue.id, fireSafetyUntil: '2026-12-16' }
    await transact(world, undefined, [{ name: 'line', put: { item: line } }], null)
    const { reasons } = await getRunPlan(world, { actor: place.manager, params: { runId } })
    expect(reasons.filter(({ code }) => code === 'fire-safety-ends').map(({ pointer }) => pointer)).toEqual(['#/meetings/3'])
  })
  it('opens a run that has all of it', async () => {
    const place = await makePlace(world)
    const { runId } = await publishedRun(world, place)
    expect((await itemOf(world, runId)).run.state).toBe('published')
    expect((await getRunPlan(world, { actor: place.manager, params: { runId } })).reasons).toEqual([])
  })
  it('meets an instructor who leaves in the same moment: published with her, or not at all', async () => {
    const place = await makePlace(world)
    const { courseId } = await writeCourse(world, place)
    await publishCourse(world, place, courseId)
    const { runId } = await plan(world, place, courseId)
    const teacher = await makeTeacher(world)
    await engageAs(world, place, runId, teacher)
    const { withdraw } = await import('../instructor/request-scene.ts')
    const item = await itemOf(world, runId)
    const [booking] = (await readCrew(world.table, runId))?.assignments ?? []
    const [published, gone] = await Promise.all([
      told(step(world, place, runId, 'published')),
      told(withdraw(world, item, booking?.bookingId ?? '')),
    ])
    expect(gone).toBe('done')
    expect(['done', 'run-not-ready']).toContain(published)
  })
})

describe('a change of a run', () => {
  it('takes rooms and the instructor along, and tells her', async () => {
    const place = await makePlace(world)
    const { runId, teacher } = await publishedRun(world, place)
    const moved = await save(world, place, runId, (run) =>
      inputOf(run, { meetings: inputOf(run).meetings.map((one, at) => (at === 3 ? { ...one, ...later(one, 7) } : one)) }),
    )
    expect(moved.version).toBeGreaterThan(1)
    const when = async (resource: string) =>
      (await bookingsOf(world, resource, [...days, '2026-12-24'])).map(({ from }) => from.slice(0, 10)).toSorted()
    const now = ['2026-12-14', '2026-12-15', '2026-12-16', '2026-12-24']
    expect(await when(roomResource(place.venue.id, '101'))).toEqual(now)
    expect(await when(teacher.instructorId)).toEqual(now)
    expect(await eventsOf(world, 'assignment-moved', runId)).toHaveLength(1)
    const crew = await readCrew(world.table, runId)
    expect(crew?.assignments.every(({ state }) => state === 'accepted')).toBe(true)
  })
  it('to hours that its instructor has given to somebody else names the clash and changes nothing', async () => {
    const place = await makePlace(world)
    const { runId, teacher } = await publishedRun(world, place)
    const other = await makePlace(world)
    const { courseId } = await writeCourse(world, other)
    const busy = await plan(world, other, courseId, runInput(other, { hours: [{ date: '2026-12-24' }] }))
    await engageAs(world, other, busy.runId, teacher)
    const move = save(world, place, runId, (run) =>
      inputOf(run, { meetings: inputOf(run).meetings.map((one, at) => (at === 3 ? { ...one, ...later(one, 7) } : one)) }),
    )
    expect((await refused(move)).code).toBe('instructor-cannot-move')
    expect(await bookingsOf(world, roomResource(place.venue.id, '101'), ['2026-12-24'])).toEqual([])
  })
  it('that drops a meeting gives its hours back', async () => {
    const place = await makePlace(world)
    const { runId, teacher } = await publishedRun(world, place)
    await save(world, place, runId, (run) => inputOf(run, { meetings: inputOf(run).meetings.slice(0, 3) }))
    expect(await bookingsOf(world, teacher.instructorId, days)).toHaveLength(3)
    expect(await bookingsOf(world, roomResource(place.venue.id, '101'), days)).toHaveLength(3)
    expect(await eventsOf(world, 'assignment-withdrawn', runId)).toHaveLength(1)
  })
  it('offers no more seats than its rooms hold', async () => {
    const place = await makePlace(world)
    const { runId } = await publishedRun(world, place)
    expect(await told(resize(world, runId, 31))).toBe('room-too-small')
    expect(await told(resize(world, runId, 30))).toBe('done')
  })
  it('at a version that is not the newest is refused', async () => {
    const place = await makePlace(world)
    const { runId } = await publishedRun(world, place)
    const { run } = await itemOf(world, runId)
    const { saveRunPlan } = await import('@skills/functions/planning/save-run-plan.ts')
    const stale = saveRunPlan(world, {
      actor: place.manager,
      command: fresh('saveRunPlan'),
      params: { runId },
      body: { version: 1, run: inputOf(run) },
    })
    expect(await told(stale)).toBe('version-conflict')
  })
})

const later = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }, days: number) => {
  const shift = (instant: string) => new Date(Date.parse(instant) + days * 86_400_000).toISOString()
  return { startsAt: shift(startsAt), endsAt: shift(endsAt) }
}

it('leaves books that add up', async () => {
  expect(await books(world)).toEqual([])
})
