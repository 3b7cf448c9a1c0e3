import type { Actor } from '@skills/contract/actor.ts'
import type { Application } from '@skills/contract/applications.ts'
import type { RunState } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { createRun, readRun } from '@skills/core/catalog/run.table.ts'
import { testRun } from '@skills/core/catalog/test-run.ts'
import { keys } from '@skills/core/keys.ts'
import { latestNotices } from '@skills/core/notices/notice.table.ts'
import { mayOffer } from '@skills/core/provider/standing.ts'
import { readStanding, standingSteps } from '@skills/core/provider/standing.table.ts'
import { readItem, readRange } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import { openApplication, saveApplication, submitApplication } from '@skills/functions/provider/apply.ts'
import { announceRule, listRules } from '@skills/functions/provider/rules.ts'
import { acceptRule, getStanding, stepStanding } from '@skills/functions/provider/standings.ts'
import { sweepStandings } from '@skills/functions/provider/sweep-standings.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { accepted, decide, fresh, operatorOf, person, submitted, wholeFacts } from './provider-scene.ts'

let world: TestWorld
let stop: () => Promise<void>
let operator: Actor
let manager: Actor
let application: Application

beforeEach(async () => {
  const engine = await startTable()
  world = testWorld(engine.table)
  stop = engine.stop
  operator = operatorOf(world)
  const applicant = person(world)
  const approved = await decide(world, operator, await submitted(world, applicant), 'approved')
  application = approved.application
  manager = { ...applicant, memberships: [{ organizationId: application.providerId, roles: ['provider:manager'] }] }
})
afterEach(() => stop())

const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error as Error)),
  )

/** A run of the provider in a state, with its course's line. */
async function makeRun(state: RunState, venueId: string | null = null): Promise<string> {
  const { providerId } = application
  const text = { zh: '课程', en: 'Course' }
  const courseId = world.id('course')
  const plain = testRun(state)
  const run = {
    ...plain,
    meetings: plain.meetings.map((meeting) => ({ ...meeting, venueId })),
    id: world.id('run'),
    code: world.id('run').slice(-8),
    courseId,
    providerId,
    opensAt: '2026-12-01T00:00:00.000Z',
    closesAt: '2027-12-10T00:00:00.000Z',
  }
  const copies = {
    title: text,
    providerName: text,
    venue: null,
    conditions: [],
    family: 'training-completion',
    trade: null,
    level: null,
  } as const
  await transact(
    world,
    undefined,
    [{ name: 'pointer', put: { item: { ...keys.courseOfProvider.key(providerId, courseId), courseId } } }],
    null,
  )
  const outcome = await createRun(world, run, { ...copies, conditions: [] }, providerId, { by: 'system:test', action: 'create' })
  if ('failed' in outcome) throw new Error(outcome.failed)
  return run.id
}
const stateOf = async (runId: string) => (await readRun(world.table, runId))?.run.state
const titles = async () => (await latestNotices(world, manager.personId)).map(({ title }) => title.zh)

test('a licence that ends is announced 60, 30 and 7 days before; then nothing new is published, registration closes, and who is enrolled stays', async () => {
  const open = await makeRun('registration-open')
  const soon = await makeRun('published')
  const draft = await makeRun('draft')
  const running = await makeRun('running')
  const days: string[] = []
  for (const day of ['2026-12-02', '2027-01-01', '2027-01-31', '2027-02-22', '2027-02-28', '2027-03-01']) {
    world.moveTo(`${day}T02:00:00.000Z`)
    await sweepStandings(world)
    await sweepStandings(world)
    days.push(`${day} ${(await titles()).filter((title) => title.startsWith('办学许可')).length}`)
  }
  expect(days).toEqual(['2026-12-02 0', '2027-01-01 1', '2027-01-31 2', '2027-02-22 2', '2027-02-28 3', '2027-03-01 3'])
  expect(await stateOf(open)).toBe('registration-open')

  world.moveTo('2027-03-02T02:00:00.000Z')
  await sweepStandings(world)
  expect(await titles()).toContain('办学许可已到期')
  expect(await Promise.all([open, soon, draft, running].map(stateOf))).toEqual([
    'registration-closed',
    'registration-closed',
    'draft',
    'running',
  ])
  const standing = await readStanding(world.table, application.providerId)
  expect(mayOffer(standing, { trade: null, until: world.now() }, world.now())).toEqual([{ code: 'licence-expired', until: '2027-03-01' }])
  // What a manager opens again while nothing may be offered is closed again.
  const again = await makeRun('registration-open')
  world.moveTo(plusMinutes(world.now(), 6 * 60 + 1))
  await sweepStandings(world)
  expect(await stateOf(again)).toBe('registration-closed')
  expect(violations(await scanTable(world.table), world.now()).filter(({ code }) => code === 'A1')).toEqual([])
})

