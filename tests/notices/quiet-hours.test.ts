import { keys } from '@skills/core/keys.ts'
import { usualSettings } from '@skills/core/notices/settings.ts'
import type { Key } from '@skills/core/table.ts'
import { deliverEvent } from '@skills/functions/notices/deliver-event.ts'
import { saveNoticeSettings } from '@skills/functions/notices/notice-settings.ts'
import { sweepNotices } from '@skills/functions/notices/sweep-notices.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { actor } from '../people/people-scene.ts'
import { claim, eventOf, giveBack, leave, put, setRun, titles } from '../people/notices-scene.ts'
import { at, startNights, type NightScene } from './night-scene.ts'

let scene: NightScene
let run: Awaited<ReturnType<typeof makeRun>>
let day = 1

beforeAll(async () => {
  scene = await startNights()
  run = await makeRun(scene.world, { capacity: 60, date: '2026-12-30' })
})
beforeEach(() => {
  day += 1
  scene.sent.length = 0
  scene.mails.length = 0
  scene.lost.length = 0
  scene.world.moveTo(at(day, '12:00'))
})
afterAll(() => scene.stop())

const none = { sent: 0, dropped: 0, lost: 0, waiting: 0 }
const sweep = () => sweepNotices(scene.world, scene.channels)
const idOf = ({ pk }: Key) => pk.slice('OUTBOX#'.length)
/** A seat claimed at night by somebody; the event is delivered and names what is guarded. */
async function claimedAtNight(personId: string, clock = '23:00') {
  scene.world.moveTo(at(day, clock))
  const enrollmentId = await claim(scene.world, personId, run)
  const key = await eventOf(scene.world, 'seat-claimed', enrollmentId)
  expect(await deliverEvent(scene.world, scene.channels, key)).toBe('delivered')
  return { enrollmentId, key, event: idOf(key) }
}

test('at night the notice is there at once; message and mail wait for the morning and leave once', async () => {
  const personId = await scene.reached({ mail: true })
  scene.mails.length = 0
  const { event } = await claimedAtNight(personId)
  expect([await titles(scene.world, personId), scene.sent, scene.mails]).toEqual([['报名成功'], [], []])
  expect(await scene.became(personId, 'sms', event)).toMatchObject({ state: 'waiting', dueAt: at(day + 1, '08:00') })
  scene.world.moveTo(at(day + 1, '07:59'))
  expect(await sweep()).toEqual(none)
  scene.world.moveTo(at(day + 1, '08:00'))
  const swept = await Promise.all(Array.from({ length: 4 }, sweep))
  expect(swept.reduce((sum, one) => sum + one.sent, 0)).toBe(2)
  expect(await sweep()).toEqual(none)
  expect([scene.sent.length, scene.mails.length]).toEqual([1, 1])
  expect(scene.mails[0]?.text).toContain('https://skills.example/learning/')
  expect(await scene.became(personId, 'sms', event)).toMatchObject({ state: 'sent', endedAt: at(day + 1, '08:00') })
})

test('what is no longer true in the morning is dropped, and the record says so', async () => {
  const personId = await scene.reached()
  const { enrollmentId, event } = await claimedAtNight(personId)
  await giveBack(scene.world, personId, enrollmentId)
  scene.world.moveTo(at(day + 1, '08:00'))
  expect(await sweep()).toEqual({ ...none, dropped: 1 })
  expect([scene.sent, await scene.became(personId, 'sms', event)]).toEqual([
    [],
    expect.objectContaining({ state: 'dropped', reason: 'no-longer-true' }),
  ])
})

test('a run that is over, a consent that was withdrawn and a group that was switched off are dropped with their reason', async () => {
  const [over, withdrawn, unwanted] = [await scene.reached(), await scene.reached(), await scene.reached()]
  const events = []
  for (const personId of [withdrawn, unwanted]) events.push((await claimedAtNight(personId)).event)
  const short = await makeRun(scene.world, { capacity: 60, date: '2026-12-31' })
  await claim(scene.world, over, short)
  const key = await leave(scene.world, { type: 'run-confirmed', runId: short.run.id })
  await deliverEvent(scene.world, scene.channels, key)
  const past = short.run.meetings.map((meeting) => ({ ...meeting, startsAt: at(day, '20:00'), endsAt: at(day, '22:30') }))
  await setRun(scene.world, short.run.id, { meetings: past })
  await scene.consent(withdrawn, 'sms', false)
  const groups = { ...usualSettings.groups, seats: { sms: false, mail: true } }
  const body = { version: 0, groups, quiet: usualSettings.quiet }
  await saveNoticeSettings(scene.mailing, { actor: actor(unwanted), command: scene.command('saveNoticeSettings'), body })
  scene.world.moveTo(at(day + 1, '08:00'))
  expect(await sweep()).toEqual({ ...none, dropped: 3 })
  expect(await scene.became(over, 'sms', idOf(key))).toMatchObject({ state: 'dropped', reason: 'run-over' })
  expect(await scene.became(withdrawn, 'sms', events[0] ?? '')).toMatchObject({ reason: 'not-wanted' })
  expect(await scene.became(unwanted, 'sms', events[1] ?? '')).toMatchObject({ reason: 'not-wanted' })
  expect(scene.sent).toEqual([])
})

