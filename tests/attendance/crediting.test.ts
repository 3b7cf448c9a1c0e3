import type { Actor } from '@skills/contract/actor.ts'
import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import type { Credit } from '@skills/core/attendance/credit.ts'
import { creditHours, readCredit } from '@skills/core/attendance/credit.table.ts'
import { hoursOf, ruleFor } from '@skills/core/attendance/rule.ts'
import { checkAttendance } from '@skills/core/books/attendance-books.ts'
import { openBooks } from '@skills/core/books/books.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { scheduleOf } from '@skills/core/enrollment/schedule.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import { sweepAttendance } from '@skills/functions/attendance/sweep-attendance.ts'
import { vouch } from '@skills/functions/attendance/vouch.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePeople, makeRun } from '../enrollment/claim-scene.ts'
import { engage, makeDraft } from '../instructor/request-scene.ts'
import { makeTeacher } from '../instructor/instructor-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import {
  books,
  check,
  claim,
  correct,
  decide,
  kept,
  lineOf,
  makePhone,
  makeStaff,
  makeWorkers,
  mine,
  open,
  paramsOf,
  pass,
  roster,
  scan,
  secretKey,
  send,
  sendLate,
  told,
  type Worker,
} from './attendance-scene.ts'

const start = '2026-12-01T02:00:00.000Z'
let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('attendance-crediting')
  stop = started.stop
  world = testWorld(started.table, start)
})
afterAll(() => stop())

interface Scene {
  run: RunItem
  of: ReturnType<typeof paramsOf>
  workers: Worker[]
  teacher: Actor
  registrar: Actor
  manager: Actor
  at: (time: string) => string
}
async function scene(count: number, date = '2026-12-20'): Promise<Scene> {
  world.moveTo(start)
  const run = await makeRun(world, { date, opensAt: start })
  const staff = (role: Parameters<typeof makeStaff>[2]) => makeStaff(world, run.run.providerId, role)
  return {
    run,
    of: paramsOf(run),
    workers: await makeWorkers(world, run, count),
    teacher: await staff('provider:instructor'),
    registrar: await staff('provider:registrar'),
    manager: await staff('provider:manager'),
    at: (time) => instantOf(date, time),
  }
}
const later = (instant: string, hours: number) => plusMinutes(instant, hours * 60)
const creditOf = async ({ personId }: Pick<Worker, 'personId'>, { run }: Pick<Scene, 'run'>) => readCredit(world, personId, run.run.id)
const noShows = async ({ personId }: Pick<Worker, 'personId'>) =>
  scheduleOf(await readItem(world.table, keys.schedule.key(personId))).noShows
const wholly = async (who: Worker, { of, at }: Scene) => {
  world.moveTo(at('18:28'))
  await scan(world, who, of, 'in')
  world.moveTo(at('20:31'))
  await scan(world, who, of, 'out')
}

test('hours are credited a day after the last meeting, by evidence: whole, too little, nothing; and only once', async () => {
  const one = await scene(3)
  const [ann, ben, cal] = one.workers as [Worker, Worker, Worker]
  world.moveTo(one.at('18:20'))
  await open(world, one.teacher, one.of)
  await wholly(ann, one)
  world.moveTo(one.at('19:00'))
  await scan(world, ben, one.of, 'in')
  world.moveTo(one.at('20:30'))
  await scan(world, ben, one.of, 'out')
  world.moveTo(later(one.at('20:30'), 24))
  expect(await sweepAttendance(world)).toEqual({ credited: 0 })
  world.moveTo(later(one.at('20:30'), 25))
  expect(await sweepAttendance(world)).toEqual({ credited: 3 })
  expect(await sweepAttendance(world)).toEqual({ credited: 0 })
  expect(await creditOf(ann, one)).toMatchObject({ outcome: 'completed', minutes: 120, outOfMinutes: 120, hours: 2.5, noShowAt: null })
  expect(await creditOf(ben, one)).toMatchObject({ outcome: 'incomplete', minutes: 90, hours: 2 })
  expect(await creditOf(cal, one)).toMatchObject({ outcome: 'no-show', minutes: 0, noShowAt: one.at('20:30') })
  expect([await noShows(ann), await noShows(ben), await noShows(cal)]).toEqual([[], [], [one.at('20:30')]])
  expect((await mine(world, ann))[0]).toMatchObject({ credit: { outcome: 'completed', hours: 2.5 }, completePercent: 80 })
  expect(await books(world)).toEqual([])
})

