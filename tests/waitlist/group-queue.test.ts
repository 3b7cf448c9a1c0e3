import { plusMinutes } from '@skills/contract/time.ts'
import { checkBooks } from '@skills/core/books/books.table.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { endGroupOrder, releaseSeats } from '@skills/core/employer/end-group-order.ts'
import { readGroupOrders } from '@skills/core/employer/group-order.table.ts'
import { seatsIn } from '@skills/core/employer/group-order.ts'
import { offerMinutes, seatsTaken, type GroupWish } from '@skills/core/waitlist/waitlist.ts'
import { getPrice } from '@skills/functions/enrollment/get-price.ts'
import { joinAsGroup } from '@skills/functions/waitlist/join-as-group.ts'
import { leaveAsGroup } from '@skills/functions/waitlist/leave-as-group.ts'
import { listGroupWaiting } from '@skills/functions/waitlist/list-group-waiting.ts'
import { sweepQueue } from '@skills/functions/waitlist/sweep-queue.ts'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { freshWorlds } from '../catalog/catalog-scene.ts'
import { actor, command, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import { employerScene, makeStaff } from '../employer/employer-scene.ts'
import type { TestWorld } from '../test-world.ts'
import { cancel, claim, join, look, queueFaults, resize, told, toldBy } from './waitlist-scene.ts'

const worlds = await freshWorlds('group-queue')
afterAll(() => worlds.stop())
let world: TestWorld
let employerId: string
let manager: { personId: string; memberships: { organizationId: string; roles: ['employer:manager'] }[] }
beforeEach(async () => {
  world = await worlds.world()
  employerId = world.id('employer')
  manager = { personId: world.id('person'), memberships: [{ organizationId: employerId, roles: ['employer:manager'] }] }
})

const buy = async (personId: string, runId: string) =>
  claim(world, personId, runId, (await getPrice(world, quoteSecret, { actor: actor(personId), params: { runId } })).quote)

async function soldOut(seats: number, later: number) {
  const { run } = await makeRun(world, { capacity: seats, priceFen: 60_000 })
  const people = await makePeople(world, seats + later)
  const inside = await Promise.all(people.slice(0, seats).map(async (personId) => ({ personId, enrollment: await buy(personId, run.id) })))
  return { runId: run.id, inside, outside: people.slice(seats) }
}

let commands = 0
const joins = (runId: string, seats: number, policy: GroupWish['policy'], by = manager, of = employerId) =>
  joinAsGroup(world, {
    actor: by,
    command: command(`join-group-${(commands += 1)}`, 'asked', 'joinAsGroup'),
    params: { employerId: of },
    body: { runId, seats, policy, payBy: 'stripe', invoiceTitle: null },
  })
const orders = async () =>
  (await readGroupOrders(world.table, employerId)).map(({ state, pools, holdUntil }) => ({ state, seats: seatsIn(pools), holdUntil }))
const sound = async () => {
  expect(await queueFaults(world)).toEqual([])
  expect((await checkBooks(world)).violations).toEqual([])
}

describe('a group that wants all of its seats at once', () => {
  test('is passed over while fewer are free, keeps its place, and gets all of them in one order held until it is paid', async () => {
    const { runId, inside, outside } = await soldOut(4, 2)
    const [single = '', walkIn = ''] = outside
    expect(await joins(runId, 3, 'together')).toMatchObject({ seats: 3, policy: 'together', place: 1 })
    await join(world, single, runId)
    await cancel(world, inside[0]?.personId ?? '', inside[0]?.enrollment ?? { id: '' })
    expect((await look(world, runId)).states).toBe('waiting offered')
    await cancel(world, inside[1]?.personId ?? '', inside[1]?.enrollment ?? { id: '' })
    // Two are not enough: they are for everybody.
    await cancel(world, inside[2]?.personId ?? '', inside[2]?.enrollment ?? { id: '' })
    await sweepQueue(world)
    expect(await look(world, runId)).toMatchObject({ states: 'waiting offered', accounts: { free: 2 } })
    expect(await told(join(world, walkIn, runId))).toBe('seats-free')
    await cancel(world, inside[3]?.personId ?? '', inside[3]?.enrollment ?? { id: '' })
    expect(await sweepQueue(world)).toMatchObject({ offered: 3 })
    expect(await look(world, runId)).toMatchObject({ states: 'accepted offered', accounts: { free: 0, held: 4 } })
    expect(await orders()).toEqual([{ state: 'awaiting-payment', seats: 3, holdUntil: plusMinutes(world.now(), offerMinutes) }])
    expect(await toldBy(world, 'group-offered', runId)).toEqual([manager.personId])
    expect(await told(buy(walkIn, runId))).toBe('sold-out')
    await sound()
  })

  test('gets new seats before everybody who came later, over all shards', async () => {
    const { run } = await makeRun(world, { capacity: 60, priceFen: 60_000 })
    const people = await makePeople(world, 61)
    for (const person of people.slice(0, 60)) await buy(person, run.id)
    await joins(run.id, 10, 'together')
    await join(world, people[60] ?? '', run.id)
    expect(await resize(world, run.id, 69)).toMatchObject({ offered: 1 })
    expect(await look(world, run.id)).toMatchObject({ states: 'waiting offered', accounts: { free: 8, blocked: 0 } })
    expect(await resize(world, run.id, 71)).toMatchObject({ offered: 10 })
    expect(await look(world, run.id)).toMatchObject({
      states: 'accepted offered',
      accounts: { free: 0, held: expect.any(Number) as number },
    })
    expect((await orders()).map(({ seats }) => seats)).toEqual([10])
    await sound()
  })
})

test('a group that takes seats as they come is served one by one in its turn, and its unpaid seats go on to the next', async () => {
  const { runId, inside, outside } = await soldOut(3, 1)
  const [single = ''] = outside
  await joins(runId, 2, 'as-they-come')
  await join(world, single, runId)
  await cancel(world, inside[0]?.personId ?? '', inside[0]?.enrollment ?? { id: '' })
  expect(await look(world, runId)).toMatchObject({ states: 'waiting waiting', accounts: { free: 0, held: 3 }, head: { waiting: 2 } })
  expect((await listGroupWaiting(world, { actor: manager, params: { employerId } })).places).toMatchObject([{ runId, seats: 1, place: 1 }])
  await cancel(world, inside[1]?.personId ?? '', inside[1]?.enrollment ?? { id: '' })
  expect((await look(world, runId)).states).toBe('accepted waiting')
  expect((await orders()).map(({ seats }) => seats)).toEqual([1, 1])
  const [before] = await readGroupOrders(world.table, employerId)
  const run = await readRun(world.table, runId)
  if (before === undefined || run === undefined) throw new Error('no group order')
  await endGroupOrder(world, undefined, { before, run, to: 'lapsed', by: 'system:test' })
  await releaseSeats(world, before.id)
  expect((await look(world, runId)).states).toBe('accepted offered')
  await sound()
})

test.each(['lapsed', 'cancelled'] as const)(
  'a group whose seat as it comes is not paid for (%s) waits no longer: the next has it',
  async (to) => {
    const { runId, inside, outside } = await soldOut(2, 1)
    const [single = ''] = outside
    await joins(runId, 2, 'as-they-come')
    await join(world, single, runId)
    await cancel(world, inside[0]?.personId ?? '', inside[0]?.enrollment ?? { id: '' })
    expect((await look(world, runId)).states).toBe('waiting waiting')
    const [before] = await readGroupOrders(world.table, employerId)
    const run = await readRun(world.table, runId)
    if (before === undefined || run === undefined) throw new Error('no group order')
    await endGroupOrder(world, undefined, { before, run, to, by: 'system:test' })
    await releaseSeats(world, before.id)
    const state = to === 'lapsed' ? 'lapsed' : 'declined'
    expect(await look(world, runId)).toMatchObject({ states: `${state} offered`, accounts: { free: 0, held: 2 }, head: { waiting: 0 } })
    expect(await orders()).toMatchObject([{ state: to, seats: 0 }])
    expect(await toldBy(world, 'offer-ended', runId)).toEqual(to === 'lapsed' ? [manager.personId] : [])
    expect((await listGroupWaiting(world, { actor: manager, params: { employerId } })).places).toEqual([])
    await sound()
  },
)

test('a group is passed over while its employer may hold no more, and leaves when it likes', async () => {
  world.limits = { ...world.limits, employerHolds: 1 }
  const { runId, inside, outside } = await soldOut(3, 1)
  await joins(runId, 2, 'as-they-come')
  await join(world, outside[0] ?? '', runId)
  for (const { personId, enrollment } of inside.slice(0, 2)) await cancel(world, personId, enrollment)
  expect(await look(world, runId)).toMatchObject({ states: 'waiting offered', head: { waiting: 1 } })
  expect((await orders()).map(({ seats }) => seats)).toEqual([1])
  const leaves = () =>
    leaveAsGroup(world, {
      actor: manager,
      command: command(`leave-group-${(commands += 1)}`, 'asked', 'leaveAsGroup'),
      params: { employerId, runId },
    })
  expect(await told(leaves())).toBe('done')
  expect(await told(leaves())).toBe('not-waiting')
  expect((await listGroupWaiting(world, { actor: manager, params: { employerId } })).places).toEqual([])
  await sound()
})

test('joining as a group is refused while enough seats are free, twice, for another employer, for more than there are', async () => {
  const { runId } = await soldOut(2, 0)
  const open = await makeRun(world, { capacity: 3, priceFen: 100, date: '2026-12-21' })
  const free = await makeRun(world, { capacity: 1, date: '2026-12-22' })
  expect(await told(joins(open.run.id, 3, 'together'))).toBe('seats-free')
  expect(await told(joins(open.run.id, 4, 'together'))).toBe('seats-not-enough')
  expect(await told(joins(free.run.id, 1, 'together'))).toBe('validation-failed')
  expect(await told(joins('run_01JD0000000000000000000009', 1, 'together'))).toBe('validation-failed')
  expect(await told(joins(runId, 1, 'together', manager, world.id('employer')))).toBe('not-found')
  expect(await told(joins(runId, 1, 'together'))).toBe('done')
  expect(await told(joins(runId, 2, 'as-they-come'))).toBe('already-waiting')
  await sound()
})

test('a place takes no more than it wants, there is, and its employer may hold', () => {
  const group = (seats: number, policy: GroupWish['policy']) => ({ group: { seats, policy } as GroupWish })
  expect(seatsTaken({ group: null }, 5, 0)).toBe(1)
  expect(seatsTaken(group(3, 'together'), 2, 9)).toBe(0)
  expect(seatsTaken(group(3, 'together'), 4, 9)).toBe(3)
  expect(seatsTaken(group(3, 'together'), 4, 2)).toBe(0)
  expect(seatsTaken(group(3, 'as-they-come'), 2, 9)).toBe(2)
  expect(seatsTaken(group(3, 'as-they-come'), 2, -1)).toBe(0)
})

test('who waits and gets a seat of her employer leaves the queue with it; a seat that was offered to her goes to the next', async () => {
  for (const offered of [true, false]) {
    const { run } = await makeRun(world, { capacity: 3, priceFen: 60_000, date: offered ? '2026-12-23' : '2026-12-24' })
    const firm = employerScene(world)
    const order = await firm.buy(run.id, 1)
    await firm.pay(order.id, order.totalFen)
    const [a = '', b = '', next = ''] = await makePeople(world, 3)
    const seat = await buy(a, run.id)
    await buy(b, run.id)
    const [staff = { personId: '', hash: '' }] = await makeStaff(world, 1)
    await join(world, staff.personId, run.id)
    await join(world, next, run.id)
    if (offered) await cancel(world, a, seat)
    const invitation = await firm.inviteHash(order.id, staff.hash)
    expect(await firm.answer(staff.personId, invitation)).toMatchObject({ state: 'accepted' })
    expect((await look(world, run.id)).states).toBe(offered ? 'declined offered' : 'left waiting')
    await sound()
  }
})
