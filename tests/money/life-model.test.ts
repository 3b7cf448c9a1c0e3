import { limitsOf } from '@skills/core/enrollment/limits.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { checkBooks } from '@skills/core/books/books.table.ts'
import { readPots } from '@skills/core/funding/pot.table.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem, readItems } from '@skills/core/table.ts'
import { enrollmentItemOf } from '@skills/core/enrollment/enrollment-item.ts'
import { sweepQueue } from '@skills/functions/waitlist/sweep-queue.ts'
import { startStripe } from '@skills/local/test-stripe.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePeople, makeRun } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram } from '../funding/funding-scene.ts'
import {
  checkout,
  deliver,
  pass,
  paymentsOf,
  priceFen,
  settle,
  stripeSums,
  wanted,
  type Held,
  type PaymentScene,
} from '../order/payment-scene.ts'
import { createTable, startTable } from '../test-table.ts'
import { testWorld } from '../test-world.ts'
import { cancel, join, leave, told } from '../waitlist/waitlist-scene.ts'
import { newModel, type Model } from './life-model.ts'
import * as model from './life-model.ts'
import { priceFor, take } from './money-scene.ts'

const people = 4
const capacity = 2
let engine: Awaited<ReturnType<typeof startTable>>
beforeAll(async () => {
  engine = await startTable('life-model')
})
afterAll(() => engine.stop())

/** The house beside the model: one run, a program, four people, and what each of them holds in hand. */
interface House extends PaymentScene {
  runId: string
  programId: string
  ids: string[]
  quotes: (string | undefined)[]
  /** Every enrollment of each person, the newest last. */
  seats: Held[][]
  pages: (string | undefined)[]
  heard: number
}

let tables = 0
async function newHouse(grants: number, full: boolean): Promise<House> {
  const [table, scene] = await Promise.all([createTable(engine.endpoint, `life-${(tables += 1)}`), startStripe()])
  // How often she may hold and not pay is not the model's matter.
  const world = { ...testWorld(table), limits: limitsOf('{"unpaidHolds":1000,"unpaidJoins":1000}') }
  const { run } = await makeRun(world, { capacity, priceFen })
  const program = await makeProgram(world, { budgetFen: 1_000_000, funding: full ? { kind: 'full' } : { kind: 'fixed', fen: 30_000 } })
  const fen = full ? priceFen : 30_000
  if (grants > 0) await allocateTo(world, program, { run }, { seats: grants, fen: grants * fen })
  return {
    ...{ world, scene, payments: paymentsOf(scene), runId: run.id, programId: program.id, ids: await makePeople(world, people) },
    ...{ quotes: [], seats: Array.from({ length: people }, () => []), pages: [], heard: 0 },
    async stop() {
      table.client.destroy()
      await scene.stop()
    },
  }
}

const last = (house: House, who: number): Held => house.seats[who]?.at(-1) as Held
type Step = fc.AsyncCommand<Model, House>
/** A step of one person: what the model says of it must be what the house says. */
const step = (name: string, run: (model: Model, house: House) => Promise<void>, check: (model: Model) => boolean = () => true): Step => ({
  check,
  run,
  toString: () => name,
})

const steps = (who: number): Step[] => [
  step(`look ${who}`, async (at, house) => {
    model.look(at, who)
    house.quotes[who] = (await priceFor(house.world, house.ids[who] ?? '', house.runId)).quote
  }),
  step(`claim ${who}`, async (at, house) => {
    const personId = house.ids[who] ?? ''
    const quote = house.quotes[who] ?? (await priceFor(house.world, personId, house.runId)).quote
    const answer = await take(house.world, personId, house.runId, quote).then(
      ({ id, orderId, state }) => {
        house.seats[who]?.push({ personId, runId: house.runId, enrollmentId: id, orderId: orderId ?? '' })
        return state === 'active' ? 'seated' : state
      },
      (error: { code?: string }) => error.code ?? error,
    )
    expect(answer).toBe(model.claim(at, who))
    // A price is looked at anew for the next claim.
    house.quotes[who] = undefined
    Object.assign(at.people[who] ?? {}, { quote: undefined })
  }),
  step(
    `open checkout ${who}`,
    async (at, house) => {
      const answer = await checkout(house, last(house, who)).then(
        ({ url }) => {
          house.pages[who] = url.split('/').at(-1)
          return 'open'
        },
        (error: { code?: string }) => error.code ?? error,
      )
      expect(answer).toBe(model.checkout(at, who))
      // Asking again takes in what was paid.
      if (answer === 'illegal-transition') model.hear(at, who)
    },
    (at) => at.people[who]?.state === 'held',
  ),
  step(
    `pay ${who}`,
    async (at, house) => {
      expect(model.checkout(at, who)).toBe('open')
      house.pages[who] = (await checkout(house, last(house, who))).url.split('/').at(-1)
      house.scene.stripe.pay(house.pages[who] ?? '')
      Object.assign(at.people[who] ?? {}, { paid: true })
    },
    (at) => model.checkout(structuredClone(at), who) === 'open',
  ),
  step(
    `cancel ${who}`,
    async (at, house) => {
      await cancel(house.world, house.ids[who] ?? '', { id: last(house, who).enrollmentId })
      model.leave(at, who)
    },
    (at) => ['held', 'seated'].includes(at.people[who]?.state ?? ''),
  ),
  step(`join ${who}`, async (at, house) =>
    expect(await told(join(house.world, house.ids[who] ?? '', house.runId))).toBe(model.join(at, who)),
  ),
  step(`unjoin ${who}`, async (at, house) =>
    expect(await told(leave(house.world, house.ids[who] ?? '', house.runId))).toBe(model.unjoin(at, who)),
  ),
]

