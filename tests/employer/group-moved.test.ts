import { plusMinutes } from '@skills/contract/time.ts'
import { checkBooks } from '@skills/core/books/books.table.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { groupOrderSteps, readGroupOrder } from '@skills/core/employer/group-order.table.ts'
import { transact } from '@skills/core/transact.ts'
import { sweepQueue } from '@skills/functions/waitlist/sweep-queue.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { employerScene, joinAsFirm, makeStaff } from './employer-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
const start = '2026-12-01T02:00:00.000Z'
/** Four full working days before the first meeting of a run: its bands give half. */
const half = '2026-12-13T02:00:00.000Z'
const priceFen = 10_000
beforeAll(async () => {
  const started = await startTable('group-moved')
  stop = started.stop
  world = testWorld(started.table, start)
})
afterAll(() => stop())
beforeEach(() => world.moveTo(start))

async function paid(seats: number) {
  const run = await makeRun(world, { capacity: 10, priceFen })
  const firm = employerScene(world)
  const order = await firm.buy(run.run.id, seats)
  await firm.pay(order.id, order.totalFen)
  return { runId: run.run.id, firm, order }
}
/** Its provider moves a run by so many minutes. */
async function move(runId: string, minutes: number) {
  const before = await readRun(world.table, runId)
  if (before === undefined) throw new Error('no such run')
  const meetings = before.run.meetings.map((one) => ({
    ...one,
    startsAt: plusMinutes(one.startsAt, minutes),
    endsAt: plusMinutes(one.endsAt, minutes),
  }))
  await changeRun(world, { before, run: { ...before.run, meetings }, by: 'system:test', action: 'move' }, null)
}
const cleanBooks = async () => expect((await checkBooks(world)).violations.filter(({ code }) => code !== 'T1')).toEqual([])

describe('seats of a group order that nobody has', () => {
  it('follow the bands of its policy where the run stands at the times it was bought for', async () => {
    const { runId, firm, order } = await paid(3)
    await move(runId, 60)
    await move(runId, -60)
    world.moveTo(half)
    expect(await firm.cancel(order.id)).toMatchObject({ owedFen: (3 * priceFen) / 2 })
    await cleanBooks()
  })

  it('come back whole where its provider moved the run since, until its first meeting', async () => {
    const { runId, firm, order } = await paid(3)
    const [one = { personId: '', hash: '' }] = await makeStaff(world, 1)
    await firm.answer(one.personId, await firm.inviteHash(order.id, one.hash))
    await move(runId, 60)
    world.moveTo(half)
    // Two that nobody took; the third is somebody's, who may leave with all of it or stay.
    expect(await firm.cancel(order.id)).toMatchObject({ owedFen: 2 * priceFen, owed: { transferFen: 2 * priceFen } })
    await cleanBooks()
  })

  it('also where they came from the queue', async () => {
    const run = await makeRun(world, { capacity: 2, priceFen })
    const [first, waits] = [employerScene(world), employerScene(world)]
    const taken = await first.buy(run.run.id, 2)
    await joinAsFirm(world, waits, run.run.id, 2)
    await first.cancel(taken.id)
    await sweepQueue(world)
    const [order] = await waits.orders()
    await waits.pay(order?.id ?? '', 2 * priceFen)
    await move(run.run.id, 60)
    world.moveTo(half)
    expect(await waits.cancel(order?.id ?? '')).toMatchObject({ owedFen: 2 * priceFen })
    await cleanBooks()
  })

  it('of an order from before its times were kept follow the bands as they did', async () => {
    const { runId, firm, order } = await paid(2)
    const before = await readGroupOrder(world.table, order.id)
    if (before === undefined) throw new Error('no such order')
    const { times, ...old } = before
    expect(times).toHaveLength(1)
    const change = { action: 'as it was', by: 'system:test', at: world.now() }
    await transact(world, undefined, groupOrderSteps(before, old, change).steps, null)
    expect(await readGroupOrder(world.table, order.id)).not.toHaveProperty('times')
    await move(runId, 60)
    world.moveTo(half)
    expect(await firm.cancel(order.id)).toMatchObject({ owedFen: priceFen })
    await cleanBooks()
  })
})
