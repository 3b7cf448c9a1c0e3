import { Refusal } from '@skills/contract/refusals.ts'
import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { sentenceOf } from '@skills/http/sentence.ts'
import { dropQualification } from '@skills/functions/instructor/qualifications.ts'
import { readInstructor } from '@skills/core/instructor/instructor.table.ts'
import { sweepCrews } from '@skills/functions/instructor/sweep-crews.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { told } from '../waitlist/waitlist-scene.ts'
import { always, fresh, makeTeacher, managerOf } from './instructor-scene.ts'
import {
  answer,
  ask,
  assignments,
  bookingsOf,
  books,
  crewHistory,
  engage,
  eventsOf,
  makeDraft,
  makeVenue,
  teaching,
  withdraw,
} from './request-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
const start = '2026-12-01T02:00:00.000Z'
beforeAll(async () => {
  const started = await startTable('instructor-requests')
  stop = started.stop
  world = testWorld(started.table, start)
})
beforeEach(() => world.moveTo(start))
afterAll(() => stop())

const refusalOf = async (act: Promise<unknown>): Promise<Refusal> => {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Refusal)) throw new Error('it was not refused')
  return error
}
const series = ['2026-12-14', '2026-12-16', '2026-12-18', '2026-12-21'].map((date) => ({ date }))

