import { plusMinutes } from '@skills/contract/time.ts'
import { offerMinutes } from '@skills/core/waitlist/waitlist.ts'
import { sweepQueue } from '@skills/functions/waitlist/sweep-queue.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshWorlds } from '../catalog/catalog-scene.ts'
import { makePeople, makeRun } from '../enrollment/claim-scene.ts'
import type { TestWorld } from '../test-world.ts'
import { cancel, claim, join, leave, look, queueFaults, resize, told } from './waitlist-scene.ts'

const worlds = await freshWorlds('queue-model')
afterAll(() => worlds.stop())
let world: TestWorld
beforeAll(async () => {
  world = await worlds.world()
  // How much one person may let go is no part of this model.
  world.limits = { ...world.limits, unpaidJoins: 0 }
})

/** What a run with a queue is, in a few lines: who has a seat, who is offered one until when, who waits, and how many seats there are. */
interface Model {
  now: string
  closesAt: string
  capacity: number
  seats: Set<number>
  offers: Map<number, string>
  waiting: number[]
}
interface Real {
  runId: string
  people: string[]
  enrollments: Map<number, { id: string }>
}

const free = ({ capacity, seats, offers }: Model) => capacity - seats.size - offers.size
const untilOf = ({ now, closesAt }: Model) => {
  const until = [plusMinutes(now, offerMinutes), closesAt].sort()[0] ?? closesAt
  return until >= plusMinutes(now, 60) ? until : undefined
}
/** Free seats go to who waits, first come first, while there is time for an offer. */
function serve(model: Model): void {
  const until = untilOf(model)
  if (until === undefined) return
  while (free(model) > 0 && model.waiting.length > 0) model.offers.set(model.waiting.shift() as number, until)
}
/** What the sweep does to a queue when time has passed: offers end one after the other, each seat going on; a queue without a future is closed. */
function pass(model: Model): void {
  for (const [person, until] of [...model.offers]) {
    if (until > model.now) continue
    model.offers.delete(person)
    serve(model)
  }
  if (untilOf(model) === undefined) model.waiting = []
}
const open = ({ now, closesAt }: Model) => now < closesAt

type Command = fc.AsyncCommand<Model, Real>
const same = async (model: Model, { runId, people }: Real) => {
  const { accounts, entries } = await look(world, runId)
  expect(accounts).toEqual({ free: free(model), held: model.offers.size, sold: model.seats.size, blocked: 0 })
  const named = (state: string) => entries.filter((entry) => entry.state === state).map(({ personId }) => people.indexOf(personId))
  expect(named('waiting')).toEqual(model.waiting)
  expect(named('offered').sort()).toEqual([...model.offers.keys()].sort())
}

/** A command of one person: what the model says comes of it, and what really does. */
function act(name: string, person: number, expected: (model: Model) => string, real: (real: Real) => Promise<unknown>): Command {
  return {
    check: () => true,
    async run(model, system) {
      const answer = expected(model)
      expect(await told(real(system))).toBe(answer)
      await same(model, system)
    },
    toString: () => `${name}(${person})`,
  }
}

const claims = (person: number) =>
  act(
    'claim',
    person,
    (model) => {
      if (!open(model)) return 'registration-closed'
      if (model.seats.has(person)) return 'already-enrolled'
      if (!model.offers.has(person) && free(model) === 0) return 'sold-out'
      model.offers.delete(person)
      model.waiting = model.waiting.filter((other) => other !== person)
      model.seats.add(person)
      return 'done'
    },
    async ({ runId, people, enrollments }) => {
      enrollments.set(person, await claim(world, people[person] ?? '', runId))
    },
  )
const joins = (person: number) =>
  act(
    'join',
    person,
    (model) => {
      if (model.waiting.includes(person) || model.offers.has(person)) return 'already-waiting'
      if (!open(model)) return 'registration-closed'
      if (model.seats.has(person)) return 'already-enrolled'
      if (untilOf(model) === undefined) return 'waitlist-closed'
      if (free(model) > 0) return 'seats-free'
      model.waiting.push(person)
      return 'done'
    },
    ({ runId, people }) => join(world, people[person] ?? '', runId),
  )
const leaves = (person: number) =>
  act(
    'leave',
    person,
    (model) => {
      const waits = model.waiting.includes(person)
      if (!waits && !model.offers.has(person)) return 'not-waiting'
      model.waiting = model.waiting.filter((other) => other !== person)
      if (model.offers.delete(person)) serve(model)
      return 'done'
    },
    ({ runId, people }) => leave(world, people[person] ?? '', runId),
  )
const cancels = (person: number): Command => ({
  check: (model) => model.seats.has(person),
  async run(model, real) {
    model.seats.delete(person)
    serve(model)
    expect(await told(cancel(world, real.people[person] ?? '', real.enrollments.get(person) ?? { id: '' }))).toBe('done')
    await same(model, real)
  },
  toString: () => `cancel(${person})`,
})
const capacities = (capacity: number): Command => ({
  check: () => true,
  async run(model, real) {
    const taken = model.seats.size + model.offers.size
    const possible = capacity >= taken
    if (possible) model.capacity = capacity
    serve(model)
    expect(await told(resize(world, real.runId, capacity))).toBe(possible ? 'done' : 'capacity-too-small')
    await same(model, real)
  },
  toString: () => `capacity(${capacity})`,
})
const waits = (minutes: number): Command => ({
  check: () => true,
  async run(model, real) {
    model.now = plusMinutes(model.now, minutes)
    world.moveTo(model.now)
    pass(model)
    await sweepQueue(world)
    await same(model, real)
  },
  toString: () => `wait(${minutes})`,
})

test('any sequence of claims, joins, leaves, cancellations, ends of offers and changes of capacity is what a small model says', async () => {
  const person = fc.integer({ min: 0, max: 7 })
  const commands = fc.commands(
    [
      person.map(claims),
      person.map(claims),
      person.map(joins),
      person.map(joins),
      person.map(leaves),
      person.map(cancels),
      person.map(cancels),
      fc.integer({ min: 1, max: 6 }).map(capacities),
      fc.constantFrom(5, 300, 720, 3_000).map(waits),
    ],
    { size: '+1', maxCommands: 40 },
  )
  await fc.assert(
    fc.asyncProperty(commands, async (list) => {
      const start = '2026-12-01T02:00:00.000Z'
      world.moveTo(start)
      const closesAt = plusMinutes(start, 4 * 24 * 60)
      const { run } = await makeRun(world, { capacity: 2, closesAt })
      const people = await makePeople(world, 8)
      const model: Model = { now: start, closesAt, capacity: 2, seats: new Set(), offers: new Map(), waiting: [] }
      await fc.asyncModelRun(() => ({ model, real: { runId: run.id, people, enrollments: new Map() } }), list)
    }),
    { numRuns: 40, seed: 20_261_121, endOnFailure: false },
  )
  expect(await queueFaults(world, { strandedFrom: [] })).toEqual([])
}, 600_000)
