import type { RunState } from '@skills/contract/catalog.ts'
import { instantOf } from '@skills/contract/time.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { decideTentative } from '@skills/core/planning/decide-tentative.ts'
import { freeCrew } from '@skills/core/planning/free-crew.ts'
import { settleRun } from '@skills/core/order/settle-run.ts'
import { roomResource } from '@skills/core/scheduling/week.ts'
import { sweepRuns } from '@skills/functions/catalog/sweep-runs.ts'
import { postponeRun, previewPostponement } from '@skills/functions/planning/postpone-run.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePeople } from '../enrollment/claim-scene.ts'
import { fresh } from '../instructor/instructor-scene.ts'
import { bookingsOf, eventsOf } from '../instructor/request-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { claim, told } from '../waitlist/waitlist-scene.ts'
import { books, evenings, itemOf, makePlace, plan, publishedRun, runInput, step, writeCourse } from './planning-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
const start = '2026-12-01T02:00:00.000Z'
beforeAll(async () => {
  const started = await startTable('run-life')
  stop = started.stop
  world = testWorld(started.table, start)
})
afterAll(() => stop())

const days = evenings.map(({ date }) => date)
const stateOf = async (runId: string) => (await itemOf(world, runId)).run.state

describe('a run that is cancelled', () => {
  const until: [string, RunState[], string][] = [
    ['as a draft', [], start],
    ['published', ['published'], start],
    ['while registration is open', ['published', 'registration-open'], start],
    ['after registration', ['published', 'registration-open', 'registration-closed'], start],
    ['while it runs', ['published', 'registration-open', 'registration-closed', 'running'], instantOf('2026-12-15', '12:00')],
  ]
  it.each(until)('%s gives back every hour that has not begun, and tells who would have taught', async (_, steps, at) => {
    world.moveTo(start)
    const place = await makePlace(world)
    const { runId, teacher } =
      steps.length === 0
        ? { ...(await plan(world, place, (await writeCourse(world, place)).courseId)), teacher: undefined }
        : await publishedRun(world, place)
    for (const to of steps.slice(1, 3)) await step(world, place, runId, to)
    world.moveTo(at)
    for (const to of steps.slice(3)) await step(world, place, runId, to)
    expect(await step(world, place, runId, 'cancelled')).toEqual({ runId, state: 'cancelled' })
    const begun = days.filter((day) => instantOf(day, '18:00') <= at).length
    expect(await bookingsOf(world, roomResource(place.venue.id, '101'), days)).toHaveLength(begun)
    if (teacher !== undefined) expect(await bookingsOf(world, teacher.instructorId, days)).toHaveLength(begun)
    expect((await readCrew(world.table, runId))?.rooms).toHaveLength(begun)
    expect(await eventsOf(world, 'assignment-withdrawn', runId)).toHaveLength(teacher === undefined ? 0 : 1)
    expect(await freeCrew(world, runId, 'system:test')).toBe(0)
    expect(await settleRun(world, runId)).toBe(0)
    world.moveTo(start)
  })
  it('whose hours could not be given back at once loses them by the job that settles it', async () => {
    const place = await makePlace(world)
    const { runId } = await publishedRun(world, place)
    const { changeRun } = await import('@skills/core/catalog/run.table.ts')
    const before = await itemOf(world, runId)
    await changeRun(world, { before, run: { ...before.run, state: 'cancelled' }, by: 'system:test', action: 'cancel' }, null)
    expect(await bookingsOf(world, roomResource(place.venue.id, '101'), days)).toHaveLength(4)
    await Promise.all([settleRun(world, runId), freeCrew(world, runId, 'system:test'), freeCrew(world, runId, 'system:test')])
    expect(await bookingsOf(world, roomResource(place.venue.id, '101'), days)).toEqual([])
    expect(await eventsOf(world, 'assignment-withdrawn', runId)).toHaveLength(1)
  })
})