test('where nobody took attendance nothing is credited and nobody has missed anything', async () => {
  const one = await scene(1)
  world.moveTo(later(one.at('20:30'), 30))
  await sweepAttendance(world)
  expect(await creditOf(one.workers[0] as Worker, one)).toBeUndefined()
})

test('a provider that took no attendance corrects it for who was there: her hours are credited, and nobody else has missed it', async () => {
  const one = await scene(2)
  const [ann, ben] = one.workers as [Worker, Worker]
  world.moveTo(later(one.at('20:30'), 48))
  const asked = await correct(world, one.teacher, one.of, ann, true)
  await decide(world, one.manager, one.of, asked.presence.evidence[0]?.id ?? '', ann)
  await sweepAttendance(world)
  expect(await creditOf(ann, one)).toMatchObject({ outcome: 'completed', minutes: 120 })
  expect(await creditOf(ben, one)).toMatchObject({ outcome: 'not-taken', noShowAt: null })
  expect(await books(world)).toEqual([])
})

test('a correction that is confirmed while hours are being credited is credited too', async () => {
  const one = await scene(6)
  world.moveTo(one.at('18:30'))
  await open(world, one.teacher, one.of)
  world.moveTo(later(one.at('20:30'), 25))
  const ids: string[] = []
  for (const who of one.workers) ids.push((await correct(world, one.teacher, one.of, who, true)).presence.evidence[0]?.id ?? '')
  await Promise.all([
    sweepAttendance(world).catch(() => undefined),
    ...one.workers.map((who, place) => decide(world, one.manager, one.of, ids[place] ?? '', who)),
  ])
  await sweepAttendance(world)
  for (const who of one.workers) expect(await creditOf(who, one)).toMatchObject({ outcome: 'completed' })
  expect(await books(world)).toEqual([])
})

test('a run with many seats is credited in several goes, each where the last one stopped; a correction meanwhile has it begin again', async () => {
  const one = await scene(5)
  const { id } = one.run.run
  world.moveTo(one.at('18:30'))
  await open(world, one.teacher, one.of)
  world.moveTo(later(one.at('20:30'), 25))
  expect(await creditHours(world, id, 2)).toBe(2)
  expect(await creditHours(world, id, 2)).toBe(2)
  const credits = async () => Promise.all(one.workers.map((who) => creditOf(who, one)))
  const seen = await credits()
  expect(seen.filter((credit) => credit !== undefined)).toHaveLength(4)
  const first = one.workers[seen.findIndex((credit) => credit !== undefined)] as Worker
  const asked = await correct(world, one.teacher, one.of, first, true)
  await decide(world, one.manager, one.of, asked.presence.evidence[0]?.id ?? '', first)
  // From the beginning: one is corrected, one was never credited.
  let written = 0
  for (let go = 0; go < 3; go += 1) written += await creditHours(world, id, 2)
  expect(written).toBe(2)
  expect(await creditHours(world, id, 2)).toBe(0)
  expect(await creditOf(first, one)).toMatchObject({ outcome: 'completed' })
  expect((await credits()).map((credit) => credit?.outcome).toSorted()).toEqual(['completed', 'no-show', 'no-show', 'no-show', 'no-show'])
  expect(await books(world)).toEqual([])
})

test('three missed runs keep a person from claiming for ninety days, and a correction gives it back', async () => {
  const [personId = ''] = await makePeople(world, 1)
  const phone = await makePhone()
  const scenes: Scene[] = []
  for (const date of ['2026-12-16', '2026-12-17', '2026-12-18']) {
    const one = await scene(0, date)
    const { id } = await claim(world, personId, one.run.run.id)
    scenes.push({ ...one, workers: [{ personId, actor: { personId, memberships: [] }, enrollmentId: id, phone }] })
    world.moveTo(one.at('18:30'))
    await open(world, one.teacher, one.of)
    world.moveTo(start)
  }
  world.moveTo('2026-12-19T23:00:00.000Z')
  await sweepAttendance(world)
  expect(await noShows({ personId })).toHaveLength(3)
  const next = await makeRun(world, { date: '2027-01-10', closesAt: '2027-01-09T00:00:00.000Z' })
  expect(await told(claim(world, personId, next.run.id))).toBe('cool-down')
  // She was there all the time, as two people of the provider say.
  const [last] = scenes.slice(-1) as [Scene]
  const asked = await correct(world, last.teacher, last.of, last.workers[0] as Worker, true)
  await decide(world, last.manager, last.of, asked.presence.evidence[0]?.id ?? '', last.workers[0] as Worker)
  expect(await told(claim(world, personId, next.run.id))).toBe('cool-down')
  await sweepAttendance(world)
  expect(await creditOf({ personId }, last)).toMatchObject({ outcome: 'completed', version: 2 })
  expect(await noShows({ personId })).toHaveLength(2)
  expect(await told(claim(world, personId, next.run.id))).toBe('done')
  expect(await books(world)).toEqual([])
})

