import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import { readDue } from '@skills/core/due.ts'
import { lookAgain } from '@skills/core/instructor/look-again.ts'
import { indexes, keys } from '@skills/core/keys.ts'
import type { Assignment } from '@skills/core/scheduling/crew.ts'
import { crewSteps, readCrew } from '@skills/core/scheduling/crew.table.ts'
import { readItem } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import { sweepCrews } from '@skills/functions/instructor/sweep-crews.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { itemOf, makePlace, publishedRun, step } from '../planning/planning-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { assignments, withdraw } from './request-scene.ts'

const start = '2026-12-01T02:00:00.000Z'
/** Two days before the first evening. */
const near = instantOf('2026-12-12', '18:00')
let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('failing-crews')
  stop = started.stop
  world = testWorld(started.table, start)
})
afterAll(() => stop())
beforeEach(() => world.moveTo(start))

/** A request that ended unanswered and cannot be taken out: it says that it lasts for years, longer than hours are looked through. */
const endless = (until: string): Assignment => ({
  ...{ bookingId: world.id('booking'), meetingId: world.id('meeting'), instructorId: world.id('instructor') },
  ...{ from: '2026-12-14T10:00:00.000Z', to: '2036-12-14T12:00:00.000Z', state: 'asked', askedAt: start, until },
  ...{ askedBy: world.id('person'), feeFen: 0 },
})

/** As many as a sweep takes of one bucket of the index. */
const turn = 63
const dueIds = async () => (await readDue(world.table, 'crew', world.now(), 500)).map(({ pk }) => pk)

const dueAt = async (runId: string) => String((await readItem(world.table, keys.crew.key(runId)))?.[indexes.due.sk])

/** A run of which nobody teaches the first evening any more. */
async function alone(): Promise<string> {
  const place = await makePlace(world)
  const { runId } = await publishedRun(world, place)
  await step(world, place, runId, 'registration-open')
  const item = await itemOf(world, runId)
  const [first] = (await assignments(world, item)).filter((one) => one.meetingId === item.run.meetings[0]?.id)
  await withdraw(world, item, first?.bookingId ?? '')
  return runId
}
const stateOf = async (runId: string) => (await itemOf(world, runId)).run.state

test('a run whose requests cannot be ended is still shut when nobody teaches a meeting that is near', async () => {
  const runId = await alone()
  const before = await readCrew(world.table, runId)
  if (before === undefined) throw new Error('no crew')
  const after = { ...before, assignments: [...before.assignments, endless(plusMinutes(start, 60))] }
  await transact(world, undefined, crewSteps(world, { before, after, action: 'ask', by: 'system:test' }), null)
  world.moveTo(near)
  await expect(sweepCrews(world)).rejects.toThrow(runId)
  expect(await stateOf(runId)).toBe('registration-closed')
  expect((await readCrew(world.table, runId))?.failedSince).toBe(near)
})

test('runs that always fail take the turn of no other: they are tried again later and later, and any change of the crew ends that', async () => {
  const runId = await alone()
  world.moveTo(near)
  const ids = Array.from({ length: turn }, (_, place) => `run_${String(place).padStart(25, '0')}${runId.at(-1) ?? ''}`)
  for (const id of ids) {
    const after = { runId: id, providerId: 'prv_00000000000000000000000000', assignments: [endless(plusMinutes(start, -60))], rooms: [] }
    await transact(world, undefined, crewSteps(world, { before: undefined, after, action: 'ask', by: 'system:test' }), null)
  }
  const [first = ''] = ids
  // They fill the whole turn of their bucket, so the run that should be shut is not.
  expect(await dueIds()).not.toContain(keys.crew.key(runId).pk)
  await expect(sweepCrews(world)).rejects.toThrow(first)
  expect(await stateOf(runId)).toBe('registration-open')
  // Behind it the next time.
  await sweepCrews(world)
  expect(await stateOf(runId)).toBe('registration-closed')

  const pauses: number[] = []
  for (let times = 0; times < 7; times += 1) {
    const at = await dueAt(first)
    pauses.push((Date.parse(at) - Date.parse(world.now())) / 60_000)
    world.moveTo(at)
    await lookAgain(world, first, (await readCrew(world.table, first))?.failedSince)
  }
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
  expect([pauses[0], pauses.at(-1)]).toEqual([2, 30])

  const before = await readCrew(world.table, first)
  if (before === undefined) throw new Error('no crew')
  await transact(world, undefined, crewSteps(world, { before, after: before, action: 'ask', by: 'system:test' }), null)
  expect(await dueAt(first)).toBe(world.now())
  expect((await readCrew(world.table, first))?.failedSince).toBeUndefined()
})
