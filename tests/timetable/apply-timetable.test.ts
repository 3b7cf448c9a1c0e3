import type { Venue } from '@skills/contract/catalog.ts'
import { trades as taxonomyTrades } from '@skills/core/catalog/taxonomy-trades.ts'
import { createVenue } from '@skills/core/catalog/course.table.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { roomResource } from '@skills/core/scheduling/week.ts'
import { applyTimetable } from '@skills/functions/planning/apply-timetable.ts'
import { proposeTimetable } from '@skills/functions/planning/propose-timetable.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fresh, makeTeacher, managerOf } from '../instructor/instructor-scene.ts'
import { assignments, ask, bookingsOf, books, makeDraft } from '../instructor/request-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('timetable')
  stop = started.stop
  world = testWorld(started.table)
})
afterAll(() => stop())

const dates = ['2026-12-14', '2026-12-15', '2026-12-16']
let trades = 0
let codes = 0
/** Another trade of the taxonomy for each test: they share a table. */
const trade = () => taxonomyTrades.terms.at(-(trades += 1))?.code ?? ''

/** A venue of a provider with a small and a large room. */
async function twoRooms(providerId: string): Promise<Venue> {
  const text = { zh: '教学点', en: 'Venue' }
  const rooms = [
    { name: 'small', capacity: 20, equipment: [] },
    { name: 'large', capacity: 40, equipment: ['bench'] },
  ]
  const venue: Venue = { id: world.id('venue'), code: `T${(codes += 1)}`, providerId, name: text, address: text, region: '460100', rooms }
  await createVenue(world, venue, providerId, { by: 'system:test', action: 'create' })
  return venue
}
const draft = (providerId: string, venue: Venue, taught: string, clock: readonly [string, string] = ['18:00', '20:00'], days = dates) =>
  makeDraft(world, { providerId, trade: taught, times: days.map((date) => ({ date, from: clock[0], to: clock[1], at: venue.id })) })

/** Planning leaves the room open; the scene names one. */
async function openRooms(item: RunItem): Promise<RunItem> {
  const run = { ...item.run, meetings: item.run.meetings.map((meeting) => ({ ...meeting, room: null })) }
  await changeRun(world, { before: item, run, by: 'system:test', action: 'open-rooms' }, undefined)
  return (await readRun(world.table, run.id)) as RunItem
}
const propose = (items: RunItem[], more: { instructors?: number; equipment?: string[]; onHolidays?: boolean } = {}) =>
  proposeTimetable(world, { actor: managerOf(items[0]?.run.providerId ?? ''), body: { runIds: items.map(({ run }) => run.id), ...more } })
const apply = (item: RunItem, body: Parameters<typeof applyTimetable>[1]['body'], by = fresh('applyTimetable')) =>
  applyTimetable(world, { actor: managerOf(item.run.providerId), command: by, params: { runId: item.run.id }, body })

