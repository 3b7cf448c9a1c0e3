import { plusMinutes } from '@skills/contract/time.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import { offerMinutes } from '@skills/core/waitlist/waitlist.ts'
import { checkClaim } from '@skills/functions/enrollment/check-claim.ts'
import { changeCapacity } from '@skills/functions/waitlist/change-capacity.ts'
import { getMyPlace } from '@skills/functions/waitlist/get-my-place.ts'
import { listMyWaiting } from '@skills/functions/waitlist/list-my-waiting.ts'
import { sweepQueue } from '@skills/functions/waitlist/sweep-queue.ts'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { evening, freshWorlds, importRows, runsIn } from '../catalog/catalog-scene.ts'
import { actor, command, makePeople, makeRun } from '../enrollment/claim-scene.ts'
import type { TestWorld } from '../test-world.ts'
import { cancel, claim, interrupted, join, leave, look, queueFaults, resize, told, toldBy, unguarded } from './waitlist-scene.ts'

const worlds = await freshWorlds('queue')
afterAll(() => worlds.stop())
let world: TestWorld
beforeEach(async () => {
  world = await worlds.world()
})

/** A run that is sold out, with who has its seats and who comes later. */
async function soldOut(seats: number, later: number, wishes: Parameters<typeof makeRun>[1] = {}) {
  const { run } = await makeRun(world, { capacity: seats, ...wishes })
  const people = await makePeople(world, seats + later)
  const inside = await Promise.all(
    people.slice(0, seats).map(async (personId) => ({ personId, enrollment: await claim(world, personId, run.id) })),
  )
  return { runId: run.id, inside, outside: people.slice(seats) }
}
const sound = async () => expect(await queueFaults(world)).toEqual([])
const place = async (personId: string, runId: string) => (await getMyPlace(world, { actor: actor(personId), params: { runId } })).entry

describe('joining', () => {
  test('is refused while a seat is free, gives numbers in order, counts those before, and happens once', async () => {
    const { runId, inside, outside } = await soldOut(2, 3)
    const [a = '', b = '', c = ''] = outside
    const { run } = await makeRun(world, { capacity: 1, date: '2026-12-21' })
    expect(await told(join(world, a, run.id))).toBe('seats-free')
    expect(await join(world, a, runId)).toMatchObject({ entry: { state: 'waiting', place: 1 }, waiting: 1 })
    expect(await join(world, b, runId)).toMatchObject({ entry: { place: 2 }, waiting: 2 })
    expect(await told(join(world, a, runId))).toBe('already-waiting')
    expect(await told(join(world, inside[0]?.personId ?? '', runId))).toBe('already-enrolled')
    const key = command('same-join', 'asked', 'joinWaitlist')
    const first = await join(world, c, runId, key)
    expect(await join(world, c, runId, key)).toEqual(first)
    await leave(world, a, runId)
    expect((await place(b, runId))?.place).toBe(1)
    expect((await place(c, runId))?.place).toBe(2)
    expect(await place(a, runId)).toBeNull()
    expect(await told(leave(world, a, runId))).toBe('not-waiting')
    expect((await join(world, a, runId)).entry?.place).toBe(3)
    const { entries } = await listMyWaiting(world, { actor: actor(a) })
    expect(entries).toMatchObject([{ runId, state: 'waiting', place: 3 }])
    await sound()
  })

  test('is judged as a claim: overlap, conditions, profile, window', async () => {
    const { run } = await makeRun(world, { capacity: 1, conditions: [{ kind: 'age', max: 40 }] })
    const [seat = ''] = await makePeople(world, 1)
    const [old = ''] = await makePeople(world, 1, { bornOn: '1970-01-01' })
    const [bare = ''] = await makePeople(world, 1, { missing: ['mobile'] })
    const [busy = ''] = await makePeople(world, 1)
    await claim(world, seat, run.id)
    const other = await makeRun(world, { date: '2026-12-20', from: '19:00', to: '21:00' })
    await claim(world, busy, other.run.id)
    expect(await told(join(world, old, run.id))).toBe('condition-not-met')
    expect(await told(join(world, bare, run.id))).toBe('profile-incomplete')
    expect(await told(join(world, busy, run.id))).toBe('schedule-overlap')
    expect(await told(join(world, seat, 'run_01JD0000000000000000000009'))).toBe('not-found')
    world.moveTo(plusMinutes(run.closesAt, -59))
    const [late = ''] = await makePeople(world, 1)
    expect(await told(join(world, late, run.id))).toBe('waitlist-closed')
    world.moveTo(run.closesAt)
    expect(await told(join(world, late, run.id))).toBe('registration-closed')
  })

  test('at the very moment a seat is freed is told to claim it; without the condition on the head she waits beside a free seat', async () => {
    for (const guarded of [true, false]) {
      const { runId, inside, outside } = await soldOut(1, 1, { date: guarded ? '2026-12-22' : '2026-12-23' })
      const [first] = inside
      const [late = ''] = outside
      if (first === undefined) throw new Error('nobody is inside')
      const meanwhile = interrupted(guarded ? world : unguarded(world), () => cancel(world, first.personId, first.enrollment))
      expect(await told(join(meanwhile, late, runId))).toBe(guarded ? 'seats-free' : 'done')
      const stranded = (await queueFaults(world)).filter((fault) => fault.includes('free beside'))
      expect(stranded).toHaveLength(guarded ? 0 : 1)
    }
  })

  test('before the seat is freed for everybody gets it; without the condition on the head it is freed beside her', async () => {
    for (const guarded of [true, false]) {
      const { runId, inside, outside } = await soldOut(1, 1, { date: guarded ? '2026-12-22' : '2026-12-23' })
      const [first] = inside
      const [late = ''] = outside
      if (first === undefined) throw new Error('nobody is inside')
      const meanwhile = interrupted(guarded ? world : unguarded(world), () => join(world, late, runId))
      await cancel(meanwhile, first.personId, first.enrollment)
      expect((await look(world, runId)).states).toBe(guarded ? 'offered' : 'waiting')
      expect((await queueFaults(world)).filter((fault) => fault.includes('free beside'))).toHaveLength(guarded ? 0 : 1)
    }
  })
})

