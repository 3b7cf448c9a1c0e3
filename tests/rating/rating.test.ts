import { DeleteCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { Actor } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import { creditHours, readCredit } from '@skills/core/attendance/credit.table.ts'
import { scanTable } from '@skills/core/books/books.table.ts'
import { keys } from '@skills/core/keys.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import { writeMembership } from '@skills/core/people/membership.table.ts'
import { readTallies } from '@skills/core/rating/figures.table.ts'
import { readOwnRating } from '@skills/core/rating/rating.table.ts'
import { getMyInstructor } from '@skills/functions/instructor/own-instructor.ts'
import { readRange, type Table } from '@skills/core/table.ts'
import { exportMe } from '@skills/functions/people/export-me.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  books,
  correct as correctAttendance,
  decide,
  makeStaff,
  makeWorkers,
  paramsOf,
  told,
  type Worker,
} from '../attendance/attendance-scene.ts'
import { makeRun } from '../enrollment/claim-scene.ts'
import { withoutConditions } from '../money/turns.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { fresh, managerOf } from '../instructor/instructor-scene.ts'
import {
  answer,
  change,
  correct,
  fold,
  givenRun,
  ofMonth,
  offer,
  ofProvider,
  operator,
  rate,
  said,
  shown,
  start,
  type GivenRun,
} from './rating-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('rating')
  stop = started.stop
  world = testWorld(started.table, start)
})
afterAll(() => stop())

const days = (instant: string, count: number) => plusMinutes(instant, count * 24 * 60)
const people = ({ workers }: GivenRun) => workers as [Worker, Worker, Worker, Worker]

test('who attended rates once; the public sees stars, words and a masked name; below three no mean is shown', async () => {
  const run = await givenRun(world, 4)
  const [ann, ben, cal] = people(run)
  const { teacher } = run
  expect(await offer(world, ann)).toMatchObject({ state: 'open', rating: null, instructors: [{ id: teacher.instructorId }] })
  const first = await rate(
    world,
    ann,
    said(5, { text: ' 讲得清楚 \u202e', instructors: [{ instructorId: teacher.instructorId, stars: 5 }] }),
  )
  expect(first).toMatchObject({ text: '讲得清楚', version: 1, changeUntil: days(run.credited, 7) })
  world.moveTo(plusMinutes(run.credited, 1))
  await rate(world, ben, said(4, { anonymous: true, instructors: [{ instructorId: teacher.instructorId, stars: 4 }] }))
  expect((await shown(world, run)).figures).toMatchObject({ count: 2, missing: 1, overallHundredths: null })
  world.moveTo(plusMinutes(run.credited, 2))
  await rate(world, cal, { ...said(3), aspects: { content: 1, teaching: 2, organisation: 3, venue: 4, usefulness: 5 } })
  const { items, figures } = await shown(world, run)
  // (3.8 × 5 + 5 + 4 + 3) / 8 = 3.875; of the content (19 + 5 + 4 + 1) / 8 = 3.625.
  expect(figures).toMatchObject({ count: 3, missing: 0, overallHundredths: 388, aspects: { content: 363 } })
  expect(items.map(({ author }) => author === null)).toEqual([false, true, false])
  expect(items[2]?.author).toMatch(/^.\*+$/)
  expect(JSON.stringify(items)).not.toContain('per_')
  expect((await readTallies(world.table, [teacher.instructorId])).get(teacher.instructorId)).toEqual({ count: 2, stars: 9 })
  expect((await getMyInstructor(world, { actor: teacher.actor })).rating).toEqual({ count: 2, overallHundredths: null })
  expect((await offer(world, ann)).state).toBe('rated')
  expect(await told(rate(world, ann, said(1)))).toBe('already-rated')
  const pages = [await shown(world, run, { limit: 2, after: undefined })]
  pages.push(await shown(world, run, { limit: 2, after: pages[0]?.next ?? undefined }))
  expect(pages.flatMap((one) => one.items)).toEqual(items)
  expect(pages[1]?.next).toBeNull()
  expect((await ofMonth(world, '2026-12')).items.map(({ id }) => id)).toEqual(expect.arrayContaining(items.map(({ id }) => id)))
  expect(await books(world)).toEqual([])
})