describe('a run that needs a minimum', () => {
  const decideAt = instantOf('2026-12-10', '18:00')
  const open = async (minimum: number) => {
    world.moveTo(start)
    const place = await makePlace(world)
    const made = await publishedRun(world, place, { tentative: { minimum, decideAt } })
    await step(world, place, made.runId, 'registration-open')
    return { ...made, place }
  }
  it('takes place as soon as enough have a seat, and stays so', async () => {
    const { runId } = await open(2)
    const [one = '', two = ''] = await makePeople(world, 2)
    await claim(world, one, runId)
    expect(await decideTentative(world, runId, 'system:test')).toBe('waiting')
    await claim(world, two, runId)
    const words = await Promise.all([1, 2, 3].map(() => decideTentative(world, runId, 'system:test')))
    expect(words.filter((word) => word === 'confirmed')).toHaveLength(1)
    expect(await eventsOf(world, 'run-confirmed', runId)).toHaveLength(1)
    world.moveTo(decideAt)
    await sweepRuns(world)
    expect(await stateOf(runId)).toBe('registration-open')
    world.moveTo(start)
  })
  it('is cancelled by the sweep at its decision otherwise, its hours are free, everybody is told', async () => {
    const { runId, place, teacher } = await open(3)
    const [one = ''] = await makePeople(world, 1)
    await claim(world, one, runId)
    world.moveTo(instantOf('2026-12-10', '17:59'))
    await sweepRuns(world)
    expect(await stateOf(runId)).toBe('registration-open')
    world.moveTo(decideAt)
    await sweepRuns(world)
    expect(await stateOf(runId)).toBe('cancelled')
    expect(await eventsOf(world, 'run-cancelled', runId)).toHaveLength(1)
    await settleRun(world, runId)
    expect(await bookingsOf(world, teacher.instructorId, days)).toEqual([])
    expect(await bookingsOf(world, roomResource(place.venue.id, '101'), days)).toEqual([])
    world.moveTo(start)
  })
  it('is decided once while people claim: confirmed with all their seats, or cancelled with none sold after', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { runId } = await open(2)
      const people = await makePeople(world, 3)
      await claim(world, people[0] ?? '', runId)
      world.moveTo(decideAt)
      const [, ...claims] = await Promise.all([sweepRuns(world), ...people.slice(1).map((person) => told(claim(world, person, runId)))])
      await sweepRuns(world)
      const sold = 1 + claims.filter((word) => word === 'done').length
      expect(await stateOf(runId)).toBe(sold >= 2 ? 'registration-open' : 'cancelled')
    }
    world.moveTo(start)
  })
})

describe('a run that is postponed', () => {
  const postpone = async (of: Awaited<ReturnType<typeof makePlace>>, runId: string, by: number, command = fresh('postponeRun')) => {
    const { version } = await itemOf(world, runId)
    return postponeRun(world, { actor: of.manager, command, params: { runId }, body: { version, days: by } })
  }
  it('moves with its rooms and its instructor, over holidays, and tells who has a seat', async () => {
    const place = await makePlace(world)
    const { runId, teacher } = await publishedRun(world, place, { hours: [{ date: '2026-12-18' }, { date: '2026-12-25' }] })
    await step(world, place, runId, 'registration-open')
    const [person = ''] = await makePeople(world, 1)
    await claim(world, person, runId)
    const preview = await previewPostponement(world, { actor: place.manager, params: { runId }, query: { days: 7 } })
    expect(preview.enrolled).toBe(1)
    expect(preview.meetings.map(({ startsAt }) => startsAt.slice(0, 10))).toEqual(['2026-12-25', '2027-01-08'])
    const by = fresh('postponeRun')
    await postpone(place, runId, 7, by)
    const now = ['2026-12-25', '2027-01-08']
    const booked = async (resource: string) =>
      (await bookingsOf(world, resource, ['2026-12-18', ...now])).map(({ from }) => from.slice(0, 10))
    expect(await booked(roomResource(place.venue.id, '101'))).toEqual(now)
    expect(await booked(teacher.instructorId)).toEqual(now)
    expect(await eventsOf(world, 'run-changed', runId)).toHaveLength(1)
    expect((await itemOf(world, runId)).run.meetings.map(({ startsAt }) => startsAt)).toEqual(
      preview.meetings.map(({ startsAt }) => startsAt),
    )
  })
  it('into a room that is taken stays where it is', async () => {
    const place = await makePlace(world)
    const { runId, courseId } = await publishedRun(world, place)
    await plan(world, place, courseId, runInput(place, { hours: [{ date: '2026-12-24' }] }))
    const before = await itemOf(world, runId)
    expect(await told(postpone(place, runId, 7))).toBe('room-taken')
    expect(await itemOf(world, runId)).toEqual(before)
  })
  it('by two at once moves once', async () => {
    const place = await makePlace(world)
    const { runId } = await publishedRun(world, place)
    const answers = await Promise.all([1, 2, 3, 4].map(() => told(postpone(place, runId, 7))))
    expect(answers.toSorted()).toEqual(['done', 'version-conflict', 'version-conflict', 'version-conflict'])
    expect((await itemOf(world, runId)).run.meetings[0]?.startsAt).toBe(instantOf('2026-12-21', '18:00'))
  })
})

it('leaves books that add up', async () => {
  expect(await books(world)).toEqual([])
})
