import { checkBooks } from '@skills/core/books/books.table.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { endGroupOrder, releaseSeats } from '@skills/core/employer/end-group-order.ts'
import { readGroupOrder, readGroupOrders } from '@skills/core/employer/group-order.table.ts'
import { seatsIn } from '@skills/core/employer/group-order.ts'
import { joinAsGroup } from '@skills/functions/waitlist/join-as-group.ts'
import { sweepQueue } from '@skills/functions/waitlist/sweep-queue.ts'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { beforeTransactions, freshWorlds } from '../catalog/catalog-scene.ts'
import { command, makePeople, makeRun } from '../enrollment/claim-scene.ts'
import { employerScene } from '../employer/employer-scene.ts'
import type { TestWorld } from '../test-world.ts'
import { join, look, queueFaults } from './waitlist-scene.ts'

const worlds = await freshWorlds('freed-together')
afterAll(() => worlds.stop())
let world: TestWorld
beforeEach(async () => {
  world = await worlds.world()
})

/** All sixty seats of a run are one employer's; another waits for fifty-nine at once, and two people behind it. */
async function scene(paid: boolean) {
  const { run } = await makeRun(world, { capacity: 60, priceFen: 100 })
  const [buyer, waiter] = [employerScene(world), employerScene(world)]
  const order = await buyer.buy(run.id, 60)
  if (paid) await buyer.pay(order.id, order.totalFen)
  await joinAsGroup(world, {
    actor: waiter.manager,
    command: command(`join-${waiter.employerId}`, 'asked', 'joinAsGroup'),
    params: { employerId: waiter.employerId },
    body: { runId: run.id, seats: 59, policy: 'together', payBy: 'stripe', invoiceTitle: null },
  })
  const [a = '', b = ''] = await makePeople(world, 2)
  for (const person of [a, b]) await join(world, person, run.id)
  const got = async () => (await readGroupOrders(world.table, waiter.employerId)).map(({ pools }) => seatsIn(pools))
  return { runId: run.id, buyer, orderId: order.id, got }
}
const sound = async () => {
  expect(await queueFaults(world)).toEqual([])
  expect((await checkBooks(world)).violations).toEqual([])
}

test.each([false, true])(
  'seats that a group order frees are offered together: a group that fits is served before who came later (paid: %s)',
  async (paid) => {
    const { runId, buyer, orderId, got } = await scene(paid)
    await buyer.cancel(orderId)
    expect(await got()).toEqual([59])
    expect(await look(world, runId)).toMatchObject({
      states: 'accepted offered waiting',
      accounts: { free: 0, held: 60, sold: 0, blocked: 0 },
      head: { waiting: 1 },
    })
    await sound()
  },
)

test('a process that dies right after keeps the seats from everybody else, and the sweep goes on', async () => {
  const { runId, orderId, got } = await scene(false)
  const [run, before] = [await readRun(world.table, runId), await readGroupOrder(world.table, orderId)]
  if (run === undefined || before === undefined) throw new Error('no order')
  await endGroupOrder(world, undefined, { before, run, to: 'lapsed', by: 'system:test' })
  let sent = 0
  const dying = beforeTransactions(world, () => {
    sent += 1
    if (sent > 1) throw Object.assign(new Error('the process is gone'), { name: 'Killed', $fault: 'client' })
  })
  await expect(releaseSeats(dying, orderId)).rejects.toThrow('the process is gone')
  expect((await look(world, runId)).accounts).toEqual({ free: 0, held: 0, sold: 0, blocked: 60 })
  expect(await sweepQueue(world)).toMatchObject({ offered: 60 })
  expect(await got()).toEqual([59])
  expect(await look(world, runId)).toMatchObject({ states: 'accepted offered waiting', accounts: { free: 0, held: 60, blocked: 0 } })
  await sound()
})
