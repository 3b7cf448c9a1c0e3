import type { Actor } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import type { Role } from '@skills/contract/route.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { freeSeats } from '@skills/core/enrollment/seats.ts'
import { seatsStory } from '@skills/functions/catalog/get-seats.ts'
import { listRoster } from '@skills/functions/roster/list-roster.ts'
import { stepCourse } from '@skills/functions/catalog/step-course.ts'
import { stepRun } from '@skills/functions/catalog/step-run.ts'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { testWorld, type TestWorld } from '../test-world.ts'
import { balanced, beforeTransactions, claim, evening, eventsIn, freshWorlds, importRows, runsIn } from './catalog-scene.ts'

const worlds = await freshWorlds('life')
afterAll(() => worlds.stop())

let world: TestWorld
beforeEach(async () => {
  world = await worlds.world()
})

const runs = () => runsIn(world)
async function theRun(): Promise<RunItem> {
  const [run] = await runs()
  if (run === undefined) throw new Error('no run')
  return run
}
const member = (organizationId: string, ...roles: Role[]): Actor => ({
  personId: world.id('person'),
  memberships: [{ organizationId, roles }],
})
const operator = () => member(platformId, 'platform:operator')
const command = (id: string, fingerprint = 'f') => ({ id, fingerprint, route: 'stepRun' as const })

/** The world with something happening right before its first transaction; unguarded, the seat heads take any change of their capacity. */
function interrupted(of: TestWorld, between: () => Promise<void>, guarded: boolean): TestWorld {
  let done = false
  return beforeTransactions(of, async ({ input }) => {
    if (!done) {
      done = true
      await between()
    }
    if (guarded) return
    for (const { Update: update } of input.TransactItems ?? [])
      if (update) update.ConditionExpression = update.ConditionExpression?.replace(/#?free >= :least/, '(attribute_exists(pk) OR $&)')
  })
}

describe('a change of capacity', () => {
  test('while seats are claimed never takes a seat that is sold', async () => {
    await importRows(world, [{ ...evening, capacity: '100' }])
    const run = await theRun()
    const claims = Promise.all(Array.from({ length: 60 }, () => claim(world, run)))
    const report = await importRows(testWorld(world.table, world.now(), 55), [{ ...evening, capacity: '40' }])
    const sold = (await claims).filter(Boolean).length
    const heads = await readHeads(world.table, run.run.id, run.shards)
    const capacity = (await theRun()).run.capacity
    expect(heads.reduce((sum, head) => sum + head.sold, 0)).toBe(sold)
    expect(heads.reduce((sum, head) => sum + head.capacity, 0)).toBe(capacity)
    expect(report.changed === 1 ? capacity === 40 && sold <= 40 : capacity === 100).toBe(true)
    expect(Math.min(...heads.map(({ free }) => free))).toBeGreaterThanOrEqual(0)
  })

  test('is judged anew when claims come between reading and writing; the control without its condition breaks the books', async () => {
    const rounds = [
      { claims: 20, guarded: true, expected: { changed: 1, capacity: 20, least: 0 } },
      { claims: 21, guarded: true, expected: { changed: 0, capacity: 50, least: 4 } },
      { claims: 40, guarded: false, expected: { changed: 1, capacity: 20, least: -25 } },
    ]
    for (const [place, { claims, guarded, expected }] of rounds.entries()) {
      const wanted = { ...evening, courseCode: `C-${place}`, runCode: `R-${place}`, capacity: '50' }
      await importRows(world, [wanted])
      const run = (await runs()).find((one) => one.run.code === wanted.runCode) as RunItem
      const between = async () => {
        for (let n = 0; n < claims; n += 1) await claim(world, run)
      }
      const report = await importRows(interrupted(world, between, guarded), [{ ...wanted, capacity: '20' }])
      const heads = await readHeads(world.table, run.run.id, run.shards)
      const capacity = heads.reduce((sum, head) => sum + head.capacity, 0)
      expect({ changed: report.changed, capacity, least: Math.min(...heads.map(({ free }) => free)) }).toEqual(expected)
      if (guarded) await balanced(world)
    }
    expect(violations(await scanTable(world.table), world.now())).not.toEqual([])
  })

  test('below what is taken is refused, in a dry run too; to what is taken it is done', async () => {
    await importRows(world, [{ ...evening, capacity: '50' }])
    const run = await theRun()
    for (let n = 0; n < 20; n += 1) await claim(world, run)
    for (const write of [false, true]) {
      const report = await importRows(world, [{ ...evening, capacity: '19' }], { write })
      expect(report.remarks).toMatchObject([{ row: 2, code: 'capacity-below-taken' }])
    }
    expect((await theRun()).run.capacity).toBe(50)
    expect((await importRows(world, [{ ...evening, capacity: '20' }])).changed).toBe(1)
    expect(freeSeats(await readHeads(world.table, run.run.id, run.shards))).toBe(0)
    expect((await importRows(world, [{ ...evening, capacity: '120' }])).changed).toBe(1)
    expect(freeSeats(await readHeads(world.table, run.run.id, run.shards))).toBe(100)
  })

  test('the control: a claim judged by the run as it was before finds no seat', async () => {
    await importRows(world, [evening])
    const before = await theRun()
    expect(await claim(world, before)).toBe(true)
    await importRows(world, [{ ...evening, capacity: '158' }])
    expect(await claim(world, before)).toBe(false)
    expect(await claim(world, await theRun())).toBe(true)
  })
})

describe('stepping', () => {
  test('only the own provider and operators see that there is a run', async () => {
    await importRows(world, [evening])
    const { run } = await theRun()
    const step = (actor: Actor, key: string) =>
      stepRun(world, { actor, command: command(key), params: { runId: run.id }, body: { to: 'registration-closed' } })
    const stranger = member(world.id('provider'), 'provider:manager')
    const registrar = member(run.providerId, 'provider:registrar')
    for (const actor of [stranger, registrar]) await expect(step(actor, actor.personId)).rejects.toMatchObject({ code: 'not-found' })
    expect(await step(member(run.providerId, 'provider:manager'), 'a')).toEqual({ runId: run.id, state: 'registration-closed' })
    await expect(step(operator(), 'b')).rejects.toMatchObject({
      code: 'illegal-transition',
      members: { current: 'registration-closed', allowed: ['registration-open', 'cancelled'] },
    })
  })

  test('a repeated command gets its first answer, and another request with its key is refused', async () => {
    await importRows(world, [evening])
    const { run } = await theRun()
    const actor = operator()
    const step = (to: 'cancelled' | 'registration-open', fingerprint: string) =>
      stepRun(world, { actor, command: command('k', fingerprint), params: { runId: run.id }, body: { to } })
    expect(await step('cancelled', 'f')).toEqual({ runId: run.id, state: 'cancelled' })
    expect(await step('cancelled', 'f')).toEqual({ runId: run.id, state: 'cancelled' })
    await expect(step('registration-open', 'g')).rejects.toMatchObject({ code: 'idempotency-key-reused' })
    expect(await eventsIn(world)).toEqual(['run-cancelled'])
    expect(await seatsStory(world)({ query: { runs: [run.id] } })).toMatchObject({ seats: [{ registration: 'cancelled' }] })
    await balanced(world)
  })

  test('ten managers cancel at once: one does, nine hear that it is done, one event leaves', async () => {
    await importRows(world, [evening])
    const { run } = await theRun()
    const tries = Array.from({ length: 10 }, (_, n) =>
      stepRun(world, { actor: operator(), command: command(`k${n}`), params: { runId: run.id }, body: { to: 'cancelled' } }),
    )
    const settled = await Promise.allSettled(tries)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of settled) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'illegal-transition' })
    expect(await eventsIn(world)).toEqual(['run-cancelled'])
  })

  test('a course is withdrawn by its own manager only; a second later its runs take no registrations', async () => {
    await importRows(world, [evening])
    const { run } = await theRun()
    const seats = seatsStory(world)
    await seats({ query: { runs: [run.id] } })
    const step = (actor: Actor, key: string) =>
      stepCourse(world, {
        actor,
        command: { ...command(key), route: 'stepCourse' },
        params: { courseId: run.courseId },
        body: { to: 'withdrawn' },
      })
    await expect(step(member(world.id('provider'), 'provider:manager'), 'a')).rejects.toMatchObject({ code: 'not-found' })
    expect(await step(member(run.providerId, 'provider:manager'), 'b')).toEqual({ courseId: run.courseId, state: 'withdrawn' })
    // The claim's rule: what would be open is closed.
    expect((await seats({ query: { runs: [run.id] } })).seats).toMatchObject([{ registration: 'open' }])
    world.moveTo('2026-12-01T02:00:01.001Z')
    expect((await seats({ query: { runs: [run.id] } })).seats).toMatchObject([{ registration: 'closed' }])
    await expect(step(operator(), 'c')).rejects.toMatchObject({
      code: 'illegal-transition',
      members: { current: 'withdrawn', allowed: ['published'] },
    })
    await balanced(world)
  })
})

