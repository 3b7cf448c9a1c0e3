import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import { freeCrew } from '@skills/core/planning/free-crew.ts'
import { settleRun } from '@skills/core/order/settle-run.ts'
import { roomResource } from '@skills/core/scheduling/week.ts'
import { mergeRun } from '@skills/functions/planning/merge-run.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePeople } from '../enrollment/claim-scene.ts'
import { faultyWorld } from '../funding/faulty-world.ts'
import { fresh, makeTeacher } from '../instructor/instructor-scene.ts'
import { bookingsOf, eventsOf } from '../instructor/request-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { claim, look, queueFaults, told, toldBy } from '../waitlist/waitlist-scene.ts'
import { books, engageAs, evenings, itemOf, makePlace, plan, publishedRun, runInput, step, type Place } from './planning-scene.ts'

let stop: () => Promise<void>
let endpoint: string
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('merge-runs')
  stop = started.stop
  endpoint = started.endpoint
  world = testWorld(started.table, '2026-12-01T02:00:00.000Z')
})
afterAll(() => stop())

const later = evenings.map((_, at) => ({ date: `2026-12-2${at + 1}` }))

/** Two open runs of one course: the one that goes has so many people in it, the other so many seats. */
async function twoRuns(people: number, seats: number) {
  const place = await makePlace(world)
  const { runId, courseId } = await publishedRun(world, place)
  const into = await plan(world, place, courseId, runInput(place, { hours: later, capacity: seats }))
  await engageAs(world, place, into.runId, await makeTeacher(world))
  await step(world, place, into.runId, 'published')
  for (const id of [runId, into.runId]) await step(world, place, id, 'registration-open')
  const learners = await makePeople(world, people)
  for (const person of learners) {
    world.moveTo(plusMinutes(world.now(), 1))
    await claim(world, person, runId)
  }
  return { place, runId, into: into.runId, learners }
}
const merge = async ({ manager }: Place, runId: string, into: string, by = fresh('mergeRun')) =>
  mergeRun(world, { actor: manager, command: by, params: { runId }, body: { version: (await itemOf(world, runId)).version, into } })

describe('a run that is merged into another', () => {
  it('gives every seat back, and keeps one in the other for each in the order of coming while there are any', async () => {
    const { place, runId, into, learners } = await twoRuns(4, 3)
    expect(await merge(place, runId, into)).toEqual({ runId, into })
    expect(await settleRun(world, runId)).toBe(4)
    expect((await look(world, runId)).accounts).toMatchObject({ sold: 0, held: 0 })
    const queue = await look(world, into)
    expect(queue.entries.map(({ personId }) => personId)).toEqual(learners)
    expect(queue.states).toBe('offered offered offered waiting')
    expect((await toldBy(world, 'seat-offered', into)).toSorted()).toEqual(learners.slice(0, 3).toSorted())
    expect(await eventsOf(world, 'run-merged', runId)).toHaveLength(1)
    expect(await eventsOf(world, 'run-cancelled', runId)).toEqual([])
    expect(await bookingsOf(world, roomResource(place.venue.id, '101'), ['2026-12-14'])).toEqual([])
    expect(await told(claim(world, learners[0] ?? '', into))).toBe('done')
    expect(await settleRun(world, runId)).toBe(0)
    expect((await look(world, into)).states).toBe('accepted offered offered waiting')
    expect(await queueFaults(world)).toEqual([])
  })
  it('asks nobody twice who is in the other already', async () => {
    const { place, runId, into, learners } = await twoRuns(2, 5)
    await claim(world, learners[0] ?? '', into)
    await merge(place, runId, into)
    await settleRun(world, runId)
    expect((await look(world, into)).entries.map(({ personId }) => personId)).toEqual([learners[1]])
  })
  it.each([
    ['itself', async ({ place, runId }: Awaited<ReturnType<typeof twoRuns>>) => merge(place, runId, runId)],
    [
      'a run that is closed',
      async ({ place, runId, into }: Awaited<ReturnType<typeof twoRuns>>) => {
        await step(world, place, into, 'registration-closed')
        return merge(place, runId, into)
      },
    ],
    [
      'a run of another course',
      async ({ place, runId }: Awaited<ReturnType<typeof twoRuns>>) => {
        const other = await publishedRun(world, place, { hours: [{ date: '2027-01-11' }], closesAt: instantOf('2027-01-10', '18:00') })
        return merge(place, runId, other.runId)
      },
    ],
  ])('is refused into %s', async (_, act) => {
    const scene = await twoRuns(1, 2)
    expect(await told(act(scene))).toBe('cannot-merge')
    expect((await itemOf(world, scene.runId)).run.state).toBe('registration-open')
  })
  it('by two at once into two others goes into one', async () => {
    const { place, runId, into } = await twoRuns(1, 2)
    const answers = await Promise.all([1, 2, 3].map(() => told(merge(place, runId, into))))
    expect(answers.filter((one) => one === 'done')).toHaveLength(1)
  })
})

it.each([10, 40])('with %i %% of transactions going wrong everybody is moved or paid back exactly once', async (percent) => {
  const { place, runId, into, learners } = await twoRuns(6, 4)
  await merge(place, runId, into)
  const through = faultyWorld(world, endpoint, percent)
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const done = await Promise.all([settleRun(through, runId), freeCrew(through, runId, 'system:test')]).then(
      () => true,
      () => false,
    )
    if (done) break
  }
  await settleRun(world, runId)
  const queue = await look(world, into)
  expect(queue.entries.map(({ personId }) => personId)).toEqual(learners)
  expect(queue.states).toBe('offered offered offered offered waiting waiting')
  expect((await look(world, runId)).accounts).toMatchObject({ sold: 0, held: 0 })
  expect(await queueFaults(world)).toEqual([])
})

it('leaves books that add up', async () => {
  expect(await books(world)).toEqual([])
})
