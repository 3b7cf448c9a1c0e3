import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { plusMinutes } from '@skills/contract/time.ts'
import { offerMinutes } from '@skills/core/waitlist/waitlist.ts'
import { sweepQueue } from '@skills/functions/waitlist/sweep-queue.ts'
import type { Table } from '@skills/core/table.ts'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { freshWorlds } from '../catalog/catalog-scene.ts'
import { command, makePeople, makeRun } from '../enrollment/claim-scene.ts'
import type { TestWorld } from '../test-world.ts'
import { cancel, claim, join, leave, look, queueFaults, resize } from './waitlist-scene.ts'

const worlds = await freshWorlds('queue-faults')
afterAll(() => worlds.stop())
let world: TestWorld
beforeEach(async () => {
  world = await worlds.world()
})

type Fault = 'lost before' | 'lost after' | 'conflict'

/** The world in which one transaction, counted from 1, meets a fault: what is sent reaches the engine or does not, and the caller does not hear. */
function faulty(of: TestWorld, at: number, fault: Fault): { world: TestWorld; sent: () => number } {
  let sent = 0
  const send = async (request: TransactWriteCommand): Promise<unknown> => {
    if (!(request instanceof TransactWriteCommand)) return of.table.client.send(request)
    sent += 1
    const met = sent === at
    if (met && fault === 'conflict')
      throw Object.assign(new Error(), {
        name: 'TransactionCanceledException',
        $fault: 'client',
        CancellationReasons: [{ Code: 'TransactionConflict' }],
      })
    if (met && fault === 'lost before')
      throw Object.assign(new Error(), { name: 'InternalServerError', $fault: 'server', $metadata: { httpStatusCode: 500 } })
    const answer = await of.table.client.send(request)
    if (met && fault === 'lost after') throw Object.assign(new Error(), { name: 'TimeoutError', $metadata: {} })
    return answer
  }
  return { world: { ...of, table: { name: of.table.name, client: { send } as unknown as Table['client'] } }, sent: () => sent }
}

/** The world that dies at a transaction: from then on nothing is sent any more. `after`: that one still reached the engine. */
function dying(of: TestWorld, at: number, after: boolean): TestWorld {
  let sent = 0
  const dead = () => Object.assign(new Error('the process is gone'), { name: 'Killed', $fault: 'client' })
  const send = async (request: TransactWriteCommand): Promise<unknown> => {
    if (sent >= at) throw dead()
    if (!(request instanceof TransactWriteCommand)) return of.table.client.send(request)
    sent += 1
    if (sent < at) return of.table.client.send(request)
    if (after) await of.table.client.send(request)
    throw dead()
  }
  return { ...of, table: { name: of.table.name, client: { send } as unknown as Table['client'] } }
}

/** A run with two seats taken and three who wait; the second of them can no longer take one. */
async function scene() {
  world.moveTo('2026-12-01T02:00:00.000Z')
  const { run } = await makeRun(world, { capacity: 2 })
  const people = await makePeople(world, 6)
  const inside = await Promise.all(
    people.slice(0, 2).map(async (personId) => ({ personId, enrollment: await claim(world, personId, run.id) })),
  )
  const [a = '', b = '', c = '', late = ''] = people.slice(2)
  for (const person of [a, b, c]) await join(world, person, run.id)
  const other = await makeRun(world, { from: '19:00', to: '21:00' })
  await claim(world, b, other.run.id)
  return { runId: run.id, inside, a, c, late }
}
type Scene = Awaited<ReturnType<typeof scene>>

let keys = 0
/** Every change of a queue as a flow: prepare, then what is done in the faulty world; asked again with the same key when the caller heard nothing. */
const flows: Record<
  string,
  { prepare?: (of: Scene) => Promise<unknown>; act: (faulty: TestWorld, of: Scene, key: string) => Promise<unknown>; states: string }
> = {
  join: {
    act: (faulty, { runId, late }, key) => join(faulty, late, runId, command(key, 'asked', 'joinWaitlist')),
    states: 'waiting waiting waiting waiting',
  },
  leave: {
    act: (faulty, { runId, a }, key) => leave(faulty, a, runId, command(key, 'asked', 'leaveWaitlist')),
    states: 'left waiting waiting',
  },
  cancel: {
    act: (faulty, { inside: [first] }, key) =>
      cancel(faulty, first?.personId ?? '', first?.enrollment ?? { id: '' }, command(key, 'asked', 'cancelEnrollment')),
    states: 'offered waiting waiting',
  },
  decline: {
    prepare: ({ inside: [first] }) => cancel(world, first?.personId ?? '', first?.enrollment ?? { id: '' }),
    act: (faulty, { runId, a }, key) => leave(faulty, a, runId, command(key, 'asked', 'leaveWaitlist')),
    states: 'declined skipped offered',
  },
  'end of an offer': {
    prepare: async ({ inside: [first] }) => {
      await cancel(world, first?.personId ?? '', first?.enrollment ?? { id: '' })
      world.moveTo(plusMinutes(world.now(), offerMinutes))
    },
    act: (faulty) => sweepQueue({ ...faulty, now: world.now }),
    states: 'lapsed skipped offered',
  },
  'more seats': { act: (faulty, { runId }) => resize(faulty, runId, 4), states: 'offered skipped offered' },
}

describe.each(Object.entries(flows))('%s', (name, { prepare, act, states }) => {
  test('says the same whether or not a reply is lost, at every transaction', async () => {
    for (const fault of ['lost before', 'lost after', 'conflict'] as const) {
      for (let at = 1; ; at += 1) {
        const of = await scene()
        await prepare?.(of)
        const key = `fault-${(keys += 1)}`
        const met = faulty(world, at, fault)
        const answer = await act(met.world, of, key)
        expect((await look(world, of.runId)).states).toBe(states)
        if (name !== 'end of an offer' && name !== 'more seats') expect(await act(world, of, key)).toEqual(answer)
        if (met.sent() < at) break
      }
    }
    expect(await queueFaults(world)).toEqual([])
  }, 600_000)

  test('that dies at any transaction is whole or undone, and ends the same when it is asked again', async () => {
    for (const after of [false, true]) {
      for (let at = 1; ; at += 1) {
        const of = await scene()
        await prepare?.(of)
        const key = `death-${(keys += 1)}`
        let died = false
        await act(dying(world, at, after), of, key).catch(() => (died = true))
        // Seats that were set aside for the queue are nobody else's meanwhile.
        expect((await queueFaults(world)).filter((fault) => !fault.includes('free beside'))).toEqual([])
        await act(world, of, key)
        await sweepQueue(world)
        expect((await look(world, of.runId)).states).toBe(states)
        if (!died) break
      }
    }
    expect(await queueFaults(world)).toEqual([])
  }, 600_000)
})
