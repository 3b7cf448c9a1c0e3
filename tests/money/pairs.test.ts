import { checkBooks } from '@skills/core/books/books.table.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { readQueueHead } from '@skills/core/waitlist/queue-head.table.ts'
import { settleOrder } from '@skills/core/order/settle-order.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram } from '../funding/funding-scene.ts'
import { checkout, deliver, now, priceFen, settle, stripeSums, usePaymentScene, wanted } from '../order/payment-scene.ts'
import type { TestWorld } from '../test-world.ts'
import { cancel, join, leave, told } from '../waitlist/waitlist-scene.ts'
import { claimAt, priceFor, somebody, take } from './money-scene.ts'
import { providerInTurns, withoutConditions, worldInTurns } from './turns.ts'

const scene = usePaymentScene('pairs', 'one test')

/** What is wrong with the books now, besides news that no stream takes here. */
const faults = async (): Promise<string[]> =>
  (await checkBooks(scene.world)).violations.filter(({ code }) => code !== 'T1').map(({ code, at, says }) => `${code} ${at}: ${says}`)

type World = (who: string) => TestWorld
/**
 * Plays a story in many orders of its requests and looks at what is left. Out: what was wrong in some order. With `undefended`, conditions on those items are
 * not sent: then something must be wrong, or the orders show nothing.
 */
async function orders(
  story: (world: World, scheduler: fc.Scheduler) => Promise<string[]>,
  numRuns: number,
  undefended?: (pk: string, sk: string) => boolean,
): Promise<string[]> {
  const bare = undefended === undefined ? scene.world : withoutConditions(scene.world, undefended)
  const found: string[] = []
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      if (undefended !== undefined && found.length > 0) return
      const wrong = await story((who) => worldInTurns(bare, scheduler, who), scheduler)
      if (undefended === undefined) expect(wrong).toEqual([])
      found.push(...wrong, ...(undefended === undefined ? [] : await faults()))
    }),
    { numRuns, endOnFailure: true },
  )
  return [...found, ...(await faults())]
}

const rounds = 20
const controlRounds = 40
const everything = () => true

/** The money came at the last moment: its news, the end of the hold, and somebody else who wants the seat. */
const payTimesExpire = async (world: World, scheduler: fc.Scheduler): Promise<string[]> => {
  const { run } = await makeRun(scene.world, { capacity: 1, priceFen })
  const [payer, other] = [await somebody(scene), await somebody(scene)]
  const held = await claimAt(scene.world, payer, run.id)
  const page = (await checkout(scene, held)).url.split('/').at(-1) ?? ''
  const before = wanted(scene).length
  // The house's clock is at the end of the hold, Stripe's is a little behind: its page still takes money.
  const start = scene.world.now()
  scene.world.moveTo(plusMinutes(start, 45))
  await scene.scene.stripe.clock.moveTo(plusMinutes(start, 41.5))
  const { payments } = scene
  const [sweeps, hears] = ['sweep', 'webhook'].map((who) => ({ ...payments, provider: providerInTurns(payments.provider, scheduler, who) }))
  const pays = async () => {
    await scheduler.schedule(Promise.resolve(), 'she pays')
    try {
      scene.scene.stripe.pay(page)
    } catch {
      return
    }
    for (const event of wanted(scene).slice(before))
      await deliver({ ...scene, world: world('webhook'), payments: hears ?? payments }, event)
  }
  const expires = () => settleOrder(world('sweep'), sweeps ?? payments, payer, held.orderId)
  const wants = () => told(claimAt(world('other'), other, run.id))
  await scheduler.waitFor(Promise.all([pays().catch(() => {}), expires().catch(() => {}), wants()]))
  for (const event of wanted(scene).slice(before)) await deliver(scene, event)
  await settle(scene)
  for (const event of wanted(scene).slice(before)) await deliver(scene, event)
  const { enrollment, order } = await now(scene, held)
  const { captured, returned } = stripeSums(scene, held.orderId)
  const kept = captured - returned
  const wrong: string[] = []
  if (enrollment.state === 'held') wrong.push('the hold is still there')
  if (kept !== (enrollment.state === 'active' ? priceFen : 0)) wrong.push(`${kept} fen kept for an enrollment that is ${enrollment.state}`)
  if (enrollment.state === 'active' && order.state !== 'confirmed') wrong.push(`a seat whose order is ${order.state}`)
  await scene.scene.stripe.clock.moveTo(scene.world.now())
  return wrong
}