test('a correction needs two people; the one who asked, the one who teaches and the one concerned are none', async () => {
  const one = await scene(1)
  const [ann] = one.workers as [Worker]
  world.moveTo(one.at('18:29'))
  expect(await told(correct(world, one.teacher, one.of, ann, true))).toBe('meeting-not-now')
  world.moveTo(one.at('20:40'))
  expect(await told(correct(world, one.teacher, one.of, ann, true, { from: one.at('18:00') }))).toBe('validation-failed')
  expect(await told(correct(world, ann.actor, one.of, ann, true))).toBe('not-found')
  const line = await correct(world, one.registrar, one.of, ann, true, { from: one.at('18:30'), to: one.at('19:30') })
  const id = line.presence.evidence[0]?.id ?? ''
  expect(line.presence).toMatchObject({ minutes: 0, evidence: [{ type: 'override', decided: null, mayDecide: false }] })
  for (const who of [one.registrar, one.teacher]) expect(await told(decide(world, who, one.of, id, ann))).toBe('second-person-needed')
  expect(await told(decide(world, ann.actor, one.of, id, ann))).toBe('not-found')
  expect((await lineOf(world, one.manager, one.of, ann)).evidence).toMatchObject([{ mayDecide: true }])
  expect((await decide(world, one.manager, one.of, id, ann)).presence).toMatchObject({ minutes: 60, earlyMinutes: 60 })
  expect(await told(decide(world, one.manager, one.of, id, ann, false))).toBe('correction-over')
  world.moveTo(later(one.at('20:30'), 31 * 24))
  expect(await told(correct(world, one.registrar, one.of, ann, false))).toBe('correction-over')
  expect(await books(world)).toEqual([])
})

test('two scanners without a network bring the same people, in any order and twice: nothing lost, nothing doubled', async () => {
  const one = await scene(3)
  const [ann, ben, cal] = one.workers as [Worker, Worker, Worker]
  const [a, b, c] = [await pass(ann, one.at('18:31')), await pass(ben, one.at('18:32')), await pass(cal, one.at('18:33'))]
  const outs = await Promise.all([ann, ben, cal].map((who) => pass(who, one.at('20:30'), 'out')))
  world.moveTo(one.at('21:30'))
  // The second scanner's clock is three minutes ahead; what it says now sets it right.
  const first = [
    { pass: a, kind: 'in' as const, scannedAt: one.at('18:31') },
    { pass: b, kind: 'in' as const, scannedAt: one.at('18:32') },
    ...outs.slice(0, 2).map((text) => ({ pass: text, kind: 'out' as const, scannedAt: one.at('20:30') })),
  ]
  const second = [
    { pass: await pass(ann, one.at('18:32')), kind: 'in' as const, scannedAt: one.at('18:35') },
    { pass: c, kind: 'in' as const, scannedAt: one.at('18:36') },
    { pass: outs[2] ?? '', kind: 'out' as const, scannedAt: one.at('20:33') },
    { pass: b, kind: 'in' as const, scannedAt: one.at('18:35') },
  ]
  const ahead = plusMinutes(world.now(), 3)
  const [one1, two1] = await Promise.all([send(world, one.teacher, one.of, first), send(world, one.registrar, one.of, second, ahead)])
  expect(one1.map(({ outcome }) => outcome)).not.toContain('refused')
  expect(two1.map(({ outcome }) => outcome)).not.toContain('refused')
  expect([...one1, ...two1].filter(({ outcome }) => outcome === 'known')).toHaveLength(1)
  const again = [...(await send(world, one.teacher, one.of, first)), ...(await send(world, one.registrar, one.of, second, ahead))]
  expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['known']))
  expect((await roster(world, one.teacher, one.of)).map(({ presence }) => presence.minutes)).toEqual([120, 120, 120])
  expect((await lineOf(world, one.teacher, one.of, ann)).evidence).toHaveLength(3)
  // The run counts as taken although no screen was ever open.
  world.moveTo(later(one.at('20:30'), 26))
  await sweepAttendance(world)
  for (const who of one.workers) expect(await creditOf(who, one)).toMatchObject({ outcome: 'completed', minutes: 120 })
  expect(await books(world)).toEqual([])
})

