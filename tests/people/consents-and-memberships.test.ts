import type { Actor } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import { exportMe as exportRoute, listConsents as consentsRoute } from '@skills/contract/people.routes.ts'
import { auditHash } from '@skills/core/audit.ts'
import { keys } from '@skills/core/keys.ts'
import { setCalendarSecret } from '@skills/core/enrollment/calendar.table.ts'
import { takeSeat } from '@skills/core/enrollment/take-seat.ts'
import { emptySchedule } from '@skills/core/enrollment/schedule.ts'
import { consentNotices, identityNoticeVersion } from '@skills/core/people/consent.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { readRange } from '@skills/core/table.ts'
import { endMembership } from '@skills/functions/people/end-membership.ts'
import { exportMe } from '@skills/functions/people/export-me.ts'
import { listConsents } from '@skills/functions/people/list-consents.ts'
import { saveConsent } from '@skills/functions/people/save-consent.ts'
import { saveMembership } from '@skills/functions/people/save-membership.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { actor, idNumber, profileInput, startScene, type Scene } from './people-scene.ts'

let scene: Scene
let operator: Actor
beforeAll(async () => {
  scene = await startScene()
  operator = { personId: scene.person(), memberships: [{ organizationId: platformId, roles: ['platform:operator'] }] }
})
afterAll(() => scene.stop())

const name = { zh: '海口示范培训学校', en: 'Haikou Model School' }
const appoint = (
  personId: string,
  organizationId: string,
  roles: Parameters<typeof saveMembership>[1]['body']['roles'],
  command = scene.command('saveMembership'),
  version = 0,
) =>
  saveMembership(scene.world, {
    actor: operator,
    command,
    params: { personId, organizationId },
    body: { organizationName: name, roles, version },
  })

/** The audit chain of an entity, verified link by link. */
async function chain(entity: string) {
  const entries = await readRange(scene.world.table, { pk: keys.audit.key(entity, '').pk })
  let before = ''
  for (const [place, entry] of entries.entries()) {
    expect(entry).toMatchObject({ version: place + 1, before, hash: auditHash(entry) })
    before = entry['hash'] as string
  }
  return entries.map(({ action, by }) => [action, by])
}

test('every purpose stands in the list with its notice, and the answers given', async () => {
  const personId = scene.person()
  await scene.consent(personId, 'sms')
  const answer = await listConsents(scene.world, { actor: actor(personId) })
  expect(consentsRoute.answer.body.safeParse(answer).success).toBe(true)
  expect(answer.consents.map(({ purpose, optional, given, givenVersion }) => [purpose, optional, given, givenVersion])).toEqual([
    ['identity', false, false, null],
    ['sms', true, true, consentNotices.sms.version],
    ['mail', true, false, null],
    ['provider-contact', true, false, null],
    ['talent-pool', true, false, null],
  ])
})

test('only the current words can be agreed to; withdrawing is always possible', async () => {
  const personId = scene.person()
  const answer = (given: boolean, noticeVersion: string) =>
    saveConsent(scene.world, {
      actor: actor(personId),
      command: scene.command('saveConsent'),
      params: { purpose: 'identity' },
      body: { given, noticeVersion },
    })
  await expect(answer(true, 'identity-2025-01')).rejects.toMatchObject({
    code: 'consent-required',
    members: { notice: identityNoticeVersion },
  })
  expect(await answer(true, identityNoticeVersion)).toMatchObject({ given: true, givenVersion: identityNoticeVersion })
  expect(await answer(false, 'identity-2025-01')).toMatchObject({ given: false })
  expect(await chain(`${personId}/CONSENT#identity`)).toEqual([
    ['give-consent', personId],
    ['withdraw-consent', personId],
  ])
})

test('a consent sent again with the same command leaves one receipt', async () => {
  const personId = scene.person()
  const command = scene.command('saveConsent')
  const give = () =>
    saveConsent(scene.world, {
      actor: actor(personId),
      command,
      params: { purpose: 'sms' },
      body: { given: true, noticeVersion: consentNotices.sms.version },
    })
  const [first, ...more] = await Promise.all([give(), give(), give()])
  for (const again of [...more, await give()]) expect(again).toEqual(first)
  expect(await readRange(scene.world.table, { pk: `PERSON#${personId}`, begins: 'RECEIPT#' })).toHaveLength(1)
})

test('an appointment gives roles at once, is replaced, ends at once and can be renewed; its history goes on', async () => {
  const personId = scene.person()
  const organizationId = scene.world.id('provider')
  await appoint(personId, organizationId, ['provider:manager', 'provider:manager'])
  expect(await membershipsOf(scene.world, personId)).toEqual([{ organizationId, roles: ['provider:manager'] }])
  await expect(appoint(personId, organizationId, ['provider:registrar'])).rejects.toMatchObject({ code: 'version-conflict' })
  await appoint(personId, organizationId, ['provider:registrar'], undefined, 1)
  expect(await membershipsOf(scene.world, personId)).toEqual([{ organizationId, roles: ['provider:registrar'] }])
  const end = () =>
    endMembership(scene.world, { actor: operator, command: scene.command('endMembership'), params: { personId, organizationId } })
  expect([await end(), await end()]).toEqual([{ ended: true }, { ended: false }])
  expect(await membershipsOf(scene.world, personId)).toEqual([])
  const command = scene.command('saveMembership')
  const renewed = await appoint(personId, organizationId, ['provider:manager'], command)
  expect(await appoint(personId, organizationId, ['provider:manager'], command)).toEqual(renewed)
  expect(await membershipsOf(scene.world, personId)).toHaveLength(1)
  const by = operator.personId
  expect(await chain(`${personId}/MEMBERSHIP#${organizationId}`)).toEqual([
    ['appoint', by],
    ['appoint', by],
    ['end-appointment', by],
    ['appoint', by],
  ])
})