/** Somebody leaves while the offered one takes her seat in one window and declines it in another, and somebody else waits. */
const cancelTimesOffer = async (world: World, scheduler: fc.Scheduler): Promise<string[]> => {
  const { run, shards } = await makeRun(scene.world, { capacity: 2 })
  const [a, b, c, d] = [await somebody(scene), await somebody(scene), await somebody(scene), await somebody(scene)]
  const first = await takeFree(a, run.id)
  const second = await takeFree(b, run.id)
  await join(scene.world, c, run.id)
  await join(scene.world, d, run.id)
  await cancel(scene.world, a, first)
  await scheduler.waitFor(
    Promise.all([
      told(take(world('takes'), c, run.id, '')),
      told(leave(world('declines'), c, run.id)),
      told(cancel(world('leaves'), b, second)),
    ]),
  )
  const [free, { waiting }] = [
    (await readHeads(scene.world.table, run.id, shards)).reduce((sum, head) => sum + head.free, 0),
    await readQueueHead(scene.world.table, run.id),
  ]
  return free > 0 && waiting > 0 ? [`${free} free beside ${waiting} who wait`] : []
}
const takeFree = (personId: string, runId: string) => take(scene.world, personId, runId, '')

/** The last subsidized seat, promised to two people. */
const lastGrant = async (world: World, scheduler: fc.Scheduler): Promise<string[]> => {
  const run = await makeRun(scene.world, { capacity: 5, priceFen })
  const program = await makeProgram(scene.world, { budgetFen: 30_000 })
  await allocateTo(scene.world, program, run, { seats: 1, fen: 30_000 })
  const people = [await somebody(scene), await somebody(scene)]
  const quotes = await Promise.all(people.map((personId) => priceFor(scene.world, personId, run.run.id)))
  const claims = people.map((personId, place) => told(take(world(`claim ${place}`), personId, run.run.id, quotes[place]?.quote ?? '')))
  const answers = await scheduler.waitFor(Promise.all(claims))
  return answers.toSorted().join() === 'done,price-changed' ? [] : [`two claims of one grant: ${answers.join()}`]
}

/** One person whose subsidy is for once a year, in two runs at once. */
const oneEntitlement = async (world: World, scheduler: fc.Scheduler): Promise<string[]> => {
  const personId = await somebody(scene)
  const program = await makeProgram(scene.world, { budgetFen: 60_000, rules: [{ kind: 'per-scheme-and-year', times: 1, shortage: null }] })
  const runs = [await makeRun(scene.world, { priceFen }), await makeRun(scene.world, { priceFen, date: '2026-12-21' })]
  for (const run of runs) await allocateTo(scene.world, program, run, { seats: 1, fen: 30_000 })
  const quotes = await Promise.all(runs.map(({ run }) => priceFor(scene.world, personId, run.id)))
  const claims = runs.map(({ run }, place) => told(take(world(`claim ${place}`), personId, run.id, quotes[place]?.quote ?? '')))
  const answers = await scheduler.waitFor(Promise.all(claims))
  return answers.toSorted().join() === 'done,price-changed' ? [] : [`two claims of one entitlement: ${answers.join()}`]
}

describe.each([
  { pair: 'a payment and the end of its hold, with somebody else who wants the seat', story: payTimesExpire, defence: everything },
  { pair: 'an offer taken, declined and a seat given back', story: cancelTimesOffer, defence: everything },
  { pair: 'the last grant and two claims', story: lastGrant, defence: (pk: string) => pk.startsWith('POT#') },
  { pair: 'two claims of one person for one entitlement', story: oneEntitlement, defence: (_pk: string, sk: string) => sk === 'SCHEDULE' },
])('$pair', ({ story, defence }) => {
  test('end well in every order of their requests', async () => {
    expect(await orders(story, rounds)).toEqual([])
  })
  test('CONTROL: without the conditions some order goes wrong', async () => {
    expect((await orders(story, controlRounds, defence)).length).toBeGreaterThan(0)
  })
})
