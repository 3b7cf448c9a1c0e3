import { PutCommand } from '@aws-sdk/lib-dynamodb'
import type { Complaint } from '@skills/contract/quality.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { auditStep } from '@skills/core/audit.ts'
import type { Credit } from '@skills/core/attendance/credit.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { keys } from '@skills/core/keys.ts'
import { providersLongestWaiting } from '@skills/core/quality/reckon-quality.ts'
import { readQuality } from '@skills/core/quality/quality.table.ts'
import type { Item } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import { sayOfComplaint } from '@skills/functions/quality/complain.ts'
import { answerComplaint, decideComplaint } from '@skills/functions/quality/complaint-cases.ts'
import { excuseRun } from '@skills/functions/quality/excuse-run.ts'
import { getQuality } from '@skills/functions/quality/own-sanctions.ts'
import { reckonAll } from '@skills/functions/quality/reckon-quality.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { bench, codeOf, complain, confirm, fresh, makeRun, makeSchool, propose, seated, type School } from './quality-scene.ts'

let world: TestWorld
let stop: () => Promise<void>
let school: School

beforeEach(async () => {
  const engine = await startTable()
  world = testWorld(engine.table)
  stop = engine.stop
  school = await makeSchool(world)
})
afterEach(() => stop())

/** Writes what a run came to for somebody, as the crediting does. */
async function credit(personId: string, runId: string, enrollmentId: string, outcome: Credit['outcome']) {
  const entity = `${personId}.${runId}.credit`
  const audit = auditStep({ entity, action: `credit ${outcome}`, by: 'system:test', at: world.now() }, undefined)
  const body = {
    runId,
    personId,
    enrollmentId,
    entity,
    outcome,
    minutes: 0,
    outOfMinutes: 120,
    hours: 0,
    rule: 'test',
    noShowAt: null,
    meetings: [],
  }
  await transact(
    world,
    undefined,
    [{ name: 'credit', put: { item: { ...keys.credit.key(personId, runId), ...body, ...audit.history } } }, audit.step],
    null,
  )
}

async function cancel(runId: string) {
  const before = await readRun(world.table, runId)
  if (before === undefined) throw new Error('no such run')
  await changeRun(world, { before, run: { ...before.run, state: 'cancelled' }, by: 'system:test', action: 'step to cancelled' }, null)
}

/** Seven in one run of whom six came and five were there enough; a cancelled one, an excused one, an empty one; three complaints. */
async function year() {
  const held = await makeRun(world, school, { date: '2026-12-05' })
  const outcomes = ['completed', 'completed', 'completed', 'completed', 'completed', 'incomplete', 'no-show', 'not-taken'] as const
  const people = []
  for (const outcome of outcomes) {
    const one = await seated(world, held.id)
    await credit(one.actor.personId, held.id, one.enrollmentId, outcome)
    people.push(one)
  }
  const [cancelled, excused, empty] = [
    await makeRun(world, school, { date: '2026-12-06' }),
    await makeRun(world, school, { date: '2026-12-07' }),
    await makeRun(world, school, { date: '2026-12-08' }),
  ]
  for (const run of [cancelled, excused]) await seated(world, run.id)
  for (const run of [cancelled, excused, empty]) await cancel(run.id)
  const by = bench(world).first
  const excuse = (runId: string) =>
    codeOf(excuseRun(world, { actor: by, command: fresh('excuseRun'), params: { runId }, body: { reason: '台风停课', document: null } }))
  expect([await excuse(excused.id), await excuse(excused.id), await excuse(held.id)]).toEqual([
    'done',
    'illegal-transition',
    'illegal-transition',
  ])

  const [a, b, c] = people
  if (a === undefined || b === undefined || c === undefined) throw new Error('too few')
  const answered = await complain(world, a)
  await answerComplaint(world, { actor: school.manager, command: fresh(), params: { complaintId: answered.id }, body: { text: '已补课' } })
  await sayOfComplaint(world, {
    actor: a.actor,
    command: fresh(),
    params: { complaintId: answered.id },
    body: { settled: true, text: null },
  })
  const late = await complain(world, b, { kind: 'safety' })
  await complain(world, c)
  return { late, people }
}

const uphold = ({ id, version }: Complaint) =>
  decideComplaint(world, {
    actor: bench(world).second,
    command: fresh(),
    params: { complaintId: id },
    body: { upheld: true, reason: '属实', version },
  })
const quality = () => books((items) => items)
/** What the books say of a table that was changed so. */
async function books(change: (items: Item[]) => Item[]): Promise<string[]> {
  const items = change(structuredClone(await scanTable(world.table)))
  return violations(items, world.now()).flatMap(({ code, says }) => (code.startsWith('Q') ? [`${code} ${says}`] : []))
}