test('nobody rates who was not credited, too early, too late, or for somebody else', async () => {
  const run = await givenRun(world, 2)
  const [came, absent] = people(run)
  expect(await told(rate(world, absent, said(1)))).toBe('rating-not-attended')
  expect((await offer(world, absent)).state).toBe('not-attended')
  expect(await told(rate(world, { actor: absent.actor, enrollmentId: came.enrollmentId }, said(1)))).toBe('not-found')
  expect(await told(offer(world, { actor: absent.actor, enrollmentId: came.enrollmentId }))).toBe('not-found')
  expect(await told(rate(world, came, said(3, { instructors: [{ instructorId: world.id('instructor'), stars: 1 }] })))).toBe(
    'instructor-not-of-run',
  )
  const { providerId } = run.item.run
  const name = { zh: '椰城夜校', en: 'Coconut evening school' }
  const roles = ['provider:registrar' as const]
  await writeMembership(
    world,
    undefined,
    'system:test',
    came.personId,
    { organizationId: providerId, organizationName: name, roles },
    undefined,
  )
  expect(await told(rate(world, came, said(5)))).toBe('rating-own-house')
  const [other] = people(await givenRun(world, 2))
  world.moveTo(days(instantOf('2026-12-20', '20:30'), 180))
  expect(await told(rate(world, other, said(3)))).toBe('rating-over')
  world.moveTo(start)
  const later = await makeRun(world, { date: '2026-12-24', opensAt: start })
  const [early] = (await makeWorkers(world, later, 1)) as [Worker]
  expect(await told(rate(world, early, said(3)))).toBe('rating-not-yet')
})

test('whose hours are credited is asked to rate, once', async () => {
  const run = await givenRun(world, 2)
  const [came, absent] = people(run)
  await creditHours(world, run.item.run.id)
  const asked = (await scanTable(world.table)).flatMap(({ pk, event }) => (pk.startsWith('OUTBOX#') ? [event as OutboxEvent] : []))
  const of = ({ personId }: Worker) => asked.filter((event) => event.type === 'rating-asked' && event.personId === personId)
  expect(of(came)).toMatchObject([{ enrollmentId: came.enrollmentId, runId: run.item.run.id }])
  expect(of(absent)).toEqual([])
})

test('the same request again gets the first answer; two devices at once make one rating', async () => {
  const run = await givenRun(world, 3)
  const [ann, ben] = people(run)
  const command = fresh('rateRun')
  const first = await rate(world, ann, said(5), command)
  expect(await rate(world, ann, said(5), command)).toEqual(first)
  const together = allAtOnce(world, 5)
  const answers = await Promise.all([1, 2, 3, 4, 5].map((stars) => told(rate(together, ben, said(stars)))))
  expect(answers.toSorted()).toEqual(['already-rated', 'already-rated', 'already-rated', 'already-rated', 'done'])
  expect((await shown(world, run)).figures.count).toBe(2)
  expect(await books(world)).toEqual([])
})

test('several people at once are all counted', async () => {
  const run = await givenRun(world, 9)
  const came = run.workers.slice(0, -1)
  await Promise.all(came.map((worker, place) => rate(world, worker, said((place % 5) + 1))))
  expect((await shown(world, run)).figures.count).toBe(8)
  expect(await books(world)).toEqual([])
})

test.each([
  ['打我电话 19900001234', 'personal-number'],
  ['一九九 零零零零 一二三四', 'personal-number'],
  ['我的号 990001199001011238', 'personal-number'],
  ['写信到 someone＠example.com', 'email'],
])('personal data in the words is refused and not echoed: %s', async (text, code) => {
  const run = await givenRun(world, 2)
  const [ann] = people(run)
  const error = await rate(world, ann, said(3, { text })).catch((one: unknown) => one as Refusal)
  if (!(error instanceof Refusal)) throw new Error('it was taken')
  expect([error.code, error.errors[0]?.pointer, error.errors[0]?.code]).toEqual(['validation-failed', '#/text', code])
  expect(JSON.stringify([error.members, error.errors])).not.toMatch(/\d{4}|someone/)
  expect(await readOwnRating(world.table, ann.personId, ann.enrollmentId)).toBeUndefined()
})

