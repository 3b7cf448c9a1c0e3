import type { Refusal } from '@skills/contract/refusals.ts'
import {
  announce as announceRoute,
  askQuestion,
  getThread,
  listAnnouncements as announcementsRoute,
  listReportedMessages as reportedRoute,
} from '@skills/contract/messages.routes.ts'
import { scanTable } from '@skills/core/books/books.table.ts'
import { keys } from '@skills/core/keys.ts'
import { openDays } from '@skills/core/messages/thread.ts'
import { readMessage, writeReport } from '@skills/core/messages/report.table.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import { readItem } from '@skills/core/table.ts'
import { listAnnouncements, listMyThreads, listProviderThreads, listRunThreads } from '@skills/functions/messages/read-messages.ts'
import { listReportedMessages } from '@skills/functions/messages/reports.ts'
import { deliverEvent } from '@skills/functions/notices/deliver-event.ts'
import type { Channels } from '@skills/functions/notices/channels.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { giveBack, titles } from '../people/notices-scene.ts'
import { page, startMessages, type MessagesScene } from './messages-scene.ts'

let scene: MessagesScene
let day = 0
beforeAll(async () => {
  scene = await startMessages()
})
beforeEach(() => scene.world.moveTo(new Date(Date.parse('2026-12-01T02:00:00.000Z') + (day += 1) * 86_400_000).toISOString()))
afterAll(() => scene.stop())

const refused = (code: string) => expect.objectContaining({ code }) as Refusal
const silent = { sendSms: async () => undefined, lost: () => undefined } as unknown as Channels
/** Delivers what lies in the outbox of one thread. */
async function tell(threadId: string): Promise<void> {
  for (const item of await scanTable(scene.world.table))
    if (item.pk.startsWith('OUTBOX#') && (item['event'] as { threadId?: string }).threadId === threadId)
      await deliverEvent(scene.world, silent, { pk: item.pk, sk: item.sk })
}

test('a learner asks, the manager and who teaches are told; they answer, and she is told', async () => {
  const { learners, manager, instructor } = scene
  const asked = await scene.ask(learners[0])
  expect(askQuestion.answer.body.safeParse(asked).success).toBe(true)
  expect(asked).toMatchObject({ mayWrite: true, asker: null, list: [{ number: 1, side: 'learner', mine: true }] })
  await tell(asked.id)
  expect([await titles(scene.world, manager), await titles(scene.world, instructor)]).toEqual([['学员提了问题'], ['学员提了问题']])
  expect(await titles(scene.world, learners[0])).toEqual([])
  await scene.answer(manager, asked.id)
  const answered = await scene.answer(instructor, asked.id, '我会等到十八点十五分。')
  expect(answered.list.map(({ side, mine }) => [side, mine])).toEqual([
    ['learner', false],
    ['provider', false],
    ['instructor', true],
  ])
  await tell(asked.id)
  expect(await titles(scene.world, learners[0])).toEqual(['您的提问有回复', '您的提问有回复'])
  const hers = await scene.thread(learners[0], asked.id)
  expect(getThread.answer.body.safeParse(hers).success).toBe(true)
  expect(JSON.stringify(hers)).not.toContain('per_')
})

test('nobody else reads a question: not another learner of the run, not a stranger; and it is in nobody else’s list', async () => {
  const { learners, stranger, manager, world, run } = scene
  const { id } = await scene.ask(learners[0], '只有机构该看到的话')
  for (const personId of [learners[1], stranger]) {
    await expect(scene.thread(personId, id)).rejects.toEqual(refused('not-found'))
    await expect(scene.answer(personId, id)).rejects.toEqual(refused('not-found'))
    await expect(scene.report(personId, id)).rejects.toEqual(refused('not-found'))
  }
  const params = { runId: run.run.id }
  await expect(listRunThreads(world, { actor: scene.actor(learners[1]), params, page })).rejects.toEqual(refused('not-found'))
  expect((await listMyThreads(world, { actor: scene.actor(learners[1]), page })).items).toEqual([])
  const provider = { actor: scene.actor(manager), params: { providerId: run.run.providerId }, page }
  const [line] = (await listProviderThreads(world, provider)).items
  expect(line).toMatchObject({ id, lastSide: 'learner' })
  await expect(listProviderThreads(world, { ...provider, actor: scene.actor(stranger) })).rejects.toEqual(refused('not-found'))
})

test('an announcement reaches who has a seat, and whoever gave it back reads it no more', async () => {
  const { learners, manager, stranger, world, run } = scene
  const put = await scene.announce(manager)
  expect(announceRoute.answer.body.safeParse(put).success).toBe(true)
  await tell(put.id)
  expect((await titles(world, learners[1]))[0]).toBe('培训机构发布了公告')
  expect(await titles(world, stranger)).toEqual([])
  const seen = await listAnnouncements(world, { actor: scene.actor(learners[1]), params: { runId: run.run.id }, page })
  expect(announcementsRoute.answer.body.safeParse(seen).success).toBe(true)
  expect(seen.items[0]).toMatchObject({ id: put.id, mayWrite: false, list: [{ text: '请自带绝缘手套。', mine: false }] })
  await expect(scene.announce(learners[0])).rejects.toEqual(refused('not-found'))
  await expect(scene.answer(learners[0], put.id)).rejects.toEqual(refused('not-found'))
  const guard = await readItem(world.table, keys.guard.key(learners[1], run.run.id))
  await giveBack(world, learners[1], String(guard?.['enrollmentId']))
  await expect(scene.thread(learners[1], put.id)).rejects.toEqual(refused('not-found'))
  await expect(scene.ask(learners[1])).rejects.toEqual(refused('not-enrolled'))
})

