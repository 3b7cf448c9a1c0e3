import { plusMinutes } from '@skills/contract/time.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { readEnrollment } from '@skills/core/enrollment/enrollment.table.ts'
import { giveSeatBack } from '@skills/core/enrollment/give-seat-back.ts'
import { getPrice } from '@skills/functions/enrollment/get-price.ts'
import { sweepQueue } from '@skills/functions/waitlist/sweep-queue.ts'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { freshWorlds } from '../catalog/catalog-scene.ts'
import { actor, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import type { TestWorld } from '../test-world.ts'
import { cancel, claim, join, look, queueFaults, told } from './waitlist-scene.ts'

const worlds = await freshWorlds('offer-price')
afterAll(() => worlds.stop())
let world: TestWorld
beforeEach(async () => {
  world = await worlds.world()
})

const quoteFor = async (personId: string, runId: string) =>
  (await getPrice(world, quoteSecret, { actor: actor(personId), params: { runId } })).quote
const buy = async (personId: string, runId: string) => claim(world, personId, runId, await quoteFor(personId, runId))

async function lapse(personId: string, enrollmentId: string) {
  const { item, schedule } = await readEnrollment(world, personId, enrollmentId)
  const run = await readRun(world.table, item?.enrollment.runId ?? '')
  if (item === undefined || run === undefined) throw new Error('nothing to lapse')
  return giveSeatBack(world, undefined, { before: item, schedule, run, to: 'lapsed', by: 'system:test' })
}

test('an offered seat is claimed at its price and held for payment; unpaid, it goes on to the next; nobody else can buy it at any moment', async () => {
  const { run } = await makeRun(world, { capacity: 1, priceFen: 98_000 })
  const [first = '', a = '', b = '', walkIn = ''] = await makePeople(world, 4)
  const seat = await buy(first, run.id)
  expect(seat.state).toBe('held')
  await join(world, a, run.id)
  await join(world, b, run.id)
  await cancel(world, first, seat)
  expect((await look(world, run.id)).states).toBe('offered waiting')
  expect(await told(claim(world, a, run.id))).toBe('quote-needed')
  expect(await told(buy(walkIn, run.id))).toBe('sold-out')

  const hers = await buy(a, run.id)
  expect(hers.state).toBe('held')
  expect(await look(world, run.id)).toMatchObject({ states: 'accepted waiting', accounts: { free: 0, held: 1, sold: 0 } })
  expect(await told(buy(walkIn, run.id))).toBe('sold-out')
  // The sweep of offers leaves a hold alone: it has its own end.
  world.moveTo(plusMinutes(world.now(), 24 * 60))
  await sweepQueue(world)
  expect((await look(world, run.id)).states).toBe('accepted waiting')

  expect(await lapse(a, hers.id)).toMatchObject({ answer: { state: 'lapsed' } })
  expect(await look(world, run.id)).toMatchObject({ states: 'accepted offered', accounts: { free: 0, held: 1, sold: 0 } })
  expect(await told(buy(walkIn, run.id))).toBe('sold-out')
  expect(await told(join(world, a, run.id))).toBe('done')
  expect((await buy(b, run.id)).state).toBe('held')
  expect((await look(world, run.id)).states).toBe('accepted accepted waiting')
  expect(await queueFaults(world)).toEqual([])
})

test('too many unpaid seats do not cost a place: the offer stands, and is taken once one of them is gone', async () => {
  const { run } = await makeRun(world, { capacity: 1, priceFen: 98_000 })
  const [first = '', a = ''] = await makePeople(world, 2)
  const seat = await buy(first, run.id)
  await join(world, a, run.id)
  const others = await Promise.all(['2026-12-21', '2026-12-22'].map((date) => makeRun(world, { date, priceFen: 100 })))
  const holds = []
  for (const other of others) holds.push(await buy(a, other.run.id))
  await cancel(world, first, seat)
  expect((await look(world, run.id)).states).toBe('offered')
  expect(await told(buy(a, run.id))).toBe('too-many-holds')
  await cancel(world, a, holds[0] ?? { id: '' })
  expect(await told(buy(a, run.id))).toBe('done')
  expect(await queueFaults(world)).toEqual([])
})
