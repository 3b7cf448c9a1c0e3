import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { sweepQueue } from '@skills/functions/waitlist/sweep-queue.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshWorlds } from '../catalog/catalog-scene.ts'
import { actor, command, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import { seeded, type TestWorld } from '../test-world.ts'
import { cancel, claim, join, leave, look, queueFaults, resize, told, unguarded } from './waitlist-scene.ts'

const worlds = await freshWorlds('queue-race')
afterAll(() => worlds.stop())

const rounds = 50
/** Rounds take as long as the machine lets them. */
const patienceMs = 600_000

/** Tries again while the answer is `busy`, as a client does. */
async function insist(act: () => Promise<unknown>): Promise<string> {
  for (let again = 0; ; again += 1) {
    const answer = await told(act())
    if (answer !== 'busy' || again > 20) return answer
  }
}

/**
 * One round: a sold-out run with a queue, and at the same moment two seats given back, two who join, three who walk in, one who leaves the queue, an organizer
 * who adds two seats, and the sweep; in an order that only the seed decides. Out: what is left when the sweep has come once more.
 */
async function round(world: TestWorld, seed: number, shards: 1 | 3) {
  const random = seeded(seed)
  const capacity = shards === 1 ? 3 : 81
  const { run } = await makeRun(world, { capacity, date: `2026-12-${String(16 + (seed % 12))}` })
  const people = await makePeople(world, capacity + 9)
  const inside = await Promise.all(
    people.slice(0, capacity).map(async (personId) => ({ personId, enrollment: await claim(world, personId, run.id) })),
  )
  const [first = '', second = '', goes = '', ...later] = people.slice(capacity)
  for (const person of [first, second, goes]) await join(world, person, run.id)
  const walkIns: string[] = []
  const acts: (() => Promise<void>)[] = [
    ...inside.slice(0, 2).map(({ personId, enrollment }) => async () => {
      expect(await insist(() => cancel(world, personId, enrollment))).toBe('done')
    }),
    ...later.slice(0, 2).map((person) => async () => {
      expect(['done', 'seats-free']).toContain(await insist(() => join(world, person, run.id)))
    }),
    ...later.slice(2, 5).map((person) => async () => {
      const call = { actor: actor(person), command: command(`walk-in-${seed}-${person}`), params: { runId: run.id }, body: {} }
      const answer = await insist(() => claimSeat({ world, memory: seatMemory(world), quoteSecret }, call))
      expect(['done', 'sold-out']).toContain(answer)
      if (answer === 'done') walkIns.push(person)
    }),
    async () => {
      expect(['done', 'not-waiting']).toContain(await insist(() => leave(world, goes, run.id)))
    },
    async () => {
      expect(await insist(() => resize(world, run.id, capacity + 2))).toBe('done')
    },
    async () => void (await sweepQueue(world)),
  ]
  for (let last = acts.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    ;[acts[last], acts[other]] = [acts[other] as (typeof acts)[number], acts[last] as (typeof acts)[number]]
  }
  await Promise.all(acts.map((act) => act()))
  return { runId: run.id, first, second, walkIns, capacity: capacity + 2 }
}

let world: TestWorld
beforeAll(async () => {
  world = await worlds.world()
})

test(
  `freed seat × waiting list × walk-in × organizer, ${rounds} rounds: nobody is passed over, no seat is offered twice or stranded`,
  async () => {
    for (let seed = 1; seed <= rounds; seed += 1) {
      const { runId, first, second, capacity } = await round(world, seed, seed % 25 === 0 ? 3 : 1)
      await sweepQueue(world)
      const { accounts, entries } = await look(world, runId)
      expect(accounts.free + accounts.held + accounts.sold + accounts.blocked).toBe(capacity)
      // Two seats were freed and two added: the first two of the queue have theirs, whoever else came.
      for (const person of [first, second]) expect(entries.find(({ personId }) => personId === person)?.state).toBe('offered')
    }
    expect(await queueFaults(world)).toEqual([])
  },
  patienceMs,
)

test(
  'CONTROL: without the conditions on the heads of queues the same rounds go wrong',
  async () => {
    const naive = await worlds.world()
    let wrong = 0
    for (let seed = 1; seed <= rounds && wrong === 0; seed += 1) {
      await round(unguarded(naive), seed, 1).catch(() => (wrong += 1))
      wrong += (await queueFaults(naive)).length
    }
    expect(wrong).toBeGreaterThan(0)
  },
  patienceMs,
)

test(
  'forty who join at once get forty numbers, and ten seats go to the first ten',
  async () => {
    const { run } = await makeRun(world, { capacity: 10, date: '2026-12-29' })
    const people = await makePeople(world, 50)
    const inside = await Promise.all(
      people.slice(0, 10).map(async (personId) => ({ personId, enrollment: await claim(world, personId, run.id) })),
    )
    expect(await Promise.all(people.slice(10).map((person) => insist(() => join(world, person, run.id))))).toEqual(Array(40).fill('done'))
    await Promise.all(inside.map(({ personId, enrollment }) => insist(() => cancel(world, personId, enrollment))))
    const { entries, accounts } = await look(world, run.id)
    expect(entries.map(({ number }) => Number(number))).toEqual(Array.from({ length: 40 }, (_, place) => place + 1))
    expect(entries.map(({ state }) => state)).toEqual([...Array<string>(10).fill('offered'), ...Array<string>(30).fill('waiting')])
    expect(accounts).toEqual({ free: 0, held: 10, sold: 0, blocked: 0 })
    expect(await queueFaults(world)).toEqual([])
  },
  patienceMs,
)

test(
  'one person who claims and joins at once never waits for a seat she has',
  async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const { run } = await makeRun(world, { capacity: 1, date: '2026-12-30', from: '08:00', to: '09:00' })
      const [a = '', b = ''] = await makePeople(world, 2)
      const seat = await claim(world, a, run.id)
      await Promise.all([
        insist(() => cancel(world, a, seat)),
        insist(() => join(world, b, run.id)),
        insist(() => claim(world, b, run.id)),
        insist(() => join(world, b, run.id)),
      ])
    }
    expect((await queueFaults(world)).filter((fault) => fault.startsWith('W3'))).toEqual([])
  },
  patienceMs,
)
