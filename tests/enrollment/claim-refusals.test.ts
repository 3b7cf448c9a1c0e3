import { Refusal } from '@skills/contract/refusals.ts'
import type { Run } from '@skills/contract/catalog.ts'
import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import { checkBooks } from '@skills/core/books/books.table.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { checkClaim } from '@skills/functions/enrollment/check-claim.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { listMyEnrollments } from '@skills/functions/enrollment/list-my-enrollments.ts'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { actor, command, makePeople, makeRun, quoteSecret } from './claim-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
let calls = 0
const start = '2026-12-01T02:00:00.000Z'
beforeAll(async () => {
  const started = await startTable('claim-refusals')
  stop = started.stop
  world = testWorld(started.table, start)
})
afterAll(() => stop())
beforeEach(() => world.moveTo(start))

const claim = (person: string, runId: string, body: { healthCommitment?: true } = {}) =>
  claimSeat(
    { world: world, memory: seatMemory(world), quoteSecret },
    { actor: actor(person), command: command(`rules-${(calls += 1)}`), params: { runId }, body },
  )
const cancel = (person: string, enrollmentId: string) =>
  cancelEnrollment(world, {
    actor: actor(person),
    command: command(`cancel-${(calls += 1)}`, 'asked', 'cancelEnrollment'),
    params: { enrollmentId },
  })
const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no refusal',
    (error: unknown) => {
      if (error instanceof Refusal) return error
      throw error
    },
  ) as Promise<Refusal>
const one = async (facts: Record<string, unknown> = {}) => (await makePeople(world, 1, facts))[0] ?? ''

describe('a claim is refused, each time with its own code', () => {
  it('before registration opens, with the instant', async () => {
    const { run } = await makeRun(world)
    world.moveTo(plusMinutes(run.opensAt, -1))
    expect(await refusalOf(claim(await one(), run.id))).toMatchObject({ code: 'registration-not-open', members: { opensAt: run.opensAt } })
    world.moveTo(run.opensAt)
    await expect(claim(await one(), run.id)).resolves.toMatchObject({ state: 'active' })
  })
  it('from the instant registration closes', async () => {
    const { run } = await makeRun(world)
    const person = await one()
    world.moveTo(run.closesAt)
    expect(await refusalOf(claim(person, run.id))).toMatchObject({ code: 'registration-closed', members: { closesAt: run.closesAt } })
  })
  it('when registration was closed early, or the run is cancelled or a draft or unknown', async () => {
    const person = await one()
    const of = async (state: 'registration-closed' | 'cancelled' | 'draft') =>
      (await refusalOf(claim(person, (await makeRun(world, { state })).run.id))).code
    expect(await of('registration-closed')).toBe('registration-closed')
    expect(await of('cancelled')).toBe('run-cancelled')
    expect(await of('draft')).toBe('not-found')
    expect((await refusalOf(claim(person, world.id('run')))).code).toBe('not-found')
  })
  it('when its course was withdrawn or is a draft', async () => {
    const person = await one()
    const of = async (state: string) => {
      const { run } = await makeRun(world)
      const key = keys.course.key(run.courseId)
      const item = await readItem(world.table, key)
      await world.table.client.send(
        new PutCommand({ TableName: world.table.name, Item: { ...item, course: { ...(item?.['course'] as object), state } } }),
      )
      return (await refusalOf(claim(person, run.id))).code
    }
    expect(await of('withdrawn')).toBe('registration-closed')
    expect(await of('draft')).toBe('not-found')
  })
  it('when the person has a seat, and when the times overlap, naming the other run', async () => {
    const person = await one()
    const { run, title } = await makeRun(world, { date: '2026-12-20', from: '18:30', to: '20:30' })
    await claim(person, run.id)
    expect((await refusalOf(claim(person, run.id))).code).toBe('already-enrolled')
    const late = await makeRun(world, { date: '2026-12-20', from: '20:00', to: '21:00' })
    expect(await refusalOf(claim(person, late.run.id))).toMatchObject({
      code: 'schedule-overlap',
      members: { with: title, runId: run.id, startsAt: instantOf('2026-12-20', '18:30') },
    })
    const next = await makeRun(world, { date: '2026-12-20', from: '20:30', to: '21:30' })
    await expect(claim(person, next.run.id)).resolves.toMatchObject({ state: 'active' })
  })
  it('when the profile is not complete, naming the fields, and when the identity notice was not accepted', async () => {
    const { run } = await makeRun(world)
    expect(await refusalOf(claim(await one({ missing: ['mobile'] }), run.id))).toMatchObject({
      code: 'profile-incomplete',
      members: { fields: ['mobile'] },
    })
    const person = await one()
    await world.table.client.send(
      new PutCommand({ TableName: world.table.name, Item: { ...keys.consent.key(person, 'identity'), given: false, version: 'old' } }),
    )
    expect((await refusalOf(claim(person, run.id))).code).toBe('consent-required')
  })
  it('when it has a price and none was quoted', async () => {
    const { run } = await makeRun(world, { priceFen: 100 })
    expect((await refusalOf(claim(await one(), run.id))).code).toBe('quote-needed')
  })
  it('by age on the first day, to the day', async () => {
    const { run } = await makeRun(world, { date: '2026-12-20', conditions: [{ kind: 'age', min: 18, max: 60 }] })
    const outcome = async (bornOn: string) => {
      const result = await refusalOf(claim(await one({ bornOn }), run.id))
      return typeof result === 'string' ? 'seat' : (result.members['reasons'] as { zh: string }).zh
    }
    expect(await outcome('2008-12-20')).toBe('seat')
    expect(await outcome('2008-12-21')).toBe('开课当天须年满 18 周岁')
    expect(await outcome('1965-12-21')).toBe('seat')
    expect(await outcome('1965-12-20')).toBe('开课当天不得超过 60 周岁')
  })
  it('by education, certificate and health commitment, saying all that is missing at once', async () => {
    const { run } = await makeRun(world, {
      conditions: [
        { kind: 'education', atLeast: 'junior-middle' },
        { kind: 'certificate', trade: 'cook', level: 'level-4' },
        { kind: 'health-commitment' },
      ],
    })
    const refused = await refusalOf(claim(await one({ education: 'primary', certificates: [{ trade: 'cook', level: 'level-5' }] }), run.id))
    expect(refused).toMatchObject({ code: 'condition-not-met', members: { conditions: ['education', 'certificate', 'health-commitment'] } })
    await expect(
      claim(await one({ education: 'junior-middle', certificates: [{ trade: 'cook', level: 'level-3' }] }), run.id, {
        healthCommitment: true,
      }),
    ).resolves.toMatchObject({ state: 'active' })
  })
  it('when it is sold out; a seat given back can be claimed again, also by who gave it back', async () => {
    const { run } = await makeRun(world, { capacity: 1 })
    const [first, second] = [await one(), await one()]
    const seat = await claim(first, run.id)
    expect((await refusalOf(claim(second, run.id))).code).toBe('sold-out')
    await cancel(first, seat.id)
    const again = await claim(first, run.id)
    expect(again.id).not.toBe(seat.id)
    await cancel(first, again.id)
    await expect(claim(second, run.id)).resolves.toMatchObject({ state: 'active' })
  })
})