test('a scan says present, a correction says absent: the correction counts, the scan stays, and both are shown as a conflict', async () => {
  const one = await scene(1)
  const [ann] = one.workers as [Worker]
  world.moveTo(one.at('20:40'))
  const asked = await correct(world, one.teacher, one.of, ann, false)
  const scans = [
    { pass: await pass(ann, one.at('18:31')), kind: 'in' as const, scannedAt: one.at('18:31') },
    { pass: await pass(ann, one.at('20:30'), 'out'), kind: 'out' as const, scannedAt: one.at('20:30') },
  ]
  // Confirmed and scanned in the same moment: both stand.
  await Promise.all([
    decide(world, one.manager, one.of, asked.presence.evidence[0]?.id ?? '', ann),
    send(world, one.teacher, one.of, scans),
  ])
  const line = await lineOf(world, one.manager, one.of, ann)
  expect(line).toMatchObject({ minutes: 0, conflict: true })
  expect(line.evidence).toHaveLength(3)
  expect(await books(world)).toEqual([])
})

test('a missed check takes the time until she was seen again; what came late counts once it is vouched for', async () => {
  const one = await scene(2)
  const [ann, ben] = one.workers as [Worker, Worker]
  world.moveTo(one.at('18:30'))
  await open(world, one.teacher, one.of)
  await scan(world, ann, one.of, 'in')
  world.moveTo(one.at('19:30'))
  await check(world, one.teacher, one.of)
  world.moveTo(one.at('20:30'))
  await scan(world, ann, one.of, 'out')
  expect(await lineOf(world, one.teacher, one.of, ann)).toMatchObject({ minutes: 60, missing: ['check'] })
  await sendLate(world, ben, [
    await kept(ben, one.of, 'in', one.at('18:31')),
    await kept(ben, one.of, 'mid', one.at('19:31')),
    await kept(ben, one.of, 'out', one.at('20:29')),
  ])
  expect(await lineOf(world, one.teacher, one.of, ben)).toMatchObject({ minutes: 0, missing: ['confirmation'] })
  const say = (by: Actor, enrollmentIds: string[]) => vouch({ world, secretKey }, { actor: by, params: one.of, body: { enrollmentIds } })
  expect(await told(say(ben.actor, [ben.enrollmentId]))).toBe('not-found')
  expect(await say(one.teacher, [ben.enrollmentId, ann.enrollmentId])).toEqual({ vouched: 1 })
  expect(await say(one.teacher, [ben.enrollmentId])).toEqual({ vouched: 0 })
  expect(await lineOf(world, one.teacher, one.of, ben)).toMatchObject({ minutes: 120, missing: [] })
  expect(await books(world)).toEqual([])
})

test('of a run with a crew only who accepted the meeting takes it, whichever provider she comes from', async () => {
  world.moveTo(start)
  const draft = await makeDraft(world, { times: [{ date: '2026-12-22' }, { date: '2026-12-23' }] })
  const teacher = await makeTeacher(world)
  const other = await makeTeacher(world)
  await engage(world, draft, teacher, [draft.run.meetings[0]?.id ?? ''])
  const { changeRun, readRun } = await import('@skills/core/catalog/run.table.ts')
  const before = (await readRun(world.table, draft.run.id)) as RunItem
  await changeRun(world, { before, run: { ...before.run, state: 'published' }, by: 'system:test', action: 'publish without a plan' }, null)
  world.moveTo(instantOf('2026-12-22', '18:00'))
  expect(await told(open(world, teacher.actor, paramsOf(draft)))).toBe('done')
  expect(await told(open(world, other.actor, paramsOf(draft)))).toBe('not-found')
  world.moveTo(instantOf('2026-12-23', '18:00'))
  expect(await told(open(world, teacher.actor, paramsOf(draft, 1)))).toBe('not-found')
})

