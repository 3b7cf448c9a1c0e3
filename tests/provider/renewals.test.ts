import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { Actor } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { latestNotices } from '@skills/core/notices/notice.table.ts'
import { closeMembership, membershipsOf, readMembership, writeMembership } from '@skills/core/people/membership.table.ts'
import { readApplication, writeApplication } from '@skills/core/provider/application.table.ts'
import { approvalSteps } from '@skills/core/provider/approve-application.ts'
import type { Table } from '@skills/core/table.ts'
import { openApplication, saveApplication, submitApplication } from '@skills/functions/provider/apply.ts'
import { stepStanding } from '@skills/functions/provider/standings.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { decide, fresh, operatorOf, person, submitted, wholeFacts } from './provider-scene.ts'

let world: TestWorld
let stop: () => Promise<void>
let operator: Actor
let providerId: string
let uscc: string
let first: Actor
let second: Actor

beforeEach(async () => {
  const engine = await startTable()
  world = testWorld(engine.table)
  stop = engine.stop
  operator = operatorOf(world)
  first = person(world)
  second = person(world)
  const { application } = await decide(world, operator, await submitted(world, first), 'approved')
  providerId = application.providerId
  uscc = application.facts.uscc
  await appoint(second)
})
afterEach(() => stop())

const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error as Error)),
  )
async function appoint({ personId }: Actor): Promise<void> {
  const organizationName = { zh: '示例夜校', en: 'Night school' }
  const before = await readMembership(world, personId, providerId)
  await writeMembership(
    world,
    undefined,
    'system:test',
    personId,
    { organizationId: providerId, organizationName, roles: ['provider:manager'] },
    before,
  )
}
const dismiss = async ({ personId }: Actor) =>
  closeMembership(world, fresh(), operator.personId, await readMembership(world, personId, providerId))
const open = (actor: Actor) => openApplication(world, { actor, command: fresh(), body: { providerId } })
async function draft(actor: Actor) {
  const { application } = await open(actor)
  const facts = await wholeFacts(world, actor.personId, { uscc })
  const save = { actor, command: fresh(), params: { applicationId: application.id }, body: { version: application.version, facts } }
  return (await saveApplication(world, save)).application
}
const submit = (actor: Actor, { id, version }: { id: string; version: number }) =>
  submitApplication(world, { actor, command: fresh(), params: { applicationId: id }, body: { version } }).then(
    ({ application }) => application,
  )
const roles = async ({ personId }: Actor) => (await membershipsOf(world, personId)).flatMap((one) => one.roles)

test('a manager who was dismissed can neither save nor submit, and no approval makes her a manager again', async () => {
  const begun = await draft(first)
  await dismiss(first)
  const body = { version: begun.version, facts: {} }
  expect(await codeOf(saveApplication(world, { actor: first, command: fresh(), params: { applicationId: begun.id }, body }))).toBe(
    'not-found',
  )
  expect(await codeOf(submit(first, begun))).toBe('not-found')
  expect(await codeOf(open(first))).toBe('not-found')

  await appoint(first)
  const sent = await submit(first, begun)
  await dismiss(first)
  expect(await codeOf(decide(world, operator, sent, 'approved'))).toBe('applicant-not-manager')
  expect(await codeOf(decide(world, operator, sent, 'more-asked'))).toBe('applicant-not-manager')
  expect(await roles(first)).toEqual([])
  // What she left behind holds up nobody, and can be refused.
  const next = await draft(second)
  expect(await codeOf(decide(world, operator, sent, 'refused'))).toBe('done')
  expect(await codeOf(decide(world, operator, await submit(second, next), 'approved'))).toBe('done')
  expect(await roles(second)).toEqual(['provider:manager'])
  expect(violations(await scanTable(world.table), world.now())).toEqual([])
})

test('dismissed at the moment of the approval she stays dismissed', async () => {
  for (let round = 0; round < 6; round += 1) {
    await appoint(first)
    const sent = await submit(first, await draft(first))
    const [approved] = await Promise.all([codeOf(decide(world, operator, sent, 'approved')), dismissed(first)])
    expect(['done', 'applicant-not-manager']).toContain(approved)
    expect(await roles(first)).toEqual([])
    if (approved !== 'done') await decide(world, operator, sent, 'refused')
  }
})

test('control: an approval that does not ask for her membership of now appoints her again', async () => {
  const sent = await submit(first, await draft(first))
  const before = await readApplication(world.table, sent.id)
  if (before === undefined) throw new Error('gone')
  await dismiss(first)
  const by = fresh()
  // As it was: known providers were approved like new ones.
  const bare = { ...before, application: { ...before.application, known: false } }
  const application = { ...before.application, state: 'approved' as const }
  const change = { before, personId: first.personId, application, action: 'approved', by: operator.personId }
  await writeApplication(world, by, change, await approvalSteps(world, by, bare, operator.personId))
  expect(await roles(first)).toEqual(['provider:manager'])
})