test('its author changes it for seven days; every version stays in her record', async () => {
  const run = await givenRun(world, 2)
  const [ann] = people(run)
  const first = await rate(world, ann, said(2, { text: '一般' }))
  expect(await told(change(world, ann, 7, said(4)))).toBe('version-conflict')
  world.moveTo(days(run.credited, 3))
  const second = await change(world, ann, first.version, said(4, { text: '后来觉得有用', anonymous: true }))
  expect(second.earlier).toMatchObject([{ text: '一般', aspects: { content: 2 }, at: first.at, anonymous: false }])
  expect((await shown(world, run)).items).toMatchObject([{ author: null, text: '后来觉得有用', changedAt: world.now() }])
  world.moveTo(days(run.credited, 7))
  expect(await told(change(world, ann, second.version, said(1)))).toBe('rating-closed')
  // Her keys are not here: the profile of this scene has none, and goes before the export.
  await world.table.client.send(new DeleteCommand({ TableName: world.table.name, Key: keys.profile.key(ann.personId) }))
  const vault = { newKey: never, openKey: never, hashOf: never }
  const mine = await exportMe(world, vault, { actor: { personId: ann.personId, memberships: [] } })
  expect(mine.ratings).toMatchObject([{ enrollmentId: ann.enrollmentId, text: '后来觉得有用', earlier: [{ text: '一般' }] }])
  expect(mine.history.filter(({ entity }) => entity === first.id).map(({ action }) => action)).toEqual(['rate', 'change'])
  expect(await books(world)).toEqual([])
})

test('a rating and an answer are changed ten times at most, the same again changes nothing, and an operator can still fold it', async () => {
  const run = await givenRun(world, 2)
  const [ann] = people(run)
  let mine = await rate(world, ann, said(2, { text: '第 0 次' }))
  const same = await change(world, ann, mine.version, said(2, { text: ' 第 0 次\u200b' }))
  expect([same.version, same.earlier]).toEqual([mine.version, []])
  for (let time = 1; time <= 10; time += 1) mine = await change(world, ann, mine.version, said(2, { text: `第 ${time} 次` }))
  expect(await told(change(world, ann, mine.version, said(2, { text: '又一次' })))).toBe('changed-enough')
  let line = await answer(world, run.manager, run, mine.id, '回复 0')
  expect((await correct(world, run.manager, run, mine.id, line.version, '回复 0')).version).toBe(line.version)
  for (let time = 1; time <= 10; time += 1) line = await correct(world, run.manager, run, mine.id, line.version, `回复 ${time}`)
  expect(await told(correct(world, run.manager, run, mine.id, line.version, '又一次'))).toBe('changed-enough')
  expect((await fold(world, operator, run, line, 'insult')).fold?.reason).toBe('insult')
  expect(await books(world)).toEqual([])
})
const never = async (): Promise<never> => {
  throw new Error('not asked')
}

test('its provider answers once and corrects for seven days; nobody else answers', async () => {
  const run = await givenRun(world, 2)
  const [ann] = people(run)
  const { id } = await rate(world, ann, said(2, { text: '太挤' }))
  const others: Actor[] = [managerOf(world.id('provider')), operator, ann.actor, registrarOf(run)]
  for (const other of others) expect(await told(answer(world, other, run, id))).toBe('not-found')
  expect(await told(correct(world, run.manager, run, id, 1, '没有的'))).toBe('illegal-transition')
  const done = await answer(world, run.manager, run, id, '我们会换大教室')
  // The answer is found among what its manager did; the rating is nobody's doing in a role.
  const entries = await readRange(world.table, { pk: keys.audit.key(id, '').pk })
  expect(entries.map((entry) => entry['auditActor'] ?? null)).toEqual([null, run.manager.personId])
  expect(await told(answer(world, run.manager, run, id, '再说一次'))).toBe('already-answered')
  const fixed = await correct(world, run.manager, run, id, done.version, '已经换了大教室')
  expect((await shown(world, run)).items).toMatchObject([{ answer: { text: '已经换了大教室', at: done.answer?.at } }])
  expect((await offer(world, ann)).rating).toMatchObject({ answer: { text: '已经换了大教室' } })
  expect((await ofProvider(world, run.manager, run)).items).toMatchObject([{ id, text: '太挤' }])
  expect(await told(ofProvider(world, managerOf(world.id('provider')), run))).toBe('not-found')
  world.moveTo(days(run.credited, 8))
  expect(await told(correct(world, run.manager, run, id, fixed.version, '晚了'))).toBe('rating-closed')
  expect((await readOwnRating(world.table, ann.personId, ann.enrollmentId))?.answer?.earlier).toMatchObject([{ text: '我们会换大教室' }])
  expect(await books(world)).toEqual([])
})
const registrarOf = ({ item }: GivenRun): Actor => ({
  personId: 'per_70000000000000000000000004',
  memberships: [{ organizationId: item.run.providerId, roles: ['provider:registrar'] }],
})