test.each<[string, string, (item: Record<string, unknown>) => Record<string, unknown>]>([
  ['E4', 'CREDIT#', (item) => ({ ...item, minutes: 120, hours: 2.5, outcome: 'completed' })],
  ['E4', 'CREDIT#', (item) => ({ ...item, hours: 99 })],
  ['E4', 'CREDIT#', (item) => ({ ...item, rule: 'no such rule' })],
  ['A1', 'ATTENDANCE#', (item) => ({ ...item, evidence: [] })],
  [
    'A1',
    'ATTENDANCE#',
    (item) => ({ ...item, evidence: (item['evidence'] as object[]).map((one) => ({ ...one, at: '2026-12-20T10:30:00.000Z' })) }),
  ],
  ['A3', 'ATTENDANCE#', (item) => ({ ...item, evidence: alone(item) })],
  [
    'E6',
    'ATTENDANCE#',
    (item) => ({ ...item, evidence: (item['evidence'] as object[]).map((one) => ({ ...one, deviceId: 'x'.repeat(43) })) }),
  ],
])('the books show it: %s in %s', async (code, sk, corrupt) => {
  const { items, mine: own } = await cleanBooks()
  const broken = items.map((item) => (item.sk.startsWith(sk) && own(item.pk) ? { ...corrupt(item), pk: item.pk, sk: item.sk } : item))
  expect(violations(broken, world.now()).map((one) => one.code)).toContain(code)
})

test('a credit is judged by the rule it names, whichever holds today', async () => {
  const { items, mine: own } = await cleanBooks()
  const usual = ruleFor(null)
  const lenient = { ...usual, version: 'lenient', completePercent: 10, classHourMinutes: 30 }
  const rules = new Map([usual, lenient].map((rule) => [rule.version, rule]))
  const judged = (change: Record<string, unknown>, by = rules) => {
    const credited = items.map((item) => (item.sk.startsWith('CREDIT#') && own(item.pk) ? { ...item, ...change } : item))
    return checkAttendance(openBooks(credited, world.now()), by).map(({ code }) => code)
  }
  const credit = items.find(({ pk, sk }) => sk.startsWith('CREDIT#') && own(pk)) as unknown as Credit
  const [minutes, outOf] = [credit.minutes, credit.outOfMinutes]
  expect([credit.outcome, credit.rule, minutes * 100 > outOf * 10]).toEqual(['incomplete', usual.version, true])
  const byLenient = { rule: 'lenient', outcome: 'completed', hours: hoursOf(minutes, lenient) }
  expect(judged(byLenient)).toEqual([])
  expect(judged({ ...byLenient, outcome: 'incomplete' })).toContain('E4')
  expect(judged({ ...byLenient, hours: credit.hours })).toContain('E4')
  expect(judged({ ...byLenient, minutes: outOf, hours: hoursOf(outOf, lenient) })).toContain('E4')
  expect(judged(byLenient, new Map([[usual.version, usual]]))).toContain('E4')
})

/** A run in which somebody came late, was corrected and credited; and whether a key is of it. */
async function cleanBooks(): Promise<NonNullable<typeof clean>> {
  if (clean === undefined) {
    const one = await scene(1)
    const [ann] = one.workers as [Worker]
    world.moveTo(one.at('19:30'))
    await open(world, one.teacher, one.of)
    await scan(world, ann, one.of, 'in')
    world.moveTo(one.at('20:30'))
    await scan(world, ann, one.of, 'out')
    const asked = await correct(world, one.teacher, one.of, ann, true, { to: one.at('19:00') })
    await decide(world, one.manager, one.of, asked.presence.evidence.at(-1)?.id ?? '', ann)
    world.moveTo(later(one.at('20:30'), 26))
    await sweepAttendance(world)
    const items = (await scanTable(world.table)).filter(({ pk }) => !pk.startsWith('OUTBOX#'))
    clean = { items, mine: (pk) => pk.includes(one.of.meetingId) || pk.includes(ann.personId) }
    expect(violations(items, world.now())).toEqual([])
  }
  return clean
}
let clean: { items: Awaited<ReturnType<typeof scanTable>>; mine: (pk: string) => boolean } | undefined
const alone = (item: Record<string, unknown>) =>
  (item['evidence'] as { type: string; askedBy?: string; decided?: object }[]).map((one) =>
    one.type === 'override' ? { ...one, decided: { ...one.decided, by: one.askedBy } } : one,
  )