test('figures count what the table holds, are kept with their window, and the books make them again', async () => {
  const { late } = await year()
  await uphold(late)
  world.moveTo('2026-12-20T02:00:00.000Z')
  expect(await getQuality(world, { params: school })).toEqual({ quality: null })
  expect(await reckonAll(world)).toEqual({ reckoned: 1 })
  const { quality: figures } = await getQuality(world, { params: school })
  expect(figures).toMatchObject({
    since: '2025-12-20',
    until: '2026-12-20',
    computedAt: world.now(),
    counts: {
      complaints: 3,
      answersDue: 2,
      answeredInTime: 1,
      decided: 1,
      upheld: 1,
      runs: 2,
      cancelled: 1,
      credited: 7,
      attended: 6,
      completed: 5,
    },
    rates: { response: 5000, complaint: 5000, upheld: 10_000, cancellation: 5000, attendance: 7143, pass: null },
  })
  expect((await readQuality(world.table, [school.providerId, world.id('provider')])).size).toBe(1)
  expect(await quality()).toEqual([])

  // A year later nothing of it is left, and older figures replace no newer ones.
  const then = world.now()
  world.moveTo(plusMinutes(then, 366 * 24 * 60))
  await reckonAll(world)
  world.moveTo(then)
  await reckonAll(world)
  expect((await getQuality(world, { params: school })).quality?.counts).toMatchObject({ runs: 0, attended: 0, complaints: 0 })
  await expect(codeOf(getQuality(world, { params: { providerId: world.id('provider') } }))).resolves.toBe('not-found')
})

test('who waits longest is reckoned first, what the time did not suffice for is left to the next call, and one that fails holds up no other', async () => {
  const others = [await makeSchool(world), await makeSchool(world)]
  const ids = [school, ...others].map(({ providerId }) => providerId)
  const figured = async () => [...(await readQuality(world.table, ids)).keys()]
  world.moveTo('2026-12-20T02:00:00.000Z')
  // There is time for one of the three.
  const late = { ...world, tick: slow(2) }
  await expect(reckonAll(late)).rejects.toThrow('are left')
  const [done, ...rest] = [await figured(), await providersLongestWaiting(world.table)].flat()
  expect(rest.at(-1)).toBe(done)
  world.moveTo('2026-12-20T02:05:00.000Z')
  expect(await reckonAll(world)).toEqual({ reckoned: 3 })
  expect((await figured()).toSorted()).toEqual(ids.toSorted())

  const broken = { ...keys.complaintOfProvider.key(others[0]?.providerId ?? '', 'cmp'), complaintId: 'cmp' }
  for (const Item of [broken, keys.complaint.key('cmp')])
    await world.table.client.send(new PutCommand({ TableName: world.table.name, Item }))
  world.moveTo('2026-12-21T02:00:00.000Z')
  await expect(reckonAll(world)).rejects.toThrow('1 providers failed, 0 are left')
  const fresh = [...(await readQuality(world.table, ids)).values()].filter(({ computedAt }) => computedAt === world.now())
  expect(fresh).toHaveLength(2)
})

/** A clock that stands still for so many looks, and is an hour later then. */
function slow(looks: number): () => number {
  let seen = 0
  return () => ((seen += 1) <= looks ? 0 : 3_600_000)
}

test('each corruption of figures, complaints and sanctions is found', async () => {
  const { people } = await year()
  world.moveTo('2026-12-20T02:00:00.000Z')
  const house = bench(world)
  const sanction = await propose(world, house, school, { grade: 'suspension', atOnce: '漏电' })
  await confirm(world, house.second, sanction)
  await reckonAll(world)
  expect(await quality()).toEqual([])
  const at = (items: Item[], pk: string, sk: string) =>
    items.find((item) => item.pk.startsWith(pk) && item.sk.startsWith(sk)) as Item & Record<string, never>
  const without = (pk: string, sk: string) => (items: Item[]) => items.filter((item) => !(item.pk.startsWith(pk) && item.sk.startsWith(sk)))
  const changed = (pk: string, sk: string, change: (item: Record<string, Record<string, never>>) => void) => (items: Item[]) => {
    change(at(items, pk, sk))
    return items
  }
  const set = (of: object, more: object) => void Object.assign(of, more)
  const [first] = people
  const corruptions: Record<string, (items: Item[]) => Item[]> = {
    'Q3 its rates do not follow from its counts': changed('PROVIDER#', 'QUALITY', ({ figures }) =>
      set(figures?.['rates'] ?? {}, { response: 10_000 }),
    ),
    'Q3 its counts are not what the table comes to': changed(`PERSON#${first?.actor.personId}`, 'CREDIT#', (item) =>
      set(item, { outcome: 'no-show' }),
    ),
    'Q1 it is in force, and its provider may publish': changed('PROVIDER#', 'CONDUCT', (item) => set(item, { bars: [] })),
    'Q1 it is in force and keeps nobody from anything': without('PROVIDER#', 'CONDUCT'),
    'Q1 it names a sanction that is not in force like that': changed('SANCTION#', 'SANCTION', ({ sanction: it }) =>
      set(it ?? {}, { endsAt: world.now() }),
    ),
    'Q1 it was not made by two operators': changed('SANCTION#', 'SANCTION', (item) => set(item, { confirmedBy: item['proposedBy'] })),
    'Q1 its appeal was not decided by a third operator': changed('SANCTION#', 'SANCTION', (item) => set(item, { appealDecidedBy: 'per' })),
    'Q1 the list of what is live says something else': without('SANCTIONS#live', 'SANCTION#'),
    'Q1 it is suspended by a sanction that is over': changed('PROVIDER#', 'CONDUCT', (item) => set(item, { bars: [] })),
    'Q2 its person, its provider or the operators are told something else': without('COMPLAINTS#open', 'COMPLAINT#'),
    'Q2 its person had no seat there, or the run is another provider’s': changed('COMPLAINT#', 'COMPLAINT', ({ complaint }) =>
      set(complaint ?? {}, { enrollmentId: 'enr' }),
    ),
  }
  for (const [says, change] of Object.entries(corruptions)) expect(await books(change), says).toContain(says)
})
