import type { Complaint } from '@skills/contract/quality.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { lineOf, type AuditEntry } from '@skills/core/audit-search/audit-line.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { keys } from '@skills/core/keys.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import { openVault } from '@skills/core/people/personal-data.ts'
import { readItem, readRange } from '@skills/core/table.ts'
import { listMyComplaints, raiseComplaint, sayOfComplaint } from '@skills/functions/quality/complain.ts'
import {
  answerComplaint,
  decideComplaint,
  listComplaints,
  listOpenComplaints,
  showComplainant,
} from '@skills/functions/quality/complaint-cases.ts'
import { sweepQuality } from '@skills/functions/quality/sweep-quality.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { accepted } from '../provider/provider-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { codeOf, complain, fresh, makeRun, makeSchool, operatorOf, seated, titlesOf, type School } from './quality-scene.ts'

let world: TestWorld
let stop: () => Promise<void>
let school: School
let learner: Awaited<ReturnType<typeof seated>>
let runId: string

beforeEach(async () => {
  const engine = await startTable()
  world = testWorld(engine.table)
  stop = engine.stop
  school = await makeSchool(world)
  runId = (await makeRun(world, school)).id
  learner = await seated(world, runId)
})
afterEach(() => stop())

const mine = async () => (await listMyComplaints(world, { actor: learner.actor })).complaints
const only = async () => (await mine())[0] as Complaint
const page = { limit: 20, after: undefined }
const answer = ({ id }: Complaint, by = school.manager, text = '已核实，下周补足课时。') =>
  answerComplaint(world, { actor: by, command: fresh(), params: { complaintId: id }, body: { text } })
const say = ({ id }: Complaint, settled: boolean, by = learner.actor) =>
  sayOfComplaint(world, { actor: by, command: fresh(), params: { complaintId: id }, body: { settled, text: null } })
const decide = ({ id, version }: Complaint, upheld = true, by = operatorOf(world)) =>
  decideComplaint(world, {
    actor: by,
    command: fresh(),
    params: { complaintId: id },
    body: { upheld, reason: '考勤记录与投诉一致', version },
  })
const open = async () => (await listOpenComplaints(world, { page })).items
/** Sound, but for what no stream empties here. */
const broken = async () => violations(await scanTable(world.table), world.now()).filter(({ code }) => /^(A1|A2|Q)/.test(code))

test('a complaint is answered within five working days, does not settle it, and an operator decides; everybody concerned is told', async () => {
  const raised = await complain(world, learner)
  // Tuesday 1 December 2026: the fifth working day after it is the 8th.
  expect([raised.state, raised.answerBy]).toEqual(['open', '2026-12-08T16:00:00.000Z'])
  expect(await titlesOf(world, school.manager)).toEqual(['有新的投诉等您答复'])
  expect(await codeOf(say(raised, false))).toBe('illegal-transition')
  expect(await codeOf(decide(raised))).toBe('illegal-transition')

  world.moveTo('2026-12-08T15:59:59.000Z')
  const { complaint } = await answer(raised)
  expect(complaint).toMatchObject({ state: 'answered', answer: { inTime: true }, maskedName: '测*' })
  expect(await codeOf(answer(raised))).toBe('illegal-transition')
  const { complaint: with_ } = await say(await only(), false)
  expect(with_).toMatchObject({ state: 'with-operator', said: { settled: false }, decideBy: '2026-12-22T16:00:00.000Z' })
  expect(await codeOf(decide(raised))).toBe('version-conflict')
  await decide(await only())
  expect(await only()).toMatchObject({ state: 'upheld', decision: { upheld: true } })
  // What she did herself stands in no index of what was done in a role, and who searches the thing reads no id of hers.
  const entries = await readRange(world.table, { pk: keys.audit.key(raised.id, '').pk })
  expect(entries.map((entry) => entry['auditActor'] === learner.actor.personId)).not.toContain(true)
  expect(entries.map((entry) => lineOf(entry as unknown as AuditEntry).by)).not.toContain(learner.actor.personId)
  expect(entries.map((entry) => entry['auditActor'] ?? null)).toContain(school.manager.personId)
  // Both at one instant: either may stand first.
  expect((await titlesOf(world, learner.actor)).toSorted()).toEqual(['投诉裁定：成立', '机构答复了您的投诉'].toSorted())
  expect((await titlesOf(world, school.manager)).toSorted()).toEqual(
    ['一件投诉已转平台处理', '投诉裁定：成立', '有新的投诉等您答复'].toSorted(),
  )
  // Each of these leaves an event too, so that messages follow what people chose.
  const events = (await scanTable(world.table)).flatMap(({ pk, event }) => (pk.startsWith('OUTBOX#') ? [event as OutboxEvent] : []))
  const cases = events.filter((event) => event.type === 'case-news')
  const of = (personId: string) => cases.filter((event) => event.personId === personId).map(({ organizationId }) => organizationId)
  expect(of(learner.actor.personId)).toEqual([null, null])
  expect(of(school.manager.personId)).toEqual([school.providerId, school.providerId, school.providerId])
  expect(await open()).toEqual([])
  expect(await broken()).toEqual([])
})