describe('when a provider changes what a person has a seat in', () => {
  const rewrite = async (runId: string, change: (run: Run) => Run) => {
    const item = await readItem(world.table, keys.run.key(runId))
    await world.table.client.send(new PutCommand({ TableName: world.table.name, Item: { ...item, run: change(item?.['run'] as Run) } }))
  }
  const moved = (date: string) => (run: Run) => ({
    ...run,
    meetings: run.meetings.map((meeting) => ({ ...meeting, startsAt: instantOf(date, '18:30'), endsAt: instantOf(date, '20:30') })),
  })

  it('a cancelled run gives its hours back, also when it is left later', async () => {
    const person = await one()
    const [first, second] = [await makeRun(world, { date: '2026-12-22' }), await makeRun(world, { date: '2026-12-22' })]
    const seat = await claim(person, first.run.id)
    expect((await refusalOf(claim(person, second.run.id))).code).toBe('schedule-overlap')
    await rewrite(first.run.id, (run) => ({ ...run, state: 'cancelled' }))
    await expect(claim(person, second.run.id)).resolves.toMatchObject({ state: 'active' })
    await expect(cancel(person, seat.id)).resolves.toMatchObject({ state: 'cancelled' })
  })
  it('a moved run is judged where it is now', async () => {
    const person = await one()
    const [first, old, next] = [
      await makeRun(world, { date: '2026-12-23' }),
      await makeRun(world, { date: '2026-12-23' }),
      await makeRun(world, { date: '2026-12-26' }),
    ]
    await claim(person, first.run.id)
    await rewrite(first.run.id, moved('2026-12-26'))
    expect((await refusalOf(claim(person, next.run.id))).code).toBe('schedule-overlap')
    await expect(claim(person, old.run.id)).resolves.toMatchObject({ state: 'active' })
  })
})

