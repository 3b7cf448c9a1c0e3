import { checkBooks } from '@skills/core/books/books.table.ts'
import { endGroupOrder } from '@skills/core/employer/end-group-order.ts'
import { readGroupOrder } from '@skills/core/employer/group-order.table.ts'
import { settleGroupOrder } from '@skills/core/employer/settle-group-order.ts'
import { readDue } from '@skills/core/due.ts'
import type { Payments } from '@skills/core/order/payment.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makePeople, makeRun } from '../enrollment/claim-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { join, look } from '../waitlist/waitlist-scene.ts'
import { employerScene, makeStaff } from './employer-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
const start = '2026-12-01T02:00:00.000Z'
beforeAll(async () => {
  const started = await startTable('employer-queue')
  stop = started.stop
  world = testWorld(started.table, start)
})
afterAll(() => stop())
beforeEach(() => world.moveTo(start))

/** A run whose last seats an employer holds or has, over two shards, and people who wait. */
async function full(paid: boolean, waiting: number) {
  const run = await makeRun(world, { capacity: 60, priceFen: 20_000 })
  const [rest, firm] = [employerScene(world), employerScene(world)]
  const other = await rest.buy(run.run.id, 20)
  await rest.pay(other.id, other.totalFen)
  const order = await firm.buy(run.run.id, 40)
  if (paid) await firm.pay(order.id, order.totalFen)
  const people = await makePeople(world, waiting)
  for (const person of people) await join(world, person, run.run.id)
  return { run, firm, order, people, rest, other }
}
const cleanBooks = async () => expect((await checkBooks(world)).violations.filter(({ code }) => code !== 'T1')).toEqual([])

describe('seats of an ended group order', () => {
  it.each([false, true])('go to those who wait, first come first, then to everybody (paid: %s)', async (paid) => {
    const { run, firm, order, people } = await full(paid, 3)
    await firm.cancel(order.id)
    const { accounts, entries } = await look(world, run.run.id)
    expect(accounts).toEqual({ free: 37, held: 3, sold: 0, blocked: 20 })
    expect(entries.map(({ personId, state }) => [personId, state])).toEqual(people.map((person) => [person, 'offered']))
    await cleanBooks()
  })

  it('are found and given back by the sweep when whoever ended the order died before', async () => {
    const { run, firm, order, people } = await full(true, 2)
    const before = await readGroupOrder(world.table, order.id)
    if (before === undefined) throw new Error('no such order')
    await endGroupOrder(world, undefined, { before, run, to: 'cancelled', by: firm.manager.personId })
    expect((await look(world, run.run.id)).accounts).toEqual({ free: 0, held: 0, sold: 0, blocked: 60 })
    const due = await readDue(world.table, 'groupOrder', world.now(), 100)
    expect(due.map(({ pk }) => pk)).toContain(`GROUP-ORDER#${order.id}`)

    const refunds = { refund: () => Promise.reject(new Error('a transfer goes back by hand')) }
    const nobody = { livemode: false, provider: refunds } as unknown as Payments
    await Promise.all([settleGroupOrder(world, nobody, order.id), settleGroupOrder(world, nobody, order.id)])
    await settleGroupOrder(world, nobody, order.id)
    const { accounts, entries } = await look(world, run.run.id)
    expect(accounts).toEqual({ free: 38, held: 2, sold: 0, blocked: 20 })
    expect(entries.map(({ state }) => state)).toEqual(people.map(() => 'offered'))
    await cleanBooks()
  })

  it('who waits and is then invited leaves the queue with the seat; an offer she had is given up for it', async () => {
    const { run, firm, order, rest, other } = await full(true, 0)
    const [waits = { personId: '', hash: '' }, offered = waits] = await makeStaff(world, 2)
    const stateOf = async (person: string) => (await look(world, run.run.id)).entries.find(({ personId }) => personId === person)?.state
    await join(world, waits.personId, run.run.id)
    await firm.answer(waits.personId, await firm.inviteHash(order.id, waits.hash))
    expect(await stateOf(waits.personId)).toBe('left')

    await join(world, offered.personId, run.run.id)
    await rest.cancel(other.id)
    expect(await stateOf(offered.personId)).toBe('offered')
    await firm.answer(offered.personId, await firm.inviteHash(order.id, offered.hash))
    expect(await stateOf(offered.personId)).toBe('declined')
    expect((await look(world, run.run.id)).accounts).toEqual({ free: 20, held: 0, sold: 2, blocked: 38 })
    await cleanBooks()
  })
})
