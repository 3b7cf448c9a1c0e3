import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { getPrice } from '@skills/functions/enrollment/get-price.ts'
import { describe, expect, it } from 'vitest'
import { actor, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import {
  checkout,
  deliverAll,
  expectCleanBooks,
  fresh,
  hold,
  now,
  pass,
  pay,
  priceFen,
  settle,
  stripeSums,
  usePaymentScene,
  type Held,
} from './payment-scene.ts'

const scene = usePaymentScene('price-change')

async function changePrice(runId: string, fen: number): Promise<void> {
  const before = await readRun(scene.world.table, runId)
  if (before === undefined) throw new Error('no run')
  const run = { ...before.run, priceFen: fen }
  expect(await changeRun(scene.world, { before, run, by: 'system:test', action: 'change price' }, null)).toMatchObject({ answer: null })
}

/** What happens, in order, to somebody whose seat was held at the old price. */
const steps: [string, (held: Held) => Promise<unknown>][] = [
  ['the page is opened', (held) => checkout(scene, held)],
  ['it is paid for', (held) => pay(scene, held)],
  ['the event comes', () => deliverAll(scene)],
  ['the sweep runs', () => settle(scene)],
]

describe('a price that is changed', () => {
  it.each(steps.map(([name], place) => [name, place] as const))('before %s keeps what was promised', async (_, changedBefore) => {
    const { run } = await makeRun(scene.world, { priceFen })
    const held = await hold(scene, run)
    for (const [place, [, step]] of steps.entries()) {
      if (place === changedBefore) await changePrice(run.id, priceFen * 2)
      await step(held)
    }
    const { enrollment, order } = await now(scene, held)
    expect([enrollment.state, order.split.listFen, order.payments[0]?.amountFen]).toEqual(['active', priceFen, priceFen])
    expect(stripeSums(scene, held.orderId)).toEqual({ captured: priceFen, returned: 0 })
    await expectCleanBooks(scene)
  })

  it('between price and claim takes no seat and no money', async () => {
    const { run } = await makeRun(scene.world, { priceFen })
    const [personId = ''] = await makePeople(scene.world, 1)
    const call = { actor: actor(personId), params: { runId: run.id } }
    const take = async (quote: string) =>
      claimSeat({ world: scene.world, memory: seatMemory(scene.world), quoteSecret }, { ...call, command: fresh(), body: { quote } })
    const { quote } = await getPrice(scene.world, quoteSecret, call)
    await changePrice(run.id, priceFen - 1)
    await expect(take(quote)).rejects.toMatchObject({ code: 'price-changed' })
    const { quote: next } = await getPrice(scene.world, quoteSecret, call)
    await pass(scene, 15)
    await expect(take(next)).rejects.toMatchObject({ code: 'quote-expired' })
    await expectCleanBooks(scene)
  })

  it('and bought seats of another price stand beside each other', async () => {
    const { run } = await makeRun(scene.world, { priceFen })
    const first = await hold(scene, run)
    await changePrice(run.id, 1_000)
    const second = await hold(scene, run)
    for (const held of [first, second]) await pay(scene, held)
    await deliverAll(scene)
    expect([stripeSums(scene, first.orderId).captured, stripeSums(scene, second.orderId).captured]).toEqual([priceFen, 1_000])
    await expectCleanBooks(scene)
  })
})
