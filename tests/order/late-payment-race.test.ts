import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { Run } from '@skills/contract/catalog.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { settleOrder } from '@skills/core/order/settle-order.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import {
  deliver,
  expectCleanBooks,
  hold,
  now,
  pass,
  pay,
  priceFen,
  settle,
  stripeSums,
  usePaymentScene,
  wanted,
  type Held,
  type PaymentScene,
} from './payment-scene.ts'

const scene = usePaymentScene('late-payment-race')

interface Duel {
  run: Run
  held: Held
  session: string
}

/** A run with one seat, held by somebody whose money is on its way when the hold ends. */
async function duel(): Promise<Duel> {
  const { run } = await makeRun(scene.world, { capacity: 1, priceFen, closesAt: '2027-05-15T10:00:00.000Z', date: '2027-06-01' })
  const held = await hold(scene, run)
  const session = await pay(scene, held, { method: 'alipay', outcome: 'later' })
  await pass(scene, 46)
  return { run, held, session }
}
const deliverOf = async ({ session }: Duel) => {
  for (const event of wanted(scene))
    if ((event.data.object as { id: string }).id === session) await deliver(scene, event).catch(() => undefined)
}
const expire = ({ held }: Duel) => settleOrder(scene.world, scene.payments, held.personId, held.orderId)
/** Somebody else claims, if there is a seat. */
const buy = ({ run }: Duel) => hold(scene, run).catch(() => undefined)
const arrive = ({ session }: Duel) => void scene.scene.stripe.settle(session, true)

/** Exactly one of seat and refund, and one person at most on the one seat. */
async function expectOneEnd({ run, held }: Duel, other: Held | undefined): Promise<'seat' | 'refund'> {
  for (let turn = 0; turn < 2; turn += 1) {
    await settle(scene)
    await pass(scene, 11)
  }
  const { enrollment, order } = await now(scene, held)
  const sums = stripeSums(scene, held.orderId)
  const seat = enrollment.state === 'active'
  expect(sums).toEqual({ captured: priceFen, returned: seat ? 0 : priceFen })
  expect(order.refunds).toHaveLength(seat ? 0 : 1)
  const [head] = await readHeads(scene.world.table, run.id, 1)
  expect([head?.capacity, (head?.free ?? 0) >= 0]).toEqual([1, true])
  if (seat && other !== undefined) expect(['lapsed']).toContain((await now(scene, other)).enrollment.state)
  return seat ? 'seat' : 'refund'
}

const steps = { arrive, deliver: deliverOf, expire, buy } as const
type StepName = keyof typeof steps
function permutations<T>(items: readonly T[]): T[][] {
  return items.length === 0
    ? [[]]
    : items.flatMap((first, place) => permutations(items.filter((_, at) => at !== place)).map((rest) => [first, ...rest]))
}

describe('money that arrives while its hold ends and somebody else wants the seat', () => {
  it('buys the seat or goes back, in every order of the steps', async () => {
    const ends = new Set<string>()
    for (const order of permutations(Object.keys(steps) as StepName[])) {
      const one = await duel()
      let other: Held | undefined
      for (const name of order) {
        const came = await steps[name](one)
        if (name === 'buy') other = came as Held | undefined
      }
      ends.add(await expectOneEnd(one, other))
    }
    expect([...ends].sort()).toEqual(['refund', 'seat'])
    await expectCleanBooks(scene)
  }, 120_000)

  it('and with all of it at once, however the calls of the table interleave', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const one = await duel()
        arrive(one)
        const { client, name } = scene.world.table
        // The scheduler's own promise must not fail, or it would count as an error that nobody caught.
        const turn = scheduler.scheduleFunction(async (command: never) => {
          const [settled] = await Promise.allSettled([client.send(command)])
          return settled
        })
        const send = async (command: never) => {
          const settled = await turn(command)
          if (settled?.status === 'rejected') throw settled.reason
          return settled?.value
        }
        const table = { name, client: new Proxy(client, { get: (of, key) => (key === 'send' ? send : Reflect.get(of, key)) as unknown }) }
        const woven: PaymentScene = { ...scene, world: { ...scene.world, table } }
        const [event] = wanted(scene).filter(
          ({ type, data }) => type.endsWith('succeeded') && (data.object as { id: string }).id === one.session,
        )
        const all = Promise.allSettled([
          deliver(woven, event as object),
          settleOrder(woven.world, woven.payments, one.held.personId, one.held.orderId),
          hold(woven, one.run),
        ])
        await scheduler.waitFor(all)
        const [, , bought] = await all
        await deliverOf(one)
        await expectOneEnd(one, bought.status === 'fulfilled' ? bought.value : undefined)
      }),
      { numRuns: 12, seed: 12 },
    )
    await expectCleanBooks(scene)
  }, 120_000)

  /** Two people whose money is late, and one seat that is free again. */
  async function late(): Promise<{ run: Run; events: object[]; both: Held[] }> {
    const { run } = await makeRun(scene.world, { capacity: 1, priceFen, closesAt: '2027-05-15T10:00:00.000Z', date: '2027-06-01' })
    const both: Held[] = []
    const events: object[] = []
    for (let place = 0; place < 2; place += 1) {
      const held = await hold(scene, run)
      const session = await pay(scene, held, { method: 'alipay', outcome: 'later' })
      await pass(scene, 46)
      await settleOrder(scene.world, scene.payments, held.personId, held.orderId)
      both.push(held)
      scene.scene.stripe.settle(session, true)
      events.push(wanted(scene).at(-1) as object)
    }
    return { run, events, both }
  }
  const seats = async (both: readonly Held[]) =>
    (await Promise.all(both.map((held) => now(scene, held)))).filter(({ enrollment }) => enrollment.state === 'active').length

  it('two late payments and one free seat: one seat, one refund', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { events, both } = await late()
      await Promise.allSettled(events.map((event) => deliver(scene, event)))
      for (const event of events) await deliver(scene, event)
      expect(await seats(both)).toBe(1)
    }
    await settle(scene)
    await expectCleanBooks(scene)
  }, 60_000)

  it('control: without the conditions of the transaction one seat is sold more than once', async () => {
    const { client, name } = scene.world.table
    const careless = (command: unknown) => {
      if (command instanceof TransactWriteCommand)
        for (const { Put: put, Update: update } of command.input.TransactItems ?? [])
          for (const write of [put, update]) {
            if (write === undefined) continue
            const used = `${write === update ? update?.UpdateExpression : ''}`
            delete write.ConditionExpression
            const kept = <V>(of: Record<string, V> | undefined) =>
              Object.fromEntries(Object.entries(of ?? {}).filter(([key]) => new RegExp(`${key}\\b`).test(used)))
            const values = kept(write.ExpressionAttributeValues)
            const names = kept(write.ExpressionAttributeNames)
            if (Object.keys(values).length > 0) write.ExpressionAttributeValues = values
            else delete write.ExpressionAttributeValues
            if (Object.keys(names).length > 0) write.ExpressionAttributeNames = names
            else delete write.ExpressionAttributeNames
          }
      return client.send(command as never)
    }
    const table = { name, client: new Proxy(client, { get: (of, key) => (key === 'send' ? careless : Reflect.get(of, key)) as unknown }) }
    let most = 0
    for (let round = 0; round < 12 && most < 2; round += 1) {
      const { events, both } = await late()
      await Promise.allSettled(events.map((event) => deliver({ ...scene, world: { ...scene.world, table } }, event)))
      most = Math.max(most, await seats(both))
    }
    expect(most).toBeGreaterThan(1)
  }, 60_000)
})