describe('a proposal', () => {
  it('keeps one instructor for a run, takes rooms that fit, and is what applying then does', async () => {
    const [providerId, taught] = [world.id('provider'), trade()]
    const venue = await twoRooms(providerId)
    const teachers = [
      await makeTeacher(world, { qualifications: [{ trade: taught }] }),
      await makeTeacher(world, { qualifications: [{ trade: taught }] }),
    ]
    const runs = [
      await openRooms(await draft(providerId, venue, taught)),
      await openRooms(await draft(providerId, venue, taught, ['09:00', '11:00'])),
    ]
    const proposal = await propose(runs)
    expect(proposal.runs.map(({ meetings }) => meetings.map(({ state, room }) => `${state} ${room}`))).toEqual([
      Array(3).fill('proposed large'),
      Array(3).fill('proposed large'),
    ])
    expect(proposal).toMatchObject({ changes: 0, stoppedEarly: false })
    for (const [place, { asks, rooms }] of proposal.runs.entries()) {
      expect(asks).toMatchObject([{ meetingIds: runs[place]?.run.meetings.map(({ id }) => id), feeFen: 40_000 }])
      const applied = await apply(runs[place] as RunItem, { asks, rooms })
      expect(applied.assignments).toHaveLength(3)
    }
    expect(await bookingsOf(world, roomResource(venue.id, 'large'), dates)).toHaveLength(6)
    const taken = await Promise.all(teachers.map(({ instructorId }) => bookingsOf(world, instructorId, dates)))
    expect(taken.flat()).toHaveLength(6)
    expect((await readRun(world.table, runs[0]?.run.id ?? ''))?.run.meetings.map(({ room }) => room)).toEqual(['large', 'large', 'large'])
    expect((await propose(runs)).runs.flatMap(({ meetings }) => meetings.map(({ state }) => state))).toEqual(Array(6).fill('settled'))
    expect(await books(world)).toEqual([])
  })

  it('says what keeps a meeting out, what would help, and when it could be held', async () => {
    const [providerId, taught] = [world.id('provider'), trade()]
    const venue = await twoRooms(providerId)
    const teacher = await makeTeacher(world, { qualifications: [{ trade: taught }] })
    const other = await draft(providerId, venue, taught, ['14:30', '16:30'], [dates[1] as string])
    await ask(world, other, teacher)
    const item = await openRooms(await draft(providerId, venue, taught, ['14:00', '16:00']))
    const [proposed] = (await propose([item])).runs
    expect(proposed?.meetings.map(({ state }) => state)).toEqual(['proposed', 'unplaced', 'proposed'])
    expect(proposed?.meetings[1]).toMatchObject({
      blockedBy: [{ constraint: 'instructor-busy', wouldHelp: { en: expect.stringContaining('move the meeting') as string } }],
      freeAt: { from: '2026-12-15T08:30:00.000Z', to: '2026-12-15T10:30:00.000Z' },
    })
    const nobody = await openRooms(await draft(providerId, venue, trade()))
    expect((await propose([nobody])).runs[0]?.meetings[0]?.blockedBy.map(({ constraint }) => constraint)).toEqual(['instructors'])
    const unverified = trade()
    await makeTeacher(world, { qualifications: [{ trade: unverified, verified: false }] })
    const claimed = await openRooms(await draft(providerId, venue, unverified))
    expect((await propose([claimed])).runs[0]?.meetings[0]?.blockedBy.map(({ constraint }) => constraint)).toEqual(['qualification'])
    const holiday = await openRooms(await draft(providerId, venue, taught, ['09:00', '11:00'], ['2027-01-01']))
    expect((await propose([holiday])).runs[0]?.meetings[0]?.blockedBy.map(({ constraint }) => constraint)).toEqual(['closed-day'])
    expect((await propose([holiday], { onHolidays: true })).runs[0]?.meetings[0]?.state).toBe('proposed')
  })

  it('gives each of two runs of one batch its own instructor and room at the same hours', async () => {
    const [providerId, taught] = [world.id('provider'), trade()]
    const venue = await twoRooms(providerId)
    for (let count = 0; count < 2; count += 1) await makeTeacher(world, { qualifications: [{ trade: taught }] })
    const runs = [await openRooms(await draft(providerId, venue, taught)), await openRooms(await draft(providerId, venue, taught))]
    const { runs: proposed } = await propose(runs)
    const states = proposed.map(({ meetings }) => meetings.map(({ state }) => state))
    // Only one room holds thirty.
    expect(states.flat().filter((state) => state === 'proposed')).toHaveLength(3)
    expect(proposed.flatMap(({ meetings }) => meetings.flatMap(({ blockedBy }) => blockedBy.map(({ constraint }) => constraint)))).toEqual(
      Array(3).fill('room-busy'),
    )
  })

  it('is for who manages the provider, and not for a batch without end', async () => {
    const item = await draft(world.id('provider'), await twoRooms(world.id('provider')), trade())
    await expect(
      proposeTimetable(world, { actor: managerOf(world.id('provider')), body: { runIds: [item.run.id] } }),
    ).rejects.toMatchObject({ code: 'not-found' })
    const long = Array.from({ length: 151 }, (_, day) => new Date(Date.UTC(2027, 0, 2 + day)).toISOString().slice(0, 10))
    const venue = await twoRooms(item.run.providerId)
    const runs = [
      await draft(item.run.providerId, venue, trade(), undefined, long),
      await draft(item.run.providerId, venue, trade(), undefined, long),
    ]
    await expect(propose(runs)).rejects.toMatchObject({ code: 'timetable-too-large', members: { count: 302 } })
  })
})