test('a meeting tomorrow morning that is cancelled or moved away goes out in the middle of the night', async () => {
  const [cancels, moves] = [await scene.reached(), await scene.reached()]
  const soon = await makeRun(scene.world, { capacity: 60, date: `2026-12-${String(day + 1).padStart(2, '0')}` })
  for (const personId of [cancels, moves]) await claim(scene.world, personId, soon)
  const meetings = soon.run.meetings.map((meeting) => ({ ...meeting, startsAt: at(day + 1, '09:00'), endsAt: at(day + 1, '11:00') }))
  await setRun(scene.world, soon.run.id, { meetings })
  scene.world.moveTo(at(day, '23:30'))
  await deliverEvent(
    scene.world,
    scene.channels,
    await leave(scene.world, { type: 'run-changed', runId: soon.run.id, soonest: at(day + 1, '09:00') }),
  )
  expect(scene.sent).toHaveLength(2)
  // Moved within the far future: that can wait.
  await deliverEvent(
    scene.world,
    scene.channels,
    await leave(scene.world, { type: 'run-changed', runId: soon.run.id, soonest: at(30, '09:00') }),
  )
  expect(scene.sent).toHaveLength(2)
  await setRun(scene.world, soon.run.id, { state: 'cancelled' })
  await deliverEvent(scene.world, scene.channels, await leave(scene.world, { type: 'run-cancelled', runId: soon.run.id }))
  expect(scene.sent).toHaveLength(4)
  scene.world.moveTo(at(day + 1, '08:00'))
  expect(await sweep()).toEqual({ ...none, dropped: 2 })
})

test('an offered seat whose time ends within the night is told at once, a longer one in the morning', async () => {
  const [short, long] = [await scene.reached(), await scene.reached()]
  scene.world.moveTo(at(day, '23:00'))
  for (const [personId, until] of [
    [short, at(day + 1, '06:00')],
    [long, at(day + 1, '20:00')],
  ] as const) {
    await put(scene.world, { ...keys.waitingFor.key(personId, run.run.id), state: 'offered' })
    await deliverEvent(scene.world, scene.channels, await leave(scene.world, { type: 'seat-offered', personId, runId: run.run.id, until }))
  }
  expect(scene.sent).toHaveLength(1)
  // It was taken or lapsed meanwhile: nothing to tell.
  await put(scene.world, { ...keys.waitingFor.key(long, run.run.id), state: 'declined' })
  scene.world.moveTo(at(day + 1, '08:00'))
  expect(await sweep()).toEqual({ ...none, dropped: 1 })
})

test('own hours and none at all are kept to, and hours that change meanwhile move the message', async () => {
  const [never, early, later] = [
    await scene.reached({ quiet: null }),
    await scene.reached({ quiet: { from: '12:30', to: '14:00' } }),
    await scene.reached(),
  ]
  await claimedAtNight(never)
  expect(scene.sent).toHaveLength(1)
  await claimedAtNight(early, '13:00')
  expect(scene.sent).toHaveLength(1)
  await claimedAtNight(later)
  const body = { version: 0, groups: usualSettings.groups, quiet: { from: '20:00', to: '10:00' } }
  await saveNoticeSettings(scene.mailing, { actor: actor(later), command: scene.command('saveNoticeSettings'), body })
  scene.world.moveTo(at(day + 1, '08:00'))
  expect(await sweep()).toEqual({ ...none, sent: 1, waiting: 1 })
  scene.world.moveTo(at(day + 1, '10:00'))
  expect(await sweep()).toEqual({ ...none, sent: 1 })
})

test('what was announced after the last meeting is sent in the morning all the same', async () => {
  const personId = await scene.reached()
  const ended = await makeRun(scene.world, { capacity: 60, date: '2026-12-31' })
  await claim(scene.world, personId, ended)
  const past = ended.run.meetings.map((meeting) => ({ ...meeting, startsAt: at(day - 1, '20:00'), endsAt: at(day - 1, '22:30') }))
  await setRun(scene.world, ended.run.id, { meetings: past })
  const threadId = scene.world.id('thread')
  await put(scene.world, { ...keys.thread.key(threadId), id: threadId, hidden: false })
  scene.world.moveTo(at(day, '23:00'))
  await deliverEvent(scene.world, scene.channels, await leave(scene.world, { type: 'run-announced', runId: ended.run.id, threadId }))
  scene.world.moveTo(at(day + 1, '08:00'))
  expect(await sweep()).toEqual({ ...none, sent: 1 })
})

test('while keys do not open a message waits on, and after a day and a half it is given up', async () => {
  const personId = await scene.reached()
  const { event } = await claimedAtNight(personId)
  const closed = { ...scene.channels, vault: { ...scene.vault, openKey: () => Promise.reject(new Error('no answer')) } }
  scene.world.moveTo(at(day + 1, '08:00'))
  expect(await sweepNotices(scene.world, closed)).toEqual({ ...none, waiting: 1 })
  scene.world.moveTo(at(day + 2, '12:00'))
  expect(await sweepNotices(scene.world, closed)).toEqual({ ...none, dropped: 1 })
  expect(await scene.became(personId, 'sms', event)).toMatchObject({ state: 'dropped', reason: 'too-late' })
  day += 2
})