describe('asking', () => {
  test('seats left: unknown runs and drafts are left out, a second later the number is new', async () => {
    await importRows(world, [evening, { ...evening, runCode: 'D', runState: '草稿' }])
    const all = await runs()
    const ids = [...all.map(({ run }) => run.id), world.id('run')]
    const open = all.find(({ run }) => run.state !== 'draft') as RunItem
    const seats = seatsStory(world)
    const ask = async () => (await seats({ query: { runs: ids } })).seats
    expect(await ask()).toEqual([{ runId: open.run.id, capacity: 157, free: 157, registration: 'open', asOf: world.now() }])
    await claim(world, open)
    expect((await ask())[0]?.free).toBe(157)
    world.moveTo('2026-12-01T02:00:02.000Z')
    expect((await ask())[0]?.free).toBe(156)
  })

  test('the roster comes in pages, masked, to the own provider', async () => {
    await importRows(world, [evening])
    const run = await theRun()
    for (let n = 0; n < 7; n += 1) await claim(world, run)
    const ask = (actor: Actor, after: string | undefined) =>
      listRoster(world, { actor, params: { runId: run.run.id }, page: { limit: 3, after } })
    await expect(ask(member(world.id('provider'), 'provider:manager'), undefined)).rejects.toMatchObject({ code: 'not-found' })
    const instructor = member(run.run.providerId, 'provider:instructor')
    const seen: string[] = []
    let after: string | undefined
    let pages = 0
    do {
      const page = await ask(instructor, after)
      for (const line of page.items) seen.push(line.enrollmentId)
      expect(page.items.every(({ maskedName, state }) => maskedName === '张*' && state === 'active')).toBe(true)
      after = page.next ?? undefined
      pages += 1
    } while (after !== undefined)
    expect([seen.length, new Set(seen).size, pages]).toEqual([7, 7, 3])
  })
})
