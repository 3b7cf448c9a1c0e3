import { checkBooks } from '@skills/core/books/books.table.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { offerMinutes } from '@skills/core/waitlist/waitlist.ts'
import { getPrice } from '@skills/functions/enrollment/get-price.ts'
import { sweepQueue } from '@skills/functions/waitlist/sweep-queue.ts'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { freshWorlds } from '../catalog/catalog-scene.ts'
import { actor, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import type { TestWorld } from '../test-world.ts'
import { cancel, claim, join, leave, look, queueFaults, told } from './waitlist-scene.ts'

const worlds = await freshWorlds('queue-limits')
afterAll(() => worlds.stop())
let world: TestWorld
beforeEach(async () => {
  world = await worlds.world()
})
const sound = async () => {
  expect(await queueFaults(world)).toEqual([])
  // Nothing delivers notices here.
  expect((await checkBooks(world)).violations.filter(({ code }) => code !== 'T1')).toEqual([])
}

/** A run whose only seat was just given back while these waited. */
async function offeredTo(waiting: readonly string[], date?: string) {
  const { run } = await makeRun(world, { capacity: 1, ...(date === undefined ? {} : { date }) })
  const [first = ''] = await makePeople(world, 1)
  const seat = await claim(world, first, run.id)
  for (const person of waiting) await join(world, person, run.id)
  await cancel(world, first, seat)
  return run.id
}

test.each(['decline', 'let the time pass'] as const)(
  'two who take turns at the only seat, and always %s and join again, do not keep it: the seat is free after one turn of each',
  async (way) => {
    const [a = '', b = '', walkIn = ''] = await makePeople(world, 3)
    const runId = await offeredTo([a, b])
    for (const person of [a, b]) {
      expect(await told(claim(world, walkIn, runId))).toBe('sold-out')
      world.moveTo(plusMinutes(world.now(), way === 'decline' ? offerMinutes - 1 : offerMinutes))
      if (way === 'decline') await leave(world, person, runId)
      else expect(await sweepQueue(world)).toMatchObject({ lapsed: 1 })
      if (person === a) expect(await told(join(world, person, runId))).toBe('unpaid-too-often')
    }
    expect((await look(world, runId)).accounts).toMatchObject({ free: 1, held: 0 })
    expect(await told(claim(world, walkIn, runId))).toBe('done')
    // A day after she let it go she may wait again.
    world.moveTo(plusMinutes(world.now(), 12 * 60 + 1))
    expect(await told(join(world, a, runId))).toBe('done')
    expect(await told(join(world, b, runId))).toBe('unpaid-too-often')
    await sound()
  },
)

test('one who declines at once may join again twice; one missed night leaves claims open that must be paid, two do not', async () => {
  const [quick = '', slow = ''] = await makePeople(world, 2)
  for (const [turn, date] of ['2026-12-21', '2026-12-22', '2026-12-23'].entries()) {
    const runId = await offeredTo([quick], date)
    await leave(world, quick, runId)
    expect((await look(world, runId)).states, String(turn)).toBe('declined')
  }
  const full = await makeRun(world, { capacity: 1, date: '2026-12-24' })
  const [seated = ''] = await makePeople(world, 1)
  await claim(world, seated, full.run.id)
  expect(await told(join(world, quick, full.run.id))).toBe('unpaid-too-often')
  for (const date of ['2026-12-25', '2026-12-26']) await offeredTo([slow], date)
  const paid = await makeRun(world, { priceFen: 10_000, date: '2026-12-27' })
  const buy = async (personId: string) =>
    claim(
      world,
      personId,
      paid.run.id,
      (await getPrice(world, quoteSecret, { actor: actor(personId), params: { runId: paid.run.id } })).quote,
    )
  const once = await buy(quick)
  await cancel(world, quick, once)
  world.moveTo(plusMinutes(world.now(), offerMinutes))
  expect(await sweepQueue(world)).toMatchObject({ lapsed: 2 })
  expect(await told(buy(slow))).toBe('unpaid-too-often')
  expect(await told(buy(quick))).toBe('done')
  await sound()
})

test('nobody stands in more than so many queues, also who joins two at the same moment', async () => {
  world.limits = { ...world.limits, queues: 2 }
  const [a = '', ...seated] = await makePeople(world, 4)
  const runs = []
  for (const [place, person] of seated.entries()) {
    const { run } = await makeRun(world, { capacity: 1, date: `2026-12-2${place + 1}` })
    runs.push({ runId: run.id, person, seat: await claim(world, person, run.id) })
  }
  const [first, second, third] = runs.map(({ runId }) => runId)
  await join(world, a, first ?? '')
  const both = await Promise.all([second, third].map((runId) => told(join(world, a, runId ?? ''))))
  expect(both.sort()).toEqual(['done', 'too-many-queues'])
  await leave(world, a, first ?? '')
  expect(await told(join(world, a, first ?? ''))).toBe('done')
  await sound()
})