describe('a freed seat', () => {
  test('is held for the first who waits, nobody else can have it, and her claim takes it', async () => {
    const { runId, inside, outside } = await soldOut(2, 3)
    const [a = '', b = '', walkIn = ''] = outside
    await join(world, a, runId)
    await join(world, b, runId)
    await cancel(world, inside[0]?.personId ?? '', inside[0]?.enrollment ?? { id: '' })
    expect(await look(world, runId)).toMatchObject({ states: 'offered waiting', accounts: { free: 0, held: 1, sold: 1 } })
    expect(await toldBy(world, 'seat-offered', runId)).toEqual([a])
    for (const other of [walkIn, b]) expect(await told(claim(world, other, runId))).toBe('sold-out')
    const check = await checkClaim(world, { actor: actor(a), params: { runId } })
    expect(check.obstacles).toEqual([])
    expect((await place(a, runId))?.offerUntil).toBe(plusMinutes(world.now(), offerMinutes))
    expect(await claim(world, a, runId)).toMatchObject({ state: 'active' })
    expect(await look(world, runId)).toMatchObject({ states: 'accepted waiting', accounts: { free: 0, held: 0, sold: 2 } })
    await sound()
  })

  test('that is declined, or not taken in time, goes to the next in the same transaction, and to everybody after the last', async () => {
    const { runId, inside, outside } = await soldOut(1, 3)
    const [a = '', b = '', walkIn = ''] = outside
    await join(world, a, runId)
    await join(world, b, runId)
    await cancel(world, inside[0]?.personId ?? '', inside[0]?.enrollment ?? { id: '' })
    await leave(world, a, runId)
    expect((await look(world, runId)).states).toBe('declined offered')
    expect(await toldBy(world, 'offer-ended', runId)).toEqual([])
    const until = plusMinutes(world.now(), offerMinutes)
    world.moveTo(plusMinutes(until, -1))
    expect((await sweepQueue(world)).lapsed).toBe(0)
    world.moveTo(until)
    // The sweep may be late: the offer is over all the same.
    expect(await place(b, runId)).toBeNull()
    expect(await told(leave(world, b, runId))).toBe('not-waiting')
    expect((await sweepQueue(world)).lapsed).toBe(1)
    expect((await sweepQueue(world)).lapsed).toBe(0)
    expect(await look(world, runId)).toMatchObject({ states: 'declined lapsed', accounts: { free: 1, held: 0 } })
    expect(await toldBy(world, 'offer-ended', runId)).toEqual([b])
    expect(await told(claim(world, walkIn, runId))).toBe('done')
    await sound()
  })

  test('whose offer has just ended unswept is the next one’s, also when the late one claims', async () => {
    const { runId, inside, outside } = await soldOut(1, 2)
    const [a = '', b = ''] = outside
    await join(world, a, runId)
    await join(world, b, runId)
    await cancel(world, inside[0]?.personId ?? '', inside[0]?.enrollment ?? { id: '' })
    world.moveTo(plusMinutes(world.now(), offerMinutes))
    expect(await told(claim(world, a, runId))).toBe('sold-out')
    expect((await look(world, runId)).states).toBe('lapsed offered')
    expect(await told(claim(world, b, runId))).toBe('done')
    await sound()
  })

  test('passes over who can no longer take it, and tells her', async () => {
    const { runId, inside, outside } = await soldOut(1, 2)
    const [a = '', b = ''] = outside
    await join(world, a, runId)
    await join(world, b, runId)
    const other = await makeRun(world, { date: '2026-12-20', from: '19:00', to: '21:00' })
    await claim(world, a, other.run.id)
    await cancel(world, inside[0]?.personId ?? '', inside[0]?.enrollment ?? { id: '' })
    expect((await look(world, runId)).states).toBe('skipped offered')
    expect(await toldBy(world, 'waiting-skipped', runId)).toEqual([a])
    await sound()
  })

  test('is offered no longer than registration lasts, and not at all in its last hour', async () => {
    const { runId, inside, outside } = await soldOut(2, 2)
    const closesAt = (await readRun(world.table, runId))?.run.closesAt ?? ''
    const [a = '', b = ''] = outside
    await join(world, a, runId)
    await join(world, b, runId)
    world.moveTo(plusMinutes(closesAt, -90))
    await cancel(world, inside[0]?.personId ?? '', inside[0]?.enrollment ?? { id: '' })
    expect((await look(world, runId)).entries[0]?.offerUntil).toBe(closesAt)
    world.moveTo(plusMinutes(closesAt, -59))
    await cancel(world, inside[1]?.personId ?? '', inside[1]?.enrollment ?? { id: '' })
    expect(await look(world, runId)).toMatchObject({ states: 'offered waiting', accounts: { free: 1, held: 1 } })
    expect((await sweepQueue(world)).closed).toBe(1)
    expect(await toldBy(world, 'waiting-closed', runId)).toEqual([b])
    expect((await look(world, runId)).states).toBe('offered closed')
    world.moveTo(closesAt)
    await sweepQueue(world)
    expect(await look(world, runId)).toMatchObject({ states: 'lapsed closed', accounts: { free: 2, held: 0 } })
    await sound()
  })
})

