import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import { readCredit } from '@skills/core/attendance/credit.table.ts'
import { lookAgain, readRegister, registerSteps } from '@skills/core/attendance/register.table.ts'
import { readDue } from '@skills/core/due.ts'
import { keys } from '@skills/core/keys.ts'
import { transact } from '@skills/core/transact.ts'
import { sweepAttendance } from '@skills/functions/attendance/sweep-attendance.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { makeStaff, makeWorkers, open, paramsOf, scan } from './attendance-scene.ts'

const start = '2026-12-01T02:00:00.000Z'
const date = '2026-12-20'
let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('failing-runs')
  stop = started.stop
  world = testWorld(started.table, start)
})
afterAll(() => stop())

/** As many as a sweep takes of one bucket of the index. */
const turn = 13
const dueIds = async () => (await readDue(world.table, 'register', world.now(), 100)).map(({ pk }) => pk)

/** Registers of runs that do not exist, in the bucket of a run and due before it: crediting them fails each time. */
async function failingBeside(runId: string, dueAt: string): Promise<string[]> {
  const ids = Array.from({ length: turn }, (_, place) => `run_${String(place).padStart(25, '0')}${runId.at(-1) ?? ''}`)
  for (const id of ids) {
    const after = { runId: id, providerId: 'prv_00000000000000000000000000', taken: [], checks: [], settledAt: null }
    await transact(world, undefined, registerSteps(world, { before: undefined, after, dueAt, action: 'open', by: 'system:test' }), null)
  }
  return ids
}

test('runs whose crediting always fails take the turn of no other: they are tried again later and later, and any change of the register ends that', async () => {
  const run = await makeRun(world, { date, opensAt: start })
  const of = paramsOf(run)
  const [ann] = await makeWorkers(world, run, 1)
  if (ann === undefined) throw new Error('nobody came')
  world.moveTo(instantOf(date, '18:20'))
  await open(world, await makeStaff(world, run.run.providerId, 'provider:instructor'), of)
  world.moveTo(instantOf(date, '18:28'))
  await scan(world, ann, of, 'in')
  world.moveTo(instantOf(date, '20:31'))
  await scan(world, ann, of, 'out')
  const over = plusMinutes(instantOf(date, '20:30'), 30 * 60)
  world.moveTo(over)
  const failing = await failingBeside(run.run.id, plusMinutes(over, -24 * 60))
  const [first = ''] = failing

  // They fill the whole turn of their bucket, so the run that could be credited is not.
  expect(await dueIds()).not.toContain(keys.register.key(run.run.id).pk)
  await expect(sweepAttendance(world)).rejects.toThrow(first)
  expect(await readCredit(world, ann.personId, run.run.id)).toBeUndefined()
  // Behind it the next time.
  expect(await sweepAttendance(world)).toEqual({ credited: 1 })
  expect(await readCredit(world, ann.personId, run.run.id)).toMatchObject({ outcome: 'completed' })

  // Nothing failed is forgotten: each comes again, after a pause that grows to six hours.
  const pauses: number[] = []
  for (let times = 0; times < 9; times += 1) {
    let waited = 0
    while (!(await dueIds()).includes(keys.register.key(first).pk)) {
      waited += 5
      world.moveTo(plusMinutes(world.now(), 5))
    }
    pauses.push(waited)
    await expect(sweepAttendance(world)).rejects.toThrow(first)
  }
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
  expect([pauses[0], pauses.at(-1)]).toEqual([10, 6 * 60])

  // What somebody wrote meanwhile is due when that says, and is not laid back.
  const before = await readRegister(world.table, first)
  if (before === undefined) throw new Error('no register')
  const soon = plusMinutes(world.now(), 1)
  await transact(world, undefined, registerSteps(world, { before, after: before, dueAt: soon, action: 'correct', by: 'system:test' }), null)
  await lookAgain(world, first)
  world.moveTo(soon)
  expect(await dueIds()).toContain(keys.register.key(first).pk)
  expect((await readRegister(world.table, first))?.failedSince).toBeUndefined()
})