test('personal numbers are refused by field, the author’s own too, and never said back', async () => {
  const { learners, manager } = scene
  for (const text of ['打我 19900001234', '990001199001011238'])
    for (const write of [() => scene.ask(learners[0], text), () => scene.announce(manager, text)]) {
      const error = (await write().catch((thrown: unknown) => thrown)) as Refusal
      expect(error).toMatchObject({ code: 'validation-failed', errors: [{ pointer: '#/text', code: 'personal-number' }] })
      expect(JSON.stringify(error.errors)).not.toMatch(/1990000|9900011990/)
    }
})

test('an operator hides what was reported: its readers see why, the words stay recorded, and it can be shown again', async () => {
  const { learners, manager, world } = scene
  const { id } = await scene.announce(manager, '买我的保健品')
  expect(await scene.report(learners[0], id)).toEqual({ reported: true })
  await scene.report(learners[0], id)
  const waiting = await listReportedMessages(world, { page })
  expect(reportedRoute.answer.body.safeParse(waiting).success).toBe(true)
  expect(waiting.items).toMatchObject([{ text: '买我的保健品', reports: [{ reason: '推销' }] }])
  expect(await scene.decide(id, true)).toEqual({ hidden: true })
  expect((await listReportedMessages(world, { page })).items).toEqual([])
  expect(await scene.thread(learners[0], id)).toMatchObject({
    title: null,
    list: [{ text: null, hidden: { reason: '与课程无关' }, reported: true }],
  })
  // Told of nobody any more.
  const before = (await titles(world, learners[0])).length
  await tell(id)
  expect(await titles(world, learners[0])).toHaveLength(before)
  expect(JSON.stringify(await scanTable(world.table))).toContain('买我的保健品')
  await scene.decide(id, false)
  expect(await scene.thread(learners[0], id)).toMatchObject({ title: '第一次课', list: [{ text: '买我的保健品', hidden: null }] })
})

test('nobody decides on her own words or her provider’s, and a page that is out of date decides nothing', async () => {
  const { learners, manager, world, run } = scene
  const { id } = await scene.announce(manager, '请转发到朋友圈')
  await scene.report(learners[0], id)
  const [{ waitingSince = null } = {}] = (await listReportedMessages(world, { page })).items
  const platform = { organizationId: 'platform', roles: ['platform:operator' as const] }
  const house = { organizationId: run.run.providerId, roles: ['provider:registrar' as const] }
  const colleague = { personId: world.id('person'), memberships: [platform, house] }
  const author = { personId: manager, memberships: [platform] }
  for (const actor of [colleague, author])
    await expect(scene.decide(id, false, 1, { actor })).rejects.toEqual(refused('another-operator-needed'))
  await scene.decide(id, true)
  await expect(scene.decide(id, false, 1, { waitingSince })).rejects.toEqual(refused('version-conflict'))
  expect(await scene.thread(learners[0], id)).toMatchObject({ list: [{ text: null }] })
})

test('of many reports the first twenty reasons are kept and the rest is counted; what was decided then is not asked again', async () => {
  const { learners, manager, instructor, world } = scene
  const { id } = await scene.announce(manager, '本期提前开课')
  await scene.report(learners[0], id)
  for (let person = 0; person < 22; person += 1) {
    const message = await readMessage(world, id, 1)
    if (message === undefined) throw new Error('no message')
    const report = { personId: world.id('person'), reason: '不实' }
    expect(await writeReport(world, scene.command('reportMessage'), message, report)).toMatchObject({ answer: { reported: true } })
  }
  const [waiting] = (await listReportedMessages(world, { page })).items
  expect([waiting?.reports.length, waiting?.moreReports]).toEqual([20, 3])
  await scene.decide(id, false)
  await scene.report(instructor, id)
  expect((await listReportedMessages(world, { page })).items).toEqual([])
})

test('a run that is long over takes no more messages; what is there can be read', async () => {
  const { learners, manager, world, run } = scene
  const { id } = await scene.ask(learners[0])
  const end = run.run.meetings.at(-1)?.endsAt ?? ''
  world.moveTo(new Date(Date.parse(end) + openDays * 86_400_000).toISOString())
  for (const write of [() => scene.ask(learners[0]), () => scene.answer(learners[0], id), () => scene.announce(manager)])
    await expect(write()).rejects.toMatchObject({ code: 'thread-over' })
  expect(await scene.thread(learners[0], id)).toMatchObject({ mayWrite: false })
})

test('pages go on where they ended', async () => {
  const { learners, manager, world, run } = scene
  const ids: string[] = []
  for (let n = 0; n < 4; n += 1) {
    world.moveTo(new Date(Date.parse(world.now()) + 1_000).toISOString())
    ids.unshift((await scene.ask(learners[0])).id)
  }
  const provider = { actor: scene.actor(manager), params: { providerId: run.run.providerId } }
  const first = await listProviderThreads(world, { ...provider, page: { limit: 2, after: undefined } })
  const second = await listProviderThreads(world, { ...provider, page: { limit: 2, after: first.next ?? '' } })
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids)
})

test('every event that a message leaves is one that is understood', async () => {
  const events = (await scanTable(scene.world.table))
    .filter(({ pk }) => pk.startsWith('OUTBOX#'))
    .map((item) => item['parked'] ?? (item['event'] as OutboxEvent).type)
  expect(events.filter((one) => typeof one === 'string' && one.includes(' '))).toEqual([])
})