describe('a request', () => {
  it('holds all of its meetings until it is answered, and accepted they are hers', async () => {
    const [teacher, item] = [await makeTeacher(world), await makeDraft(world, { times: series })]
    const { assignments: asked } = await ask(world, item, teacher)
    expect(asked.map(({ state, until }) => [state, until])).toEqual(series.map(() => ['asked', plusMinutes(start, 48 * 60)]))
    expect(
      await bookingsOf(
        world,
        teacher.instructorId,
        series.map(({ date }) => date),
      ),
    ).toHaveLength(4)
    expect(await eventsOf(world, 'assignment-asked', item.run.id)).toMatchObject([
      { personId: teacher.personId, from: instantOf('2026-12-14', '18:00') },
    ])
    const [hers] = await teaching(world, teacher)
    expect(hers?.meetings.map(({ state, feeFen }) => [state, feeFen])).toEqual(series.map(() => ['asked', 40_000]))
    await answer(
      world,
      teacher,
      item,
      asked.map(({ bookingId }) => bookingId),
    )
    world.moveTo(plusMinutes(start, 49 * 60))
    expect((await assignments(world, item)).map(({ state, until }) => [state, until])).toEqual(series.map(() => ['accepted', null]))
    expect(
      await bookingsOf(
        world,
        teacher.instructorId,
        series.map(({ date }) => date),
      ),
    ).toHaveLength(4)
    expect(await eventsOf(world, 'assignment-answered', item.run.id)).toMatchObject([{ personId: managerOf('').personId, granted: true }])
    expect(await crewHistory(world, item.run.id)).toEqual(['ask', 'accept'])
  })

  it('that is declined gives the hours back, and cannot be answered again', async () => {
    const [teacher, item] = [await makeTeacher(world), await makeDraft(world)]
    const [asked] = (await ask(world, item, teacher)).assignments
    await answer(world, teacher, item, [asked?.bookingId ?? ''], false)
    expect(await bookingsOf(world, teacher.instructorId, ['2026-12-16'])).toEqual([])
    expect(await assignments(world, item)).toEqual([])
    expect(await told(answer(world, teacher, item, [asked?.bookingId ?? '']))).toBe('not-found')
    expect(await eventsOf(world, 'assignment-answered', item.run.id)).toMatchObject([{ granted: false }])
    expect(await told(ask(world, item, teacher))).toBe('done')
  })

  it('that nobody answers ends by itself: the hours are free at that instant, the sweep writes it down and tells who asked', async () => {
    const [teacher, item, other] = [await makeTeacher(world), await makeDraft(world), await makeDraft(world)]
    const [asked] = (await ask(world, item, teacher)).assignments
    expect(await told(ask(world, other, teacher))).toBe('instructor-unavailable')
    world.moveTo(asked?.until ?? '')
    expect(await told(answer(world, teacher, item, [asked?.bookingId ?? '']))).toBe('request-over')
    expect(await told(ask(world, other, teacher))).toBe('done')
    expect((await sweepCrews(world)).lapsed).toBeGreaterThanOrEqual(1)
    expect(await sweepCrews(world)).toEqual({ lapsed: 0 })
    expect(await eventsOf(world, 'assignment-lapsed', item.run.id)).toHaveLength(1)
    expect(await crewHistory(world, item.run.id)).toEqual(['ask', 'lapse'])
    expect(await bookingsOf(world, teacher.instructorId, ['2026-12-16'])).toHaveLength(1)
  })

  it('of which three times forty lapse at one instant end in parts, and who asked hears once for each instructor', async () => {
    const weekly = Array.from({ length: 40 }, (_, week) => ({ date: dateAt(plusMinutes('2026-12-16T02:00:00.000Z', week * 7 * 1440)) }))
    const item = await makeDraft(world, { times: weekly })
    for (let many = 0; many < 3; many += 1) await ask(world, item, await makeTeacher(world))
    world.moveTo(plusMinutes(start, 49 * 60))
    expect((await sweepCrews(world)).lapsed).toBe(120)
    expect(await sweepCrews(world)).toEqual({ lapsed: 0 })
    expect(await eventsOf(world, 'assignment-lapsed', item.run.id)).toHaveLength(3)
  })

  it('is made twice for a meeting and no more, and no provider holds all of her hours unanswered', async () => {
    const [teacher, item] = [await makeTeacher(world), await makeDraft(world)]
    for (let times = 0; times < 2; times += 1) {
      const [asked] = (await ask(world, item, teacher)).assignments
      world.moveTo(asked?.until ?? '')
      await sweepCrews(world)
    }
    expect(await told(ask(world, item, teacher))).toBe('asked-enough')
    expect(await told(ask(world, item, await makeTeacher(world)))).toBe('done')
    const { providerId } = item.run
    const times = (month: string) => Array.from({ length: 20 }, (_, day) => ({ date: `2027-${month}-${String(day + 1).padStart(2, '0')}` }))
    for (const month of ['02', '03', '04']) await ask(world, await makeDraft(world, { providerId, times: times(month) }), teacher)
    expect(await told(ask(world, await makeDraft(world, { providerId, times: [{ date: '2027-05-01' }] }), teacher))).toBe('asks-open')
    expect(await told(ask(world, await makeDraft(world, { times: [{ date: '2027-05-01' }] }), teacher))).toBe('done')
  })

  it('can be withdrawn, asked or accepted, until the meeting begins; she is told', async () => {
    const [teacher, item] = [await makeTeacher(world), await makeDraft(world, { times: series })]
    const [first = '', second = ''] = await engage(world, item, teacher)
    expect((await withdraw(world, item, first)).assignments).toHaveLength(3)
    expect(await eventsOf(world, 'assignment-withdrawn', item.run.id)).toMatchObject([{ personId: teacher.personId }])
    world.moveTo(instantOf('2026-12-16', '18:00'))
    expect(await told(withdraw(world, item, second))).toBe('meeting-over')
    expect(await told(withdraw(world, item, first))).toBe('not-found')
    expect(await told(withdraw(world, item, second, managerOf(world.id('provider'))))).toBe('not-found')
  })

  it('whose answer was lost is made once: the same key gets the same answer', async () => {
    const [teacher, item] = [await makeTeacher(world), await makeDraft(world)]
    const by = fresh('askInstructor')
    const first = await ask(world, item, teacher, undefined, by)
    expect(await ask(world, item, teacher, undefined, by)).toEqual(first)
    const accepting = fresh('answerAssignments')
    const ids = first.assignments.map(({ bookingId }) => bookingId)
    await answer(world, teacher, item, ids, true, accepting)
    expect((await answer(world, teacher, item, ids, true, accepting)).teaching).toHaveLength(1)
    expect(await crewHistory(world, item.run.id)).toEqual(['ask', 'accept'])
  })

  it('is somebody’s own: others neither see nor answer it, and no provider asks for another’s run', async () => {
    const [teacher, other, item] = [await makeTeacher(world), await makeTeacher(world), await makeDraft(world)]
    const ids = (await ask(world, item, teacher)).assignments.map(({ bookingId }) => bookingId)
    expect(await told(answer(world, other, item, ids))).toBe('not-found')
    expect(await teaching(world, other)).toEqual([])
    const foreign = { ...item, run: { ...item.run, providerId: world.id('provider') } }
    expect(await told(ask(world, foreign, teacher))).toBe('not-found')
    expect(await told(ask(world, item, { instructorId: world.id('instructor') }))).toBe('not-found')
    expect(await told(ask(world, item, teacher, [world.id('meeting')]))).toBe('not-found')
    // One that is hers and one that is not: none is answered.
    expect(await told(answer(world, teacher, item, [...ids, world.id('booking')]))).toBe('request-over')
    expect((await assignments(world, item)).map(({ state }) => state)).toEqual(['asked'])
  })
})