test('what nobody answers goes to an operator by itself, once; a late answer is kept and stays late; what she lets lie after an answer lapses', async () => {
  const raised = await complain(world, learner)
  world.moveTo('2026-12-08T16:00:00.000Z')
  // The clock alone says so, before any sweep.
  expect((await only()).state).toBe('with-operator')
  expect([await sweepQuality(world), await sweepQuality(world)].map(({ moved }) => moved)).toEqual([1, 0])
  expect((await titlesOf(world, learner.actor)).filter((title) => title === '您的投诉已转平台处理')).toHaveLength(1)
  expect((await answer(raised)).complaint).toMatchObject({ state: 'with-operator', answer: { inTime: false } })
  // Ten working days after the 9th nobody decided: said once.
  world.moveTo('2026-12-23T16:00:00.000Z')
  expect([await sweepQuality(world), await sweepQuality(world)].map(({ moved }) => moved)).toEqual([1, 0])
  await decide(await only(), false)
  expect((await only()).state).toBe('not-upheld')

  const second = await complain(world, learner, { kind: 'fees' })
  await answer(second)
  world.moveTo('2027-01-15T00:00:00.000Z')
  await sweepQuality(world)
  expect((await mine())[0]).toMatchObject({ state: 'lapsed' })
  expect(await broken()).toEqual([])
})

test('a matter of safety can be decided at once; settled by its person it is closed', async () => {
  const danger = await complain(world, learner, { kind: 'safety', text: '配电柜没有接地，讲师不在场。' })
  await decide(danger)
  expect((await only()).state).toBe('upheld')
  await say(await complain(world, learner), true)
  // Of two of the same instant either is the newest.
  expect((await mine()).map(({ state }) => state).toSorted()).toEqual(['settled', 'upheld'])
  expect(await broken()).toEqual([])
})

test('safety comes before all that waits, on its first page, with a line in the log that rings; every other is reached by pages', async () => {
  const older = [learner, await seated(world, runId), await seated(world, runId)]
  for (const one of older) {
    await complain(world, one)
    world.moveTo(plusMinutes(world.now(), 1))
  }
  const lines = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const danger = await complain(world, await seated(world, runId), { kind: 'safety', text: '配电柜没有接地。' })
  const rung = lines.mock.calls.map(([text]) => String(text)).filter((text) => text.includes('safety-complaint'))
  lines.mockRestore()
  expect([rung.length, rung.join().includes('配电柜')]).toEqual([1, false])
  const seen: string[] = []
  for (let after: string | undefined, more = true; more;) {
    const listed = await listOpenComplaints(world, { page: { limit: 2, after } })
    seen.push(...listed.items.map(({ id }) => id))
    more = listed.next !== null
    after = listed.next ?? undefined
  }
  expect([seen[0], seen.length, new Set(seen).size]).toEqual([danger.id, 4, 4])
  expect(await broken()).toEqual([])
  await decide(danger)
  expect((await open()).map(({ kind }) => kind)).toEqual(['teaching', 'teaching', 'teaching'])
  expect(await broken()).toEqual([])
})