/** Ended for sure, whatever came between. */
async function dismissed(actor: Actor): Promise<void> {
  for (let tried = 0; tried < 20; tried += 1) if ('answer' in (await dismiss(actor))) return
  throw new Error('not dismissed')
}

test('what a manager began and left lies in no colleague’s way; of two that are begun the one that is sent first counts', async () => {
  const left = await draft(first)
  const hers = await draft(second)
  expect(await codeOf(open(first))).toBe('application-open')
  // Neither keeps the other from writing on.
  const save = (actor: Actor, { id, version }: { id: string; version: number }) =>
    codeOf(saveApplication(world, { actor, command: fresh(), params: { applicationId: id }, body: { version, facts: {} } }))
  expect([await save(first, left), await save(second, hers)]).toEqual(['done', 'done'])
  const sent = await submit(second, { id: hers.id, version: hers.version + 1 })
  const now = { id: left.id, version: left.version + 1 }
  expect([await codeOf(submit(first, now)), await save(first, now)]).toEqual(['application-open', 'application-open'])
  expect(violations(await scanTable(world.table), world.now())).toEqual([])
  // What an operator sent back lies with her as a draft does.
  await decide(world, operator, sent, 'more-asked')
  await decide(world, operator, await submit(first, now), 'approved')
  expect(await roles(first)).toEqual(['provider:manager'])
  expect(violations(await scanTable(world.table), world.now())).toEqual([])
})

test('two managers who begin at the same moment both do, each once', async () => {
  expect(await Promise.all([first, second].map((actor) => codeOf(open(actor))))).toEqual(['done', 'done'])
  expect([await codeOf(open(first)), await codeOf(open(second))]).toEqual(['application-open', 'application-open'])
  expect(violations(await scanTable(world.table), world.now())).toEqual([])
})

/** The same world in which `before` happens just before the first change is written; without the look at the other application where `guarded` is false. */
function overtaken(before: () => Promise<unknown>, guarded: boolean): TestWorld {
  let came = false
  const send = async (request: TransactWriteCommand): Promise<unknown> => {
    if (!(request instanceof TransactWriteCommand)) return world.table.client.send(request)
    if (!came) {
      came = true
      await before()
    }
    const ofOther = (key: unknown) => String((key as { pk?: string } | undefined)?.pk).startsWith('APPLICATION#')
    const items = (request.input.TransactItems ?? []).filter(({ ConditionCheck }) => guarded || !ofOther(ConditionCheck?.Key))
    return world.table.client.send(new TransactWriteCommand({ ...request.input, TransactItems: items }))
  }
  return { ...world, table: { name: world.table.name, client: { send } as unknown as Table['client'] } }
}

test.each([
  ['the second is refused', true, 'application-open'],
  ['CONTROL: without the look at the other application both lie with the operators', false, 'done'],
])('a colleague’s application is sent at the moment one’s own is: %s', async (_, guarded, expected) => {
  const mine = await draft(first)
  const hers = await draft(second)
  const late = overtaken(() => submit(second, hers), guarded)
  const call = { actor: first, command: fresh(), params: { applicationId: mine.id }, body: { version: mine.version } }
  expect(await codeOf(submitApplication(late, call))).toBe(expected)
})

test('once it is decided another manager can renew, and the books find a guard that names nothing under way', async () => {
  const sent = await submit(first, await draft(first))
  expect(await codeOf(open(second))).toBe('application-open')
  await decide(world, operator, sent, 'approved')
  const items = await scanTable(world.table)
  expect(violations(items, world.now())).toEqual([])
  const forged = { pk: `PROVIDER#${providerId}`, sk: 'RENEWAL', applicationId: sent.id }
  expect(violations([...items, forged], world.now()).map(({ code }) => code)).toEqual(['A6'])
  expect(await codeOf(open(second))).toBe('done')
})

test('every manager of now is told where the provider stands, and nobody who was one', async () => {
  const third = person(world)
  await appoint(third)
  await dismiss(first)
  const before = (await latestNotices(world, first.personId)).length
  const body = { to: 'suspended' as const, reason: '材料待核实' }
  const actor: Actor = { ...operator, memberships: [{ organizationId: platformId, roles: ['platform:operator'] }] }
  await stepStanding(world, { actor, command: fresh(), params: { providerId }, body })
  for (const { personId } of [second, third])
    expect((await latestNotices(world, personId))[0]?.title.en).toBe('Your provider was suspended')
  expect(await latestNotices(world, first.personId)).toHaveLength(before)
})