describe('what stands in the way', () => {
  it('is said with the hours and what is free near, never with whom she is', async () => {
    const teacher = await makeTeacher(world)
    const [busy, item] = [await makeDraft(world), await makeDraft(world, { times: [{ date: '2026-12-16', from: '19:00', to: '21:00' }] })]
    await engage(world, busy, teacher)
    const refusal = await refusalOf(ask(world, item, teacher))
    expect(refusal.code).toBe('instructor-unavailable')
    const { zh, en } = sentenceOf(refusal.code, refusal.members)
    // Two runs without a venue are two places of one town: forty minutes lie between.
    expect(zh).toBe(
      '陈师傅：2026-12-16 19:00–21:00 的课：2026-12-16 18:00–20:00 没空。附近的空闲时间：2026-12-15 19:00–21:00、2026-12-16 14:30–16:30、2026-12-16 15:00–17:00、2026-12-17 19:00–21:00。',
    )
    expect(en).toContain('busy 2026-12-16 18:00–20:00')
    expect(JSON.stringify(refusal.members)).not.toMatch(/prv_|run_|bkg_/)
    expect(await told(ask(world, item, teacher))).toBe('instructor-unavailable')
    // What was said to be free is.
    const near = refusal.members['freeTimes'] as { from: string; to: string }[]
    for (const { from, to } of near) {
      const clock = (instant: string) => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString()
      const free = await makeDraft(world, {
        times: [{ date: clock(from).slice(0, 10), from: clock(from).slice(11, 16), to: clock(to).slice(11, 16) }],
      })
      const { assignments: held } = await ask(world, free, teacher)
      await withdraw(world, free, held[0]?.bookingId ?? '')
    }
  })

  it.each<[string, Parameters<typeof makeTeacher>[1], Parameters<typeof makeDraft>[1], string]>([
    ['no qualification', {}, { trade: 'cook' }, 'not-qualified'],
    [
      'one below the level',
      { qualifications: [{ trade: 'cook', level: 'level-4' }] },
      { trade: 'cook', level: 'level-3' },
      'not-qualified',
    ],
    ['one that nobody verified', { qualifications: [{ trade: 'cook', verified: false }] }, { trade: 'cook' }, 'not-qualified'],
    ['one that ends before the day', { qualifications: [{ trade: 'cook', until: '2026-12-15' }] }, { trade: 'cook' }, 'qualification-ends'],
    ['another region', { profile: { regions: ['460200'] } }, {}, 'elsewhere'],
    ['not being listed', { profile: { listed: false } }, {}, 'not-listed'],
    ['hours not offered', { hours: { windows: [], exceptions: [] } }, {}, 'outside-hours'],
    [
      'a busy exception',
      {
        hours: { ...always, exceptions: [{ kind: 'busy', from: instantOf('2026-12-16', '19:00'), to: instantOf('2026-12-16', '19:30') }] },
      },
      {},
      'busy',
    ],
    ['her own cap', { profile: { weeklyMinutes: 119 } }, {}, 'weekly-cap'],
  ])('may be %s', async (_, wishes, run, kind) => {
    const [teacher, item] = [await makeTeacher(world, wishes), await makeDraft(world, run)]
    const { code, members } = await refusalOf(ask(world, item, teacher))
    expect([code, (members['obstacles'] as { kind: string }[])[0]?.kind]).toEqual(['instructor-unavailable', kind])
    expect(await bookingsOf(world, teacher.instructorId, ['2026-12-16'])).toEqual([])
  })

  it('may be the way between two places, in both directions, and of meetings of one request', async () => {
    const teacher = await makeTeacher(world, { profile: { regions: ['460000'] } })
    const [haikou, sanya] = [await makeVenue(world, '460100'), await makeVenue(world, '460200')]
    const noon = { date: '2026-12-16', from: '12:00', to: '14:00' }
    await engage(world, await makeDraft(world, { times: [{ ...noon, at: haikou.id }] }), teacher)
    const at = (from: string, to: string) => makeDraft(world, { times: [{ date: '2026-12-16', from, to, at: sanya.id }] })
    for (const item of [await at('16:00', '17:00'), await at('09:00', '10:00')])
      expect(((await refusalOf(ask(world, item, teacher))).members['obstacles'] as { kind: string }[])[0]?.kind).toBe('travel')
    expect(await told(ask(world, await at('19:00', '20:00'), teacher))).toBe('done')
    const both = await makeDraft(world, {
      times: [
        { date: '2026-12-18', from: '09:00', to: '11:00', at: haikou.id },
        { date: '2026-12-18', from: '12:00', to: '14:00', at: sanya.id },
      ],
    })
    expect(await told(ask(world, both, teacher))).toBe('instructor-unavailable')
    const online = await makeDraft(world, { times: [{ date: '2026-12-16', from: '14:00', to: '15:00' }], kind: 'live' })
    expect(await told(ask(world, online, teacher))).toBe('done')
  })

  it('may be one meeting of many: then none is held', async () => {
    const teacher = await makeTeacher(world)
    await engage(world, await makeDraft(world, { times: [{ date: '2026-12-21' }] }), teacher)
    const item = await makeDraft(world, { times: series })
    expect(await told(ask(world, item, teacher))).toBe('instructor-unavailable')
    expect(await bookingsOf(world, teacher.instructorId, ['2026-12-14', '2026-12-16', '2026-12-18'])).toEqual([])
    expect(
      await told(
        ask(
          world,
          item,
          teacher,
          item.run.meetings.slice(0, 3).map(({ id }) => id),
        ),
      ),
    ).toBe('done')
    expect(
      await told(
        ask(
          world,
          item,
          teacher,
          item.run.meetings.slice(0, 1).map(({ id }) => id),
        ),
      ),
    ).toBe('instructor-unavailable')
  })

  it('may be time: a meeting that has begun, or begins in less than two hours', async () => {
    const [teacher, item] = [await makeTeacher(world), await makeDraft(world)]
    world.moveTo(instantOf('2026-12-16', '17:00'))
    expect(await told(ask(world, item, teacher))).toBe('too-late-to-ask')
    world.moveTo(instantOf('2026-12-16', '18:00'))
    expect(await told(ask(world, item, teacher))).toBe('meeting-over')
  })

  it('may come after the request: a qualification taken down, a run cancelled', async () => {
    const teacher = await makeTeacher(world, { qualifications: [{ trade: 'cook' }] })
    const [item, cancelled] = [await makeDraft(world, { trade: 'cook' }), await makeDraft(world, { times: [{ date: '2026-12-17' }] })]
    const ids = (await ask(world, item, teacher)).assignments.map(({ bookingId }) => bookingId)
    const others = (await ask(world, cancelled, teacher)).assignments.map(({ bookingId }) => bookingId)
    const qualificationId = (await readInstructor(world.table, teacher.instructorId))?.instructor.qualifications[0]?.id ?? ''
    await dropQualification(world, { actor: teacher.actor, command: fresh('dropQualification'), params: { qualificationId } })
    expect(await told(answer(world, teacher, item, ids))).toBe('instructor-unavailable')
    const before = await readRun(world.table, cancelled.run.id)
    if (before === undefined) throw new Error('no run')
    await changeRun(world, { before, run: { ...before.run, state: 'cancelled' }, by: 'system:test', action: 'cancel' }, true)
    expect(await told(answer(world, teacher, cancelled, others))).toBe('run-cancelled')
    expect(await told(answer(world, teacher, cancelled, others, false))).toBe('done')
    expect(await told(ask(world, cancelled, teacher))).toBe('run-cancelled')
  })
})

it('of forty meetings is one transaction, weeks and ways between them included', async () => {
  const teacher = await makeTeacher(world)
  const venue = await makeVenue(world, '460100')
  // Mondays at dawn look back into the week before: as many weeks as a request can touch.
  const times = Array.from({ length: 40 }, (_, week) => ({
    date: new Date(Date.UTC(2026, 11, 14 + 7 * week)).toISOString().slice(0, 10),
    from: '08:00',
    to: '10:00',
    at: venue.id,
  }))
  const item = await makeDraft(world, { times })
  const ids = await engage(world, item, teacher)
  expect(ids).toHaveLength(40)
  expect(
    await bookingsOf(
      world,
      teacher.instructorId,
      times.map(({ date }) => date),
    ),
  ).toHaveLength(40)
})

it('leaves books that add up', async () => {
  expect(await books(world)).toEqual([])
})
