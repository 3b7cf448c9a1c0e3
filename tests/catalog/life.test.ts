import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { Actor } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import type { Role } from '@skills/contract/route.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { readRunsOf } from '@skills/core/catalog/run.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { takeSeat } from '@skills/core/enrollment/enrollment.table.ts'
import { emptySchedule } from '@skills/core/enrollment/schedule.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { freeSeats, shardNames } from '@skills/core/enrollment/seats.ts'
import { leases } from '@skills/core/lease.ts'
import { seatsStory } from '@skills/functions/catalog/get-seats.ts'
import { listRoster } from '@skills/functions/catalog/list-roster.ts'
import { stepCourse } from '@skills/functions/catalog/step-course.ts'
import { stepRun } from '@skills/functions/catalog/step-run.ts'
import { sweepRuns } from '@skills/functions/catalog/sweep-runs.ts'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createTable, startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { evening, importRows } from './catalog-scene.ts'

const engine = await startTable()
afterAll(() => engine.stop())

let world: TestWorld
let tables = 0
beforeEach(async () => {
  tables += 1
  world = testWorld(await createTable(engine.endpoint, `life-${tables}`), '2026-12-01T02:00:00.000Z', tables)
})

async function runs(): Promise<RunItem[]> {
  const items = await scanTable(world.table)
  const courses = items.filter(({ pk, sk }) => pk.startsWith('COURSE#') && sk === 'COURSE').map(({ pk }) => pk.slice('COURSE#'.length))
  return (await Promise.all(courses.map((id) => readRunsOf(world.table, id)))).flat()
}
async function theRun(): Promise<RunItem> {
  const [run] = await runs()
  if (run === undefined) throw new Error('no run')
  return run
}
/** Takes a seat of any shard that has one; false when none has. */
async function claim(run: RunItem): Promise<boolean> {
  for (const shard of shardNames(run.shards)) {
    const outcome = await takeSeat(world, undefined, {
      personId: world.id('person'),
      maskedName: '张*',
      run,
      shard,
      schedule: emptySchedule,
      healthCommitment: false,
    })
    if ('answer' in outcome) return true
  }
  return false
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
  const send = async (request: TransactWriteCommand): Promise<unknown> => {
    if (!(request instanceof TransactWriteCommand)) return of.table.client.send(request)
    if (!done) {
      done = true
      await between()
    }
    if (!guarded) {
      for (const { Update: update } of request.input.TransactItems ?? [])
        if (update) update.ConditionExpression = update.ConditionExpression?.replace(/#?free >= :least/, '(attribute_exists(pk) OR $&)')
    }
    return of.table.client.send(request)
  }
  return { ...of, table: { name: of.table.name, client: { send } as unknown as TestWorld['table']['client'] } }
}

const balanced = async () => expect(violations(await scanTable(world.table), world.now())).toEqual([])
const events = async () =>
  (await scanTable(world.table)).filter(({ pk }) => pk.startsWith('OUTBOX#')).map((item) => (item['event'] as { type: string }).type)

describe('the sweep of runs', () => {
  test('moves what is due, once, and sweeps may overlap', async () => {
    const opening = Array.from({ length: 12 }, (_, n) => ({ ...evening, runCode: `R-${n}`, opens: '2026-12-02 09:00' }))
    await importRows(world, [...opening, { ...evening, runCode: 'DRAFT', runState: '草稿' }])
    expect(await sweepRuns(world)).toEqual({ due: 0, moved: 0 })
    world.moveTo('2026-12-02T01:00:00.000Z')
    const [one, other] = await Promise.all([sweepRuns(world), sweepRuns(testWorld(world.table, world.now(), 77))])
    expect(one.moved + other.moved).toBe(12)
    expect(await sweepRuns(world)).toEqual({ due: 0, moved: 0 })
    expect(Map.groupBy(await runs(), ({ run }) => run.state).get('registration-open')).toHaveLength(12)
    await balanced()
  })

  test('a sweep that comes late takes all steps that were due', async () => {
    await importRows(world, [evening])
    world.moveTo('2027-01-05T01:00:00.000Z')
    expect(await sweepRuns(world)).toEqual({ due: 1, moved: 1 })
    expect((await theRun()).run.state).toBe('running')
    world.moveTo('2027-01-07T00:00:00.000Z')
    await sweepRuns(world)
    expect((await theRun()).run.state).toBe('completed')
    expect(await sweepRuns(world)).toEqual({ due: 0, moved: 0 })
    await balanced()
  })
})

describe('a change of capacity', () => {
  test('while seats are claimed never takes a seat that is sold', async () => {
    await importRows(world, [{ ...evening, capacity: '100' }])
    const run = await theRun()
    const claims = Promise.all(Array.from({ length: 60 }, () => claim(run)))
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
        for (let n = 0; n < claims; n += 1) await claim(run)
      }
      const report = await importRows(interrupted(world, between, guarded), [{ ...wanted, capacity: '20' }])
      const heads = await readHeads(world.table, run.run.id, run.shards)
      const capacity = heads.reduce((sum, head) => sum + head.capacity, 0)
      expect({ changed: report.changed, capacity, least: Math.min(...heads.map(({ free }) => free)) }).toEqual(expected)
      if (guarded) await balanced()
    }
    expect(violations(await scanTable(world.table), world.now())).not.toEqual([])
  })

  test('below what is taken is refused, in a dry run too; to what is taken it is done', async () => {
    await importRows(world, [{ ...evening, capacity: '50' }])
    const run = await theRun()
    for (let n = 0; n < 20; n += 1) await claim(run)
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
    expect(await claim(before)).toBe(true)
    await importRows(world, [{ ...evening, capacity: '158' }])
    expect(await claim(before)).toBe(false)
    expect(await claim(await theRun())).toBe(true)
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
    expect(await events()).toEqual(['run-cancelled'])
    expect(await seatsStory(world)({ query: { runs: [run.id] } })).toMatchObject({ seats: [{ registration: 'cancelled' }] })
    await balanced()
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
    expect(await events()).toEqual(['run-cancelled'])
  })

  test('a course is withdrawn by its own manager only', async () => {
    await importRows(world, [evening])
    const { run } = await theRun()
    const step = (actor: Actor, key: string) =>
      stepCourse(world, {
        actor,
        command: { ...command(key), route: 'stepCourse' },
        params: { courseId: run.courseId },
        body: { to: 'withdrawn' },
      })
    await expect(step(member(world.id('provider'), 'provider:manager'), 'a')).rejects.toMatchObject({ code: 'not-found' })
    expect(await step(member(run.providerId, 'provider:manager'), 'b')).toEqual({ courseId: run.courseId, state: 'withdrawn' })
    await expect(step(operator(), 'c')).rejects.toMatchObject({
      code: 'illegal-transition',
      members: { current: 'withdrawn', allowed: ['published'] },
    })
    await balanced()
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
    await claim(open)
    expect((await ask())[0]?.free).toBe(157)
    world.moveTo('2026-12-01T02:00:02.000Z')
    expect((await ask())[0]?.free).toBe(156)
  })

  test('the roster comes in pages, masked, to the own provider', async () => {
    await importRows(world, [evening])
    const run = await theRun()
    for (let n = 0; n < 7; n += 1) await claim(run)
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

describe('a lease', () => {
  test('lets one of many start, answers repetitions, tells a reused key, and can be given back', async () => {
    const asked = { ...command('import'), route: 'importCatalog' as const }
    const begun = await Promise.all(Array.from({ length: 10 }, () => leases<{ status: number }>(world).begin(asked)))
    expect(begun.filter((one) => one === 'started')).toHaveLength(1)
    expect(begun.filter((one) => one === 'outstanding')).toHaveLength(9)
    expect(await leases(world).begin({ ...asked, fingerprint: 'other' })).toBe('reused')

    const mine = leases<{ status: number }>(world)
    const second = { ...asked, id: 'second' }
    expect(await mine.begin(second)).toBe('started')
    await mine.abandon(second)
    expect(await mine.begin(second)).toBe('started')
    await mine.finish(second, 'per_x', { status: 200 })
    expect(await leases(world).begin(second)).toEqual({ answer: { status: 200 } })
  })

  test('runs out after two minutes; the late holder then changes nothing', async () => {
    const asked = { ...command('import'), route: 'importCatalog' as const }
    const dead = leases<{ status: number }>(world)
    const next = leases<{ status: number }>(world)
    expect(await dead.begin(asked)).toBe('started')
    world.moveTo('2026-12-01T02:01:59.999Z')
    expect(await next.begin(asked)).toBe('outstanding')
    world.moveTo('2026-12-01T02:02:00.000Z')
    expect(await next.begin(asked)).toBe('started')
    await dead.finish(asked, 'per_x', { status: 500 })
    await dead.abandon(asked)
    await next.finish(asked, 'per_x', { status: 200 })
    expect(await dead.begin(asked)).toEqual({ answer: { status: 200 } })
  })
})
