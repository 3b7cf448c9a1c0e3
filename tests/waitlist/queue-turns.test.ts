import { plusMinutes } from '@skills/contract/time.ts'
import { checkBooks } from '@skills/core/books/books.table.ts'
import { offerMinutes } from '@skills/core/waitlist/waitlist.ts'
import { getPrice } from '@skills/functions/enrollment/get-price.ts'
import { leaveAsGroup } from '@skills/functions/waitlist/leave-as-group.ts'
import { sweepQueue } from '@skills/functions/waitlist/sweep-queue.ts'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { freshWorlds } from '../catalog/catalog-scene.ts'
import { employerScene, joinAsFirm, refusalOf } from '../employer/employer-scene.ts'
import { actor, command, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import type { TestWorld } from '../test-world.ts'
import { cancel, claim, join, leave, look, queueFaults, told } from './waitlist-scene.ts'

const worlds = await freshWorlds('queue-turns')
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
const buy = async (personId: string, runId: string) =>
  claim(world, personId, runId, (await getPrice(world, quoteSecret, { actor: actor(personId), params: { runId } })).quote)

type Way = 'decline' | 'let the time pass' | 'hold it and do not pay'
const turnsToLookAt = 14

/**
 * So many people take turns at the only seat of a run: each lets the offer go in the same way at its very end, and joins again as soon as she may. Out: after how many turns the
 * seat is free for somebody who does not wait, or all that are looked at.
 */
async function turnsKept(people: readonly string[], way: Way): Promise<number> {
  const { run } = await makeRun(world, { capacity: 1, priceFen: 10_000, date: '2027-01-20', closesAt: '2027-01-15T10:00:00.000Z' })
  const [first = ''] = await makePeople(world, 1)
  const seat = await buy(first, run.id)
  for (const person of people) await join(world, person, run.id)
  await cancel(world, first, seat)
  for (let turn = 0; turn < turnsToLookAt; turn += 1) {
    const { accounts, entries } = await look(world, run.id)
    if (accounts.free === 1) return turn
    const her = entries.find(({ state }) => state === 'offered')?.personId ?? ''
    world.moveTo(plusMinutes(world.now(), way === 'let the time pass' ? offerMinutes : offerMinutes - 1))
    if (way === 'decline') await leave(world, her, run.id)
    else if (way === 'let the time pass') await sweepQueue(world)
    else await cancel(world, her, await buy(her, run.id))
    for (const person of people) {
      const said = await told(join(world, person, run.id))
      expect(['done', 'already-waiting', 'seats-free', 'unpaid-too-often', 'kept-too-often']).toContain(said)
    }
  }
  return turnsToLookAt
}

test.each([
  [3, 'decline'],
  [4, 'let the time pass'],
  [5, 'let the time pass'],
  [2, 'hold it and do not pay'],
  [3, 'hold it and do not pay'],
] as const)('%i people who take turns at a seat (%s) keep it for two turns each, and never again', async (count, way) => {
  const people = await makePeople(world, count)
  expect(await turnsKept(people, way)).toBeLessThanOrEqual(2 * count)
  await sound()
  // With the limit taken away they go on.
  world.limits = { ...world.limits, offersOfRun: 0 }
  expect(await turnsKept(await makePeople(world, 6), way)).toBeGreaterThan(2 * count)
})

test('who used up her turns hears why, may wait for other runs, and claims when a seat is free', async () => {
  const people = await makePeople(world, 4)
  await turnsKept(people, 'let the time pass')
  const [a = ''] = people
  const { run } = await makeRun(world, { capacity: 1, date: '2027-01-21', closesAt: '2027-01-15T10:00:00.000Z' })
  const [seated = ''] = await makePeople(world, 1)
  const seat = await claim(world, seated, run.id)
  world.limits = { ...world.limits, offersOfRun: 1 }
  world.moveTo(plusMinutes(world.now(), 3 * 24 * 60))
  expect(await told(join(world, a, run.id))).toBe('done')
  await cancel(world, seated, seat)
  const held = await claim(world, a, run.id)
  const [next = ''] = await makePeople(world, 1)
  await join(world, next, run.id)
  await cancel(world, a, held)
  expect(await refusalOf(join(world, a, run.id))).toMatchObject({ code: 'kept-too-often' })
  await leave(world, next, run.id)
  expect(await told(claim(world, a, run.id))).toBe('done')
  await sound()
})

test('employers who let seats of a run go by turns keep them for the days of one transfer each, then only as long as a checkout', async () => {
  const { run } = await makeRun(world, { capacity: 1, priceFen: 10_000, date: '2027-02-20', closesAt: '2027-02-15T10:00:00.000Z' })
  const firms = Array.from({ length: 3 }, () => employerScene(world))
  const began = world.now()
  const [first] = firms
  await first?.buy(run.id, 1)
  for (const firm of firms) await joinAsFirm(world, firm, run.id, 1)
  const heldHours = () => (Date.parse(world.now()) - Date.parse(began)) / 3_600_000
  for (let turn = 0; turn < 20 && (await look(world, run.id)).accounts.free === 0; turn += 1) {
    const orders = (await Promise.all(firms.map((firm) => firm.orders()))).flat()
    const held = orders.find(({ state }) => state === 'awaiting-payment')
    world.moveTo(plusMinutes(held?.holdUntil ?? '', -1))
    const owner = firms.find(({ employerId }) => employerId === held?.employerId)
    await owner?.cancel(held?.id ?? '')
    for (const firm of firms) await told(joinAsFirm(world, firm, run.id, 1))
  }
  expect((await look(world, run.id)).accounts.free).toBe(1)
  expect(heldHours()).toBeLessThanOrEqual(firms.length * 72 + 1)
  const again = await first?.buy(run.id, 1)
  expect(again?.holdUntil).toBe(plusMinutes(world.now(), 45))
  // Places that were taken meanwhile are passed over; who leaves cannot come back.
  for (const firm of firms) {
    const { employerId, manager } = firm
    const by = command(`leave ${employerId}`, 'asked', 'leaveAsGroup')
    await leaveAsGroup(world, { actor: manager, command: by, params: { employerId, runId: run.id } })
    expect(await refusalOf(joinAsFirm(world, firm, run.id, 1))).toMatchObject({ code: 'kept-too-often' })
  }
  await sound()
})

test('an employer that cancels a mistake soon has its days to transfer all the same; another employer has all of them', async () => {
  const { run } = await makeRun(world, { capacity: 9, priceFen: 10_000, date: '2027-02-20', closesAt: '2027-02-15T10:00:00.000Z' })
  const [firm, other] = [employerScene(world), employerScene(world)]
  const mistake = await firm.buy(run.id, 9)
  world.moveTo(plusMinutes(world.now(), 10))
  await firm.cancel(mistake.id)
  expect((await firm.buy(run.id, 3)).holdUntil).toBe(plusMinutes(world.now(), 72 * 60 - 10))
  expect((await other.buy(run.id, 3)).holdUntil).toBe(plusMinutes(world.now(), 72 * 60))
  // Days that were paid for in the end are not used up.
  const [paid] = await other.orders()
  await other.pay(paid?.id ?? '', paid?.totalFen ?? 0)
  expect((await other.buy(run.id, 1)).holdUntil).toBe(plusMinutes(world.now(), 72 * 60))
  expect((await checkBooks(world)).violations.filter(({ code }) => code !== 'T1')).toEqual([])
})