describe('a queue whose run', () => {
  test.each(['cancelled', 'registration-closed'] as const)('is %s closes: offers end, who waits is told', async (state) => {
    const { runId, inside, outside } = await soldOut(2, 3)
    for (const person of outside) await join(world, person, runId)
    await cancel(world, inside[0]?.personId ?? '', inside[0]?.enrollment ?? { id: '' })
    const before = await readRun(world.table, runId)
    if (before === undefined) throw new Error('no run')
    await changeRun(world, { before, run: { ...before.run, state }, by: 'system:test', action: `step to ${state}` }, null)
    expect((await sweepQueue(world)).closed).toBe(3)
    expect(await look(world, runId)).toMatchObject({ states: 'closed closed closed', accounts: { free: 1, held: 0, sold: 1 } })
    expect((await toldBy(world, 'waiting-closed', runId)).sort()).toEqual([...outside].sort())
    expect((await readItem(world.table, keys.waitlist.key(runId)))?.['dueAt']).toBeUndefined()
    await sound()
  })
})

describe('a change of capacity', () => {
  test('gives new seats to those who wait first, the rest is free, and takes only free seats away', async () => {
    const { runId, outside } = await soldOut(2, 4)
    for (const person of outside.slice(0, 2)) await join(world, person, runId)
    expect(await resize(world, runId, 5)).toEqual({ runId, capacity: 5, offered: 2 })
    expect(await look(world, runId)).toMatchObject({ states: 'offered offered', accounts: { free: 1, held: 2, sold: 2, blocked: 0 } })
    expect(await told(resize(world, runId, 3))).toBe('capacity-too-small')
    expect(await resize(world, runId, 4)).toMatchObject({ offered: 0 })
    expect(await told(resize(world, runId, 4))).toBe('done')
    await sound()
  })

  test('by somebody who is not of its provider meets nothing', async () => {
    const { runId } = await soldOut(1, 0)
    const other = {
      personId: world.id('person'),
      memberships: [{ organizationId: world.id('provider'), roles: ['provider:manager' as const] }],
    }
    expect(await told(changeCapacity(world, { actor: other, params: { runId }, body: { capacity: 9 } }))).toBe('not-found')
  })

  test('that stops half way keeps the seats from everybody else, and the sweep goes on', async () => {
    const { runId, outside } = await soldOut(2, 4)
    for (const person of outside.slice(0, 3)) await join(world, person, runId)
    const before = await readRun(world.table, runId)
    if (before === undefined) throw new Error('no run')
    await changeRun(world, { before, run: { ...before.run, capacity: 6 }, by: 'system:test', action: 'change capacity' }, null)
    expect(await look(world, runId)).toMatchObject({ states: 'waiting waiting waiting', accounts: { free: 1, blocked: 3 } })
    // Who goes leaves a seat that is free for all in the end.
    await leave(world, outside[1] ?? '', runId)
    expect(await sweepQueue(world)).toMatchObject({ offered: 2 })
    expect(await look(world, runId)).toMatchObject({ states: 'offered left offered', accounts: { free: 2, held: 2, blocked: 0 } })
    await sound()
  })
})

test('an import that adds seats feeds the queue first', async () => {
  await importRows(world, [{ ...evening, capacity: '2' }])
  const [before] = await runsIn(world)
  const runId = before?.run.id ?? ''
  const [a = '', b = '', c = '', walkIn = ''] = await makePeople(world, 4)
  for (const person of [a, b]) await claim(world, person, runId)
  await join(world, c, runId)
  await importRows(world, [{ ...evening, capacity: '3' }])
  expect(await told(claim(world, walkIn, runId))).toBe('sold-out')
  expect(await sweepQueue(world)).toMatchObject({ offered: 1 })
  expect(await look(world, runId)).toMatchObject({ states: 'offered', accounts: { free: 0, held: 1, sold: 2, blocked: 0 } })
  await sound()
})