describe('what is sold out in memory', () => {
  it('tells a winner who asks again the truth, and everybody after a second', async () => {
    const { run } = await makeRun(world, { capacity: 1 })
    const [winner, loser] = [await one(), await one()]
    const memory = seatMemory(world)
    const ask = (person: string, key: string) =>
      claimSeat(
        { world: world, memory: memory, quoteSecret },
        { actor: actor(person), command: command(key), params: { runId: run.id }, body: {} },
      )
    const seat = await ask(winner, 'memory-winner')
    expect((await refusalOf(ask(loser, 'memory-loser'))).code).toBe('sold-out')
    expect(await memory.knowsSoldOut(run.id, loser)).toBe(true)
    expect(await ask(winner, 'memory-winner')).toEqual(seat)
    expect((await refusalOf(ask(winner, 'memory-other-key'))).code).toBe('already-enrolled')
    await cancel(winner, seat.id)
    world.moveTo(plusMinutes(start, 1))
    await expect(ask(loser, 'memory-later')).resolves.toMatchObject({ state: 'active' })
  })
})

describe('giving a seat back', () => {
  it('is possible until the run says so, to the minute, and not again after', async () => {
    const { run } = await makeRun(world, { date: '2026-12-20' })
    const person = await one()
    const seat = await claim(person, run.id)
    const until = plusMinutes(run.meetings[0]?.startsAt ?? '', -24 * 60)
    world.moveTo(plusMinutes(until, 1))
    expect(await refusalOf(cancel(person, seat.id))).toMatchObject({ code: 'cancellation-closed', members: { until } })
    world.moveTo(until)
    await expect(cancel(person, seat.id)).resolves.toMatchObject({ state: 'cancelled', cancelledAt: until })
    expect(await refusalOf(cancel(person, seat.id))).toMatchObject({
      code: 'illegal-transition',
      members: { current: 'cancelled', allowed: [] },
    })
  })
  it('is nobody else’s business', async () => {
    const { run } = await makeRun(world)
    const [owner, other] = [await one(), await one()]
    const seat = await claim(owner, run.id)
    expect((await refusalOf(cancel(other, seat.id))).code).toBe('not-found')
    expect((await readItem(world.table, keys.guard.key(owner, run.id)))?.['state']).toBe('active')
  })
  it('answers a repeated command with the first answer', async () => {
    const { run } = await makeRun(world)
    const person = await one()
    const seat = await claim(person, run.id)
    const twice = { actor: actor(person), command: command('cancel-twice', 'asked', 'cancelEnrollment'), params: { enrollmentId: seat.id } }
    expect(await cancelEnrollment(world, twice)).toEqual(await cancelEnrollment(world, twice))
  })
})

describe('before the button and after', () => {
  it('the check says what the claim would say', async () => {
    const { run } = await makeRun(world, { conditions: [{ kind: 'age', min: 50 }, { kind: 'health-commitment' }] })
    const person = await one({ missing: ['residentId'], bornOn: null })
    const check = await checkClaim(world, { actor: actor(person), params: { runId: run.id } })
    expect(check).toMatchObject({ free: 30, needsHealthCommitment: true, enrollment: null })
    expect(check.obstacles).toMatchObject([{ code: 'profile-incomplete', detail: { zh: '请先在个人信息里补全：身份证号。' } }])
    const young = await one()
    expect((await checkClaim(world, { actor: actor(young), params: { runId: run.id } })).obstacles.map(({ code }) => code)).toEqual([
      'condition-not-met',
    ])
  })
  it('my learning lists by pages, newest first, with the phase and until when a seat can be given back', async () => {
    const person = await one()
    const days = ['2026-12-10', '2026-12-11', '2026-12-12']
    for (const date of days) {
      const { run } = await makeRun(world, { date })
      await claim(person, run.id)
      world.moveTo(plusMinutes(world.now(), 1))
    }
    const first = await listMyEnrollments(world, { actor: actor(person), page: { limit: 2, after: undefined } })
    const second = await listMyEnrollments(world, { actor: actor(person), page: { limit: 2, after: first.next ?? '' } })
    const dates = [...first.items, ...second.items].map(({ run }) => run.meetings[0]?.startsAt.slice(0, 10))
    expect(dates).toEqual([...days].reverse())
    expect(second.next).toBeNull()
    expect(first.items[0]).toMatchObject({ phase: 'upcoming', cancelUntil: instantOf('2026-12-11', '18:30') })
    world.moveTo(instantOf('2026-12-11', '19:00'))
    const later = await listMyEnrollments(world, { actor: actor(person), page: { limit: 5, after: undefined } })
    expect(later.items.map(({ phase, cancelUntil }) => [phase, cancelUntil === null])).toEqual([
      ['upcoming', true],
      ['running', true],
      ['past', true],
    ])
  })
  it('leaves books that add up', async () => {
    // T1 aside: nobody empties the outbox here, and some of these claims were made days before this clock.
    expect((await checkBooks(world)).violations.filter(({ code }) => code !== 'T1')).toEqual([])
  })
})