test('roles of another kind of organization are refused', async () => {
  const personId = scene.person()
  await expect(appoint(personId, scene.world.id('employer'), ['employer:manager', 'platform:operator'])).rejects.toMatchObject({
    code: 'validation-failed',
    errors: [{ pointer: '#/roles/1', code: 'role-organization' }],
  })
  expect(await membershipsOf(scene.world, personId)).toEqual([])
})

test('the first operator is appointed once, however often it is asked', async () => {
  Object.assign(process.env, {
    TABLE: scene.world.table.name,
    PERSON_NAMESPACE: 'test',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: scene.endpoint,
  })
  const { handler } = await import('@skills/functions/people/appoint-operator.ts')
  const { personId, appointed } = await handler({ subject: 'first-operator', name: '技能培训超市' })
  expect(appointed).toBe(true)
  expect(await handler({ subject: 'first-operator', name: '技能培训超市' })).toEqual({ personId, appointed: false })
  expect(await membershipsOf(scene.world, personId)).toEqual([{ organizationId: platformId, roles: ['platform:operator'] }])
  await expect(handler({ subject: '', name: 'x' })).rejects.toThrow()
})

test('the export holds everything of its owner in clear, and nothing of anybody else', async () => {
  const [personId, other] = [scene.person(), scene.person()]
  await scene.register(personId, profileInput(1, { realName: '测试导出', unionNumber: 'GH-0001' }))
  await scene.register(other, profileInput(2, { realName: '测试旁人' }))
  await scene.consent(personId, 'sms')
  await scene.consent(personId, 'sms', false)
  const [teaches, taught] = [scene.world.id('provider'), scene.world.id('provider')]
  await appoint(personId, teaches, ['provider:instructor'])
  await appoint(personId, taught, ['provider:registrar'])
  await endMembership(scene.world, {
    actor: operator,
    command: scene.command('endMembership'),
    params: { personId, organizationId: taught },
  })
  const run = await makeRun(scene.world)
  const claim = { personId, maskedName: '测*', run, shard: '00', schedule: emptySchedule, healthCommitment: true }
  const seat = await takeSeat(scene.world, undefined, claim)
  if (!('answer' in seat)) throw new Error(seat.failed)
  await setCalendarSecret(scene.world, scene.command('saveProfile'), personId, 'a secret', true)
  const told = await exportMe(scene.world, scene.vault, { actor: actor(personId) })
  expect(exportRoute.answer.body.safeParse(told).success).toBe(true)
  expect(told.profile).toMatchObject({
    personId,
    realName: '测试导出',
    residentId: idNumber(1),
    mobile: '+8619900000001',
    unionNumber: 'GH-0001',
    bornOn: '1990-01-01',
  })
  expect(told.consents.map(({ purpose, receipts }) => [purpose, receipts.map(({ given }) => given)])).toEqual([
    ['identity', [true]],
    ['sms', [true, false]],
    ['mail', []],
    ['provider-contact', []],
    ['talent-pool', []],
  ])
  expect(told.memberships.map(({ organizationId, endedAt }) => [organizationId, endedAt])).toEqual(
    expect.arrayContaining([
      [teaches, null],
      [taught, scene.world.now()],
    ]),
  )
  expect(told.enrollments).toEqual([{ ...seat.answer, healthCommitmentAt: scene.world.now(), order: null }])
  expect(told.calendar).toEqual({ open: true, openedAt: scene.world.now() })
  const at = scene.world.now()
  expect(told.history.map(({ entity, action, by }) => [entity, action, by])).toEqual(
    expect.arrayContaining([
      [personId, 'create-profile', personId],
      [`${personId}/CONSENT#sms`, 'give-consent', personId],
      [`${personId}/CONSENT#sms`, 'withdraw-consent', personId],
      [`${personId}/MEMBERSHIP#${taught}`, 'end-appointment', 'another person'],
      [seat.answer.id, 'claim', personId],
      [`calendar-${personId}`, 'open-calendar', personId],
    ]),
  )
  expect(told.history).toHaveLength(9)
  expect(new Set(told.history.map((entry) => entry.at))).toEqual(new Set([at]))
  expect(JSON.stringify(told)).not.toMatch(new RegExp(`wrappedKey|sealed|[hH]ash|${other}|${operator.personId}|${idNumber(2)}`))
  expect(await exportMe(scene.world, scene.vault, { actor: actor(scene.person()) })).toMatchObject({
    enrollments: [],
    memberships: [],
    notices: [],
    calendar: null,
    history: [],
  })
})