test('a renewed licence, by an application for the provider that is known, lets it offer again and is announced anew', async () => {
  world.moveTo('2027-03-02T02:00:00.000Z')
  await sweepStandings(world)
  const { application: next } = await openApplication(world, {
    actor: manager,
    command: fresh(),
    body: { providerId: application.providerId },
  })
  expect([next.known, next.facts.name]).toEqual([true, application.facts.name])
  const facts = await wholeFacts(world, manager.personId, {
    uscc: application.facts.uscc,
    licence: { fileId: await accepted(world, manager.personId, 'licence'), until: '2030-03-01' },
  })
  const params = { applicationId: next.id }
  const saved = await saveApplication(world, { actor: manager, command: fresh(), params, body: { version: next.version, facts } })
  const sent = await submitApplication(world, { actor: manager, command: fresh(), params, body: { version: saved.application.version } })
  await decide(world, operator, sent.application, 'approved')
  const standing = await readStanding(world.table, application.providerId)
  expect(standing).toMatchObject({ licenceUntil: '2030-03-01', blockedSince: null, state: 'approved' })
  expect(mayOffer(standing, { trade: 'barista', until: '2028-01-01T00:00:00.000Z' }, world.now())).toEqual([])
})

/** The venue that the provider was approved with. */
async function venueOf(): Promise<string> {
  const { pk, sk } = keys.venueOfProvider.key(application.providerId, '')
  const [line] = await readRange(world.table, { pk, begins: sk })
  return line?.sk.slice(sk.length) ?? ''
}

test('a venue whose fire-safety proof ends is announced; then registration closes for what meets there and nothing else, and who is enrolled stays', async () => {
  const venueId = await venueOf()
  const there = await makeRun('registration-open', venueId)
  const elsewhere = await makeRun('registration-open')
  const running = await makeRun('running', venueId)
  const [first] = (await readRun(world.table, there))?.run.meetings ?? []
  const { providerId } = application
  const standing = await readStanding(world.table, providerId)
  expect(standing?.venues).toEqual([{ venueId, name: application.facts.venues[0]?.name, until: '2028-01-31' }])
  // Its proof ends before the run meets: the day the proof is over, nobody comes to an unsafe place by a new seat.
  const until = dateAt(plusMinutes(first?.startsAt ?? '', -5 * 24 * 60))
  const venues = (standing?.venues ?? []).map((one) => ({ ...one, until }))
  if (standing === undefined) throw new Error('no standing')
  await transact(
    world,
    undefined,
    standingSteps(world, undefined, { before: standing, after: { ...standing, venues }, action: 'test', by: 'system:test' }),
    null,
  )
  world.moveTo(instantOf(until, '10:00'))
  await sweepStandings(world)
  expect((await titles()).filter((title) => title.includes('消防安全证明'))).toEqual(['场地“主校区”的消防安全证明将在 7 天内到期'])
  expect(await stateOf(there)).toBe('registration-open')
  const offer = { trade: null, until: first?.endsAt ?? '', venueIds: [venueId] }
  expect(mayOffer({ ...standing, venues }, offer, world.now())).toEqual([])

  world.moveTo(plusMinutes(world.now(), 24 * 60))
  await sweepStandings(world)
  await sweepStandings(world)
  expect((await titles()).filter((title) => title === '场地“主校区”的消防安全证明已到期')).toHaveLength(1)
  expect(await Promise.all([there, elsewhere, running].map(stateOf))).toEqual(['registration-closed', 'registration-open', 'running'])
  expect(mayOffer({ ...standing, venues }, offer, world.now())).toMatchObject([{ code: 'venue-unsafe', until }])
  expect(mayOffer({ ...standing, venues }, { ...offer, venueIds: [] }, world.now())).toEqual([])
  expect(violations(await scanTable(world.table), world.now()).filter(({ code }) => code === 'A1')).toEqual([])
})