test('an operator folds words for a legal reason and shows them again; stars keep counting; never of her own house', async () => {
  const run = await givenRun(world, 5)
  const [ann, ben, cal, dan] = people(run)
  const rated = await rate(world, ann, said(1, { text: '老师张某家住某处' }))
  for (const one of [ben, cal, dan]) await rate(world, one, said(5))
  const means = (await shown(world, run)).figures
  const own: Actor = { ...operator, memberships: [...operator.memberships, { organizationId: run.item.run.providerId, roles: [] }] }
  expect(await told(fold(world, own, run, rated, 'insult'))).toBe('forbidden')
  expect(await told(fold(world, { ...operator, personId: ann.personId }, run, rated, 'insult'))).toBe('forbidden')
  expect(await told(fold(world, operator, run, rated, null))).toBe('illegal-transition')
  expect(await told(fold(world, operator, run, rated, 'did-not-attend'))).toBe('did-attend')
  const folded = await fold(world, operator, run, rated, 'personal-data')
  const seen = async () => (await shown(world, run)).items.find(({ id }) => id === rated.id)
  expect(await seen()).toMatchObject({
    text: null,
    answer: null,
    aspects: { content: 1 },
    fold: { reason: 'personal-data', sentence: '核实后的处理说明' },
  })
  expect((await shown(world, run)).figures).toEqual(means)
  expect((await offer(world, ann)).rating).toMatchObject({ text: '老师张某家住某处', fold: { reason: 'personal-data' } })
  expect(await told(fold(world, operator, run, rated, null))).toBe('version-conflict')
  await fold(world, operator, run, folded, null)
  expect(await seen()).toMatchObject({ text: '老师张某家住某处', fold: null })
  expect(await books(world)).toEqual([])
})

test('where a correction takes the hours away, the stars are taken out by folding, and come back', async () => {
  const run = await givenRun(world, 2)
  const [ann] = people(run)
  const { item, teacher, credited } = run
  const rated = await rate(world, ann, said(5, { instructors: [{ instructorId: teacher.instructorId, stars: 5 }] }))
  world.moveTo(days(credited, 1))
  const [one, other] = [
    await makeStaff(world, item.run.providerId, 'provider:registrar'),
    await makeStaff(world, item.run.providerId, 'provider:manager'),
  ]
  const { presence } = await correctAttendance(world, one, paramsOf(item), ann, false)
  await decide(world, other, paramsOf(item), presence.evidence.at(-1)?.id ?? '', ann)
  world.moveTo(days(credited, 2))
  await creditHours(world, item.run.id)
  expect(await readCredit(world, ann.personId, item.run.id)).toMatchObject({ minutes: 0 })
  expect(await books(world)).toEqual([])
  const folded = await fold(world, operator, run, rated, 'did-not-attend')
  expect((await shown(world, run)).figures.count).toBe(0)
  expect((await readTallies(world.table, [teacher.instructorId])).get(teacher.instructorId)).toEqual({ count: 0, stars: 0 })
  expect(await books(world)).toEqual([])
  await fold(world, operator, run, folded, null)
  expect((await shown(world, run)).figures.count).toBe(1)
  expect(await books(world)).toEqual([])
})

/** The world in which nobody writes before so many have read. */
function allAtOnce(of: TestWorld, count: number): TestWorld {
  const gate = Promise.withResolvers<void>()
  let arrived = 0
  const send = async (request: TransactWriteCommand): Promise<unknown> => {
    if (request instanceof TransactWriteCommand) {
      if ((arrived += 1) === count) gate.resolve()
      await gate.promise
    }
    return of.table.client.send(request)
  }
  return { ...of, table: { name: of.table.name, client: { send } as unknown as Table['client'] } }
}

// Last: it breaks the books.
test('CONTROL: without the guard of an enrollment two devices make two ratings', async () => {
  const run = await givenRun(world, 2)
  const [ann] = people(run)
  const unguarded = withoutConditions(allAtOnce(world, 3), (pk, sk) => pk.startsWith('PERSON#') && sk.startsWith('RATING#'))
  const answers = await Promise.all([1, 2, 3].map((stars) => told(rate(unguarded, ann, said(stars)))))
  expect(answers.filter((one) => one === 'done').length).toBeGreaterThan(1)
  expect((await shown(world, run)).figures.count).toBeGreaterThan(1)
  expect((await books(world)).map(({ code }) => code)).toContain('R1')
})