/** What is not one person's doing: webhooks that come, and time. */
const common: Step[] = [
  step('webhooks come', async (at, house) => {
    await hear(house)
    for (const who of at.people.keys()) model.hear(at, who)
  }),
  ...[10, 50, 800].map((minutes) =>
    step(`${minutes} minutes pass`, async (at, house) => {
      await goOn(house, minutes)
      model.pass(at, minutes)
    }),
  ),
]

/** How often a step is tried, beside once: so that seats are taken, paid and given back rather than looked at. */
const likely: Record<string, number> = {
  claim: 4,
  pay: 5,
  cancel: 3,
  join: 2,
  'webhooks come': 10,
  '10 minutes pass': 3,
  '50 minutes pass': 4,
}

/** A run that is sold out and waited for, so that not every story begins with an empty one. */
const beginning = ['claim 0', 'pay 0', 'webhooks come', 'claim 1', 'join 2', 'join 3'].map(
  (name) => [...Array.from({ length: people }, (_, who) => steps(who)).flat(), ...common].find((one) => String(one) === name) as Step,
)

async function hear(house: House): Promise<void> {
  const events = wanted(house)
  for (const event of events.slice(house.heard)) await deliver(house, event)
  house.heard = events.length
}

async function goOn(house: House, minutes: number): Promise<void> {
  await pass(house, minutes)
  await settle(house)
  await sweepQueue(house.world)
}

/** The house as the model would say it. */
async function stateOf({ world, runId, ids, programId, seats }: House): Promise<object> {
  const states = await Promise.all(
    ids.map(async (personId, who) => {
      const held = seats[who]?.at(-1)
      const [item, pointer] = await readItems(world.table, [
        keys.enrollment.key(personId, held?.enrollmentId ?? 'none'),
        keys.waitingFor.key(personId, runId),
      ])
      const state = enrollmentItemOf(item)?.enrollment.state
      if (state === 'held') return 'held'
      if (state === 'active') return 'seated'
      return pointer === undefined || pointer['state'] === 'over' ? 'none' : pointer['state']
    }),
  )
  const [head] = await readHeads(world.table, runId, 1)
  const [pot] = await readPots(world.table, programId, runId, 1)
  const queue = await readItem(world.table, keys.waitlist.key(runId))
  return { states, free: head?.free, grants: pot?.availableSeats ?? 0, waiting: queue?.['waiting'] ?? 0 }
}

test('whatever four people do with two seats, one program and a queue, the house is where a small model says, and no fen is lost', async () => {
  const often = (times: number, one: Step) => Array.from({ length: times }, () => one)
  const each = Array.from({ length: people }, (_, who) =>
    steps(who).flatMap((one) => often(likely[String(one).replace(/ \d$/, '')] ?? 1, one)),
  )
  const anything = fc.commands(
    [...each, common.flatMap((one) => often(likely[String(one)] ?? 1, one))].flat().map((one) => fc.constant(one)),
    { maxCommands: 40, size: 'max' },
  )
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 2 }), fc.boolean(), fc.boolean(), anything, async (grants, full, busy, commands) => {
      const house = await newHouse(grants, full)
      const at = newModel(people, capacity, grants, full)
      try {
        await fc.asyncModelRun(() => ({ model: at, real: house }), compared([...(busy ? beginning : []), ...commands]))
        // All that is on its way arrives, and refunds with it.
        await hear(house)
        await goOn(house, 1)
        await hear(house)
        for (const seats of house.seats) {
          for (const [place, held] of seats.entries()) {
            const order = enrollmentItemOf(await readItem(house.world.table, keys.enrollment.key(held.personId, held.enrollmentId)))?.order
            const { captured, returned } = stripeSums(house, held.orderId)
            const kept = order?.state === 'confirmed' ? order.split.payableFen : 0
            expect([place, captured - returned]).toEqual([place, kept])
          }
        }
        expect((await checkBooks(house.world)).violations.filter(({ code }) => code !== 'T1')).toEqual([])
      } finally {
        await house.stop()
      }
    }),
    { numRuns: 30, endOnFailure: true },
  )
})

/** The commands, each followed by a comparison of the house with the model. */
function* compared(commands: Iterable<Step>): Iterable<Step> {
  for (const one of commands) {
    yield {
      check: (at) => one.check(at),
      toString: () => String(one),
      async run(at, house) {
        await one.run(at, house)
        const { people: lives, free, grants, queue } = at
        expect(await stateOf(house)).toEqual({ states: lives.map(({ state }) => state), free, grants, waiting: queue.length })
      },
    }
  }
}
