import { caseSteps } from '@skills/core/notices/case-steps.ts'
import { groupOf } from '@skills/core/notices/group.ts'
import { usualSettings } from '@skills/core/notices/settings.ts'
import { closeMembership, readMembership, writeMembership } from '@skills/core/people/membership.table.ts'
import type { Key } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import { deliverEvent } from '@skills/functions/notices/deliver-event.ts'
import { saveNoticeSettings } from '@skills/functions/notices/notice-settings.ts'
import { sweepNotices } from '@skills/functions/notices/sweep-notices.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { actor } from '../people/people-scene.ts'
import { titles } from '../people/notices-scene.ts'
import { at, startNights, type NightScene } from './night-scene.ts'

let scene: NightScene
let day = 1
beforeAll(async () => {
  scene = await startNights()
})
beforeEach(() => {
  day += 2
  scene.sent.length = 0
  scene.world.moveTo(at(day, '12:00'))
})
afterAll(() => scene.stop())

const told = {
  title: { zh: '有新的投诉', en: 'A complaint' },
  body: { zh: '请答复', en: 'Answer it' },
  href: '/console/provider/?tab=quality',
}
/** Tells as a change of a complaint does; gives the key of its event. */
async function tell(personId: string, organizationId: string | null): Promise<Key> {
  const steps = caseSteps(scene.world, personId, told, organizationId)
  await transact(scene.world, undefined, steps, true)
  const { pk, sk } = steps[1]?.put?.item as Key
  return { pk, sk }
}
const deliver = (key: Key) => deliverEvent(scene.world, scene.channels, key)
async function manager() {
  const [personId, organizationId] = [await scene.reached({ mail: true }), scene.world.id('provider')]
  const membership = { organizationId, organizationName: { zh: '校', en: 'School' }, roles: ['provider:manager' as const] }
  await writeMembership(scene.world, undefined, 'system:test', personId, membership, undefined)
  scene.mails.length = 0
  return { personId, organizationId }
}
const dismiss = async ({ personId, organizationId }: Awaited<ReturnType<typeof manager>>) =>
  closeMembership(scene.world, scene.command('endMembership'), 'system:test', await readMembership(scene.world, personId, organizationId))

test('news of a case is one notice on the site, and a message by each channel that was chosen, without a word of the case', async () => {
  const { personId, organizationId } = await manager()
  expect(await deliver(await tell(personId, organizationId))).toBe('delivered')
  expect(await titles(scene.world, personId)).toEqual(['有新的投诉'])
  expect(scene.sent.map(({ text }) => text)).toEqual(['【技能培训超市】与您有关的投诉、处理或评价有新进展，可能有答复期限，请登录查看。'])
  expect(scene.mails[0]?.text).toContain('https://skills.example/console/provider/?tab=quality')
  expect(JSON.stringify(scene.mails)).not.toContain('请答复')
})

test('who switched ratings and complaints off gets no message of them, nor of being asked to rate', async () => {
  expect([groupOf['case-news'], groupOf['rating-asked']]).toEqual(['feedback', 'feedback'])
  const personId = await scene.reached()
  const body = { version: 0, groups: { ...usualSettings.groups, feedback: { sms: false, mail: false } }, quiet: null }
  await saveNoticeSettings(scene.mailing, { actor: actor(personId), command: scene.command('saveNoticeSettings'), body })
  expect(await deliver(await tell(personId, null))).toBe('delivered')
  expect([scene.sent, await titles(scene.world, personId)]).toEqual([[], ['有新的投诉']])
})

test('at night it waits for the morning, and is dropped for a manager whose appointment ended meanwhile', async () => {
  const [stays, goes] = [await manager(), await manager()]
  scene.world.moveTo(at(day, '23:00'))
  for (const { personId, organizationId } of [stays, goes]) expect(await deliver(await tell(personId, organizationId))).toBe('delivered')
  const late = await tell(goes.personId, goes.organizationId)
  await dismiss(goes)
  expect(await deliver(late)).toBe('delivered')
  expect(scene.sent).toEqual([])
  scene.world.moveTo(at(day + 1, '08:00'))
  expect(await sweepNotices(scene.world, scene.channels)).toEqual({ sent: 2, dropped: 2, lost: 0, waiting: 0 })
})