describe('applying', () => {
  it('does all of a run or nothing, and says what was given away meanwhile', async () => {
    const [providerId, taught] = [world.id('provider'), trade()]
    const venue = await twoRooms(providerId)
    const teacher = await makeTeacher(world, { qualifications: [{ trade: taught }] })
    const [first, second] = [
      await openRooms(await draft(providerId, venue, taught)),
      await openRooms(await draft(providerId, venue, taught)),
    ]
    const [one, other] = [(await propose([first])).runs[0], (await propose([second])).runs[0]]
    if (one === undefined || other === undefined) throw new Error('no proposal')
    await apply(first, { asks: one.asks, rooms: [] })
    await expect(apply(second, { asks: other.asks, rooms: other.rooms })).rejects.toMatchObject({ code: 'instructor-unavailable' })
    expect(await bookingsOf(world, roomResource(venue.id, 'large'), dates)).toEqual([])
    await expect(apply(second, { asks: [], rooms: [] })).rejects.toMatchObject({ code: 'validation-failed' })
    expect(await readCrew(world.table, second.run.id)).toBeUndefined()
    await apply(first, { asks: [], rooms: one.rooms })
    await expect(apply(second, { asks: [], rooms: other.rooms })).rejects.toMatchObject({
      code: 'room-taken',
      members: { reasons: { en: expect.stringContaining('large is taken 2026-12-14 18:00–20:00') as string } },
    })
    const [meeting] = second.run.meetings
    await expect(apply(second, { asks: [], rooms: [{ meetingId: meeting?.id ?? '', room: 'small' }] })).rejects.toMatchObject({
      code: 'room-too-small',
    })
    await expect(apply(second, { asks: [], rooms: [{ meetingId: meeting?.id ?? '', room: 'nowhere' }] })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await assignments(world, first)).toMatchObject(dates.map(() => ({ instructorId: teacher.instructorId })))
    expect(await books(world)).toEqual([])
  })

  it('repeated with its key does it once; by two at once for the same room, one has it', async () => {
    const [providerId, taught] = [world.id('provider'), trade()]
    const venue = await twoRooms(providerId)
    await makeTeacher(world, { qualifications: [{ trade: taught }] })
    const item = await openRooms(await draft(providerId, venue, taught))
    const [proposed] = (await propose([item])).runs
    const key = fresh('applyTimetable')
    const body = { asks: proposed?.asks ?? [], rooms: proposed?.rooms ?? [] }
    const answers = await Promise.all([apply(item, body, key), apply(item, body, key)])
    expect(answers[0]).toEqual(answers[1])
    expect(await bookingsOf(world, roomResource(venue.id, 'large'), dates)).toHaveLength(3)
    const rivals = await Promise.all(Array.from({ length: 12 }, () => draft(providerId, venue, taught, ['14:00', '16:00'])))
    const outcomes = await Promise.allSettled(
      rivals.map((rival) => apply(rival, { asks: [], rooms: rival.run.meetings.map(({ id }) => ({ meetingId: id, room: 'large' })) })),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await bookingsOf(world, roomResource(venue.id, 'large'), dates)).toHaveLength(6)
    expect(await books(world)).toEqual([])
  })
})

it('nobody is asked twice in one request, and no meeting gets two rooms', async () => {
  const providerId = world.id('provider')
  const venue = await twoRooms(providerId)
  const item = await openRooms(await draft(providerId, venue, trade()))
  const ids = item.run.meetings.map(({ id }) => id)
  const asked = { instructorId: world.id('instructor'), feeFen: 1 }
  const twice = { asks: ids.slice(0, 2).map((id) => ({ ...asked, meetingIds: [id] })), rooms: [] }
  await expect(apply(item, twice)).rejects.toMatchObject({
    code: 'validation-failed',
    errors: [{ pointer: '#/asks/1/instructorId', code: 'duplicate' }],
  })
  const both = { asks: [], rooms: ['small', 'large'].map((room) => ({ meetingId: ids[0] ?? '', room })) }
  await expect(apply(item, both)).rejects.toMatchObject({ errors: [{ pointer: '#/rooms/1/meetingId', code: 'duplicate' }] })
})