test('one complaint is open at a time, five in all; texts with numbers of people, and seats that are not hers, are refused', async () => {
  const texts = ['打我电话 199 0000 1234', '身份证 990001199001011234', '一九九零零零零一二三四']
  for (const text of texts) expect(await codeOf(complain(world, learner, { text }))).toBe('validation-failed')
  const stranger = await seated(world, runId)
  expect(await codeOf(complain(world, { ...learner, actor: stranger.actor }))).toBe('not-found')
  const command = fresh()
  const body = { enrollmentId: learner.enrollmentId, kind: 'other' as const, text: '没有开水', nameShown: false, fileId: null }
  const both = await Promise.all([1, 2].map(() => codeOf(raiseComplaint(world, { actor: learner.actor, command: fresh(), body }))))
  expect(both.toSorted()).toEqual(['complaint-open', 'done'])
  for (let more = 0; more < 4; more += 1) {
    await say(await only(), true)
    world.moveTo(plusMinutes(world.now(), 1))
    await raiseComplaint(world, { actor: learner.actor, command: more === 0 ? command : fresh(), body })
  }
  await say(await only(), true)
  expect(await codeOf(complain(world, learner))).toBe('complaints-enough')
  // The first answer, not a sixth complaint.
  expect((await raiseComplaint(world, { actor: learner.actor, command, body })).complaint.state).toBe('open')
  expect(await mine()).toHaveLength(5)
  expect(await broken()).toEqual([])
})

test('a proof is a file of hers for that; managers of other providers, registrars and operators who are concerned have no part in it', async () => {
  const ask = (fileId: string) =>
    raiseComplaint(world, {
      actor: learner.actor,
      command: fresh(),
      body: { enrollmentId: learner.enrollmentId, kind: 'fees', text: '收据与公布不符', nameShown: false, fileId },
    })
  expect(await codeOf(ask(await accepted(world, learner.actor.personId, 'licence')))).toBe('file-not-accepted')
  expect(await codeOf(ask(await accepted(world, school.manager.personId, 'complaint-proof')))).toBe('file-not-accepted')
  const { complaint } = await ask(await accepted(world, learner.actor.personId, 'complaint-proof'))
  const other = await makeSchool(world)
  expect(await codeOf(answer(complaint, other.manager))).toBe('not-found')
  expect(await codeOf(answer(complaint, operatorOf(world)))).toBe('not-found')
  expect(await codeOf(listComplaints(world, { actor: other.manager, params: { providerId: school.providerId }, page }))).toBe('not-found')
  world.moveTo('2026-12-09T00:00:00.000Z')
  const operator = operatorOf(world)
  const both = { ...school.manager, memberships: [...school.manager.memberships, ...operator.memberships] }
  expect(await codeOf(decide(await only(), true, both))).toBe('another-operator-needed')
  expect(await codeOf(decide(await only(), true, { ...operator, personId: learner.actor.personId }))).toBe('another-operator-needed')
  const listed = await listComplaints(world, { actor: school.manager, params: { providerId: school.providerId }, page })
  expect(JSON.stringify(listed)).not.toContain(learner.actor.personId)
  expect(listed.items).toMatchObject([{ id: complaint.id, hasFile: true, maskedName: '测*' }])
})

test('her name is the manager’s only where she agreed, and every look stands in the audit', async () => {
  // A profile of the scene has no sealed name: who looks sees the masked one. The vault is not asked for it.
  await world.table.client.send(
    new (await import('@aws-sdk/lib-dynamodb')).DeleteCommand({
      TableName: world.table.name,
      Key: keys.profile.key(learner.actor.personId),
    }),
  )
  const vault = openVault({ dataKey: 'none', macKey: 'none' })
  const look = (id: string, by = school.manager) =>
    showComplainant(world, vault, { actor: by, command: fresh(), params: { complaintId: id } })
  const hidden = await complain(world, learner)
  expect(await codeOf(look(hidden.id))).toBe('name-not-shown')
  const operator = operatorOf(world)
  expect(await look(hidden.id, operator)).toEqual({ name: '测*', personId: learner.actor.personId, fileId: null, version: 2 })
  await say(await only(), true)
  world.moveTo(plusMinutes(world.now(), 1))
  const shown = await complain(world, learner, { nameShown: true })
  expect(await look(shown.id)).toEqual({ name: '测*', personId: null, fileId: null, version: 2 })
  const chain = await readRange(world.table, { pk: keys.audit.key(hidden.id, '').pk })
  expect(chain.map(({ action, by }) => [action, by])).toContainEqual(['name shown to an operator', operator.personId])
  expect((await readItem(world.table, keys.complaint.key(shown.id)))?.['version']).toBe(2)
})