test('new papers for a venue that is there already are that venue’s: it is not there twice, and its proof lasts again', async () => {
  const venueId = await venueOf()
  const [venue] = application.facts.venues
  if (venue === undefined) throw new Error('no venue')
  const { application: next } = await openApplication(world, {
    actor: manager,
    command: fresh(),
    body: { providerId: application.providerId },
  })
  const fire = await accepted(world, manager.personId, 'fire-safety')
  const another = { ...venue, name: { zh: '分校', en: 'Branch' }, fireSafety: { fileId: fire, until: null } }
  const facts = {
    ...application.facts,
    venues: [
      another,
      { ...venue, rooms: [{ name: '101', capacity: 60, equipment: [] }], fireSafety: { fileId: fire, until: '2031-05-31' } },
    ],
  }
  const params = { applicationId: next.id }
  const saved = await saveApplication(world, { actor: manager, command: fresh(), params, body: { version: next.version, facts } })
  const sent = await submitApplication(world, { actor: manager, command: fresh(), params, body: { version: saved.application.version } })
  await decide(world, operator, sent.application, 'approved')
  const { pk, sk } = keys.venueOfProvider.key(application.providerId, '')
  const lines = await readRange(world.table, { pk, begins: sk })
  expect(lines).toHaveLength(2)
  expect(lines.find((line) => line.sk.endsWith(venueId))).toMatchObject({ fireSafetyUntil: '2031-05-31' })
  expect(await readItem(world.table, keys.venue.key(venueId))).toMatchObject({
    version: 2,
    venue: { rooms: [{ name: '101', capacity: 60 }] },
  })
  expect((await readStanding(world.table, application.providerId))?.venues).toEqual([{ venueId, name: venue.name, until: '2031-05-31' }])
  expect(violations(await scanTable(world.table), world.now()).filter(({ code }) => code === 'A1')).toEqual([])
})

test('an operator suspends with a reason and reinstates; registration closes, the manager is told, nobody steps her own provider', async () => {
  const open = await makeRun('registration-open')
  const { providerId } = application
  const step = (actor: Actor, to: 'suspended' | 'approved') =>
    stepStanding(world, { actor, command: fresh(), params: { providerId }, body: { to, reason: '两次投诉未处理' } })
  expect(await codeOf(step({ ...manager, memberships: [...manager.memberships, ...operator.memberships] }, 'suspended'))).toBe('forbidden')
  expect(await codeOf(step(operator, 'approved'))).toBe('illegal-transition')
  world.moveTo(plusMinutes(world.now(), 5))
  const { standing } = await step(operator, 'suspended')
  expect(standing).toMatchObject({ state: 'suspended', reason: '两次投诉未处理' })
  expect(await stateOf(open)).toBe('registration-closed')
  const read = () => readStanding(world.table, providerId)
  expect(mayOffer(await read(), { trade: null, until: world.now() }, world.now())).toEqual([{ code: 'suspended' }])
  expect((await titles())[0]).toBe('机构已被暂停')
  world.moveTo(plusMinutes(world.now(), 5))
  await step(operator, 'approved')
  expect(mayOffer(await read(), { trade: null, until: world.now() }, world.now())).toEqual([])
  expect((await titles())[0]).toBe('机构已恢复')
  expect(violations(await scanTable(world.table), world.now()).filter(({ code }) => code === 'A1')).toEqual([])
})

test('a rule is announced seven days ahead, every provider is told once, and accepts it from its day on', async () => {
  const { providerId } = application
  const text = { zh: '新规则', en: 'New rule' }
  const announce = (from: string) =>
    announceRule(world, { actor: operator, command: fresh(), body: { code: 'refunds', title: text, text, from } })
  expect(await codeOf(announce('2026-12-08'))).toBe('validation-failed')
  const rule = await announce('2026-12-09')
  await sweepStandings(world)
  await sweepStandings(world)
  expect((await titles()).filter((title) => title.startsWith('规则变更公告'))).toHaveLength(1)
  const standing = async () => (await getStanding(world, { actor: manager, params: { providerId } })).standing
  const accept = () => acceptRule(world, { actor: manager, command: fresh(), params: { providerId }, body: { ruleTextId: rule.id } })
  expect(await standing()).toMatchObject({ toAccept: [], announced: [{ id: rule.id }] })
  expect(await codeOf(accept())).toBe('not-found')
  world.moveTo('2026-12-08T16:00:00.000Z')
  expect(await standing()).toMatchObject({ toAccept: [{ id: rule.id }], announced: [] })
  expect((await listRules(world)).current.map(({ id }) => id)).toContain(rule.id)
  const done = await accept()
  expect(done.standing.toAccept).toEqual([])
  expect(await codeOf(getStanding(world, { actor: person(world), params: { providerId } }))).toBe('not-found')
})
