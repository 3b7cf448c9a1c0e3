import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { keys } from '@skills/core/keys.ts'
import { usualSettings } from '@skills/core/notices/settings.ts'
import { smsOf } from '@skills/core/notices/notice.ts'
import { readItem, readItems, type Key } from '@skills/core/table.ts'
import { deliverEvent } from '@skills/functions/notices/deliver-event.ts'
import type { Channels } from '@skills/functions/notices/channels.ts'
import { listNotices } from '@skills/functions/notices/list-notices.ts'
import { listNotices as noticesRoute } from '@skills/contract/notices.routes.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { claim, giveBack, leave, put, titles as told } from './notices-scene.ts'
import { actor, dataKey, macKey, profileInput, startScene, type Scene } from './people-scene.ts'

let scene: Scene
let run: RunItem
let sent: { mobile: string; text: string }[] = []
let lost: unknown[] = []
let channels: Channels
let people = 0

beforeAll(async () => {
  scene = await startScene()
  run = await makeRun(scene.world, { capacity: 60 })
  channels = {
    vault: scene.vault,
    sendSms: async (mobile, text) => void sent.push({ mobile, text }),
    lost: (_, error) => void lost.push(error),
  }
})
beforeEach(() => {
  sent = []
  lost = []
})
afterAll(() => scene.stop())

/** A registered person, who agreed to text messages or not. */
async function person(sms: boolean): Promise<string> {
  const personId = scene.person()
  people += 1
  await scene.register(personId, profileInput(people))
  if (sms) await scene.consent(personId, 'sms')
  return personId
}

const enrollmentOf = new Map<string, string>()
/** The event of a seat that the person has. */
async function claimed(personId: string): Promise<Key> {
  const enrollmentId = scene.world.id('enrollment')
  enrollmentOf.set(personId, enrollmentId)
  await put(scene.world, { ...keys.guard.key(personId, run.run.id), runId: run.run.id, enrollmentId, state: 'active' })
  return leave(scene.world, { type: 'seat-claimed', personId, runId: run.run.id, enrollmentId })
}
const titles = (personId: string) => told(scene.world, personId)

test('a claim is told once on the site, and by text message to those who agreed', async () => {
  const [quiet, reached] = [await person(false), await person(true)]
  for (const personId of [quiet, reached]) {
    const key = await claimed(personId)
    expect([await deliverEvent(scene.world, channels, key), await deliverEvent(scene.world, channels, key)]).toEqual(['delivered', 'gone'])
    expect(await titles(personId)).toEqual(['报名成功'])
    expect(await readItem(scene.world.table, key)).toBeUndefined()
  }
  expect(sent).toEqual([{ mobile: '+8619900000002', text: smsOf('seat-claimed', run) }])
  expect(
    noticesRoute.answer.body.safeParse(await listNotices(scene.world, { actor: actor(reached), page: { limit: 20, after: undefined } }))
      .success,
  ).toBe(true)
})

test('a consent to older words, or withdrawn, sends no message', async () => {
  const personId = await person(true)
  await scene.consent(personId, 'sms', false)
  await deliverEvent(scene.world, channels, await claimed(personId))
  expect([sent, await titles(personId)]).toEqual([[], ['报名成功']])
})

test('an event that is delivered by many at once tells once', async () => {
  const personId = await person(true)
  const key = await claimed(personId)
  await Promise.all(Array.from({ length: 8 }, () => deliverEvent(scene.world, channels, key)))
  expect([await titles(personId), sent.length]).toEqual([['报名成功'], 1])
})

test('a message that could not be sent is not sent again, and holds nothing up', async () => {
  const personId = await person(true)
  const key = await claimed(personId)
  const broken: Channels = { ...channels, sendSms: () => Promise.reject(new Error('the carrier is down')) }
  expect(await deliverEvent(scene.world, broken, key)).toBe('delivered')
  expect(lost).toHaveLength(1)
  const event = { type: 'seat-claimed', personId, runId: run.run.id, enrollmentId: enrollmentOf.get(personId) }
  await put(scene.world, { ...key, id: key.pk.slice(7), event, at: scene.world.now() })
  expect(await deliverEvent(scene.world, channels, key)).toBe('delivered')
  expect([sent, await titles(personId)]).toEqual([[], ['报名成功']])
})

test('what failed on the way is finished the next time, without telling twice', async () => {
  const personId = await person(true)
  const key = await claimed(personId)
  const noKey: Channels = { ...channels, vault: { ...scene.vault, openKey: () => Promise.reject(new Error('no answer')) } }
  expect(await deliverEvent(scene.world, noKey, key)).toBe('waiting')
  expect(await readItem(scene.world.table, key)).toBeDefined()
  expect(await deliverEvent(scene.world, channels, key)).toBe('delivered')
  expect([await titles(personId), sent.length]).toEqual([['报名成功'], 1])
})

test('a cancelled run is told to everybody who has a seat, and to nobody who gave it back', async () => {
  const cancelled = await makeRun(scene.world, { capacity: 60 })
  const enrolled = await Promise.all(Array.from({ length: 12 }, () => scene.person()))
  for (const [place, personId] of enrolled.entries()) {
    const enrollmentId = await claim(scene.world, personId, cancelled, place % 2 ? '00' : '01')
    if (place === 0) await giveBack(scene.world, personId, enrollmentId)
  }
  const key = await leave(scene.world, { type: 'run-cancelled', runId: cancelled.run.id })
  await deliverEvent(scene.world, channels, key)
  expect(await Promise.all(enrolled.map(titles))).toEqual(enrolled.map((_, place) => (place === 0 ? [] : ['这一期已取消'])))
})

test('the stream hands over new events only; a bad one is parked, one that failed comes again, the rest go on', async () => {
  Object.assign(process.env, scene.doubles.env, {
    TABLE: scene.world.table.name,
    DATA_KEY: dataKey,
    MAC_KEY: macKey,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: scene.endpoint,
  })
  const { handler } = await import('@skills/functions/notices/dispatch-outbox.ts')
  const good = await person(true)
  const failing = await person(true)
  const keyless = await person(true)
  // The function lives by the real clock, and this test at any hour: their nights are not quiet.
  for (const personId of [good, failing, keyless])
    await put(scene.world, { ...keys.noticeSettings.key(personId), ...usualSettings, quiet: null, mail: null, pending: null })
  const events = [
    await claimed(good),
    await claimed(failing),
    await leave(scene.world, { type: 'run-cancelled', runId: scene.world.id('run') }),
    { pk: 'OUTBOX#nonsense', sk: 'OUTBOX' },
    await claimed(keyless),
  ]
  await put(scene.world, { pk: 'OUTBOX#nonsense', sk: 'OUTBOX', id: 'nonsense', event: { type: 'unheard-of' } })
  const [broken, unopened] = await readItems(scene.world.table, [keys.profile.key(failing), keys.profile.key(keyless)])
  await put(scene.world, { ...broken, sealed: null })
  await put(scene.world, { ...unopened, wrappedKey: { text: 'AAAA', algorithm: 'SYMMETRIC_DEFAULT' } })
  const record = (key: Key, place: number, eventName = 'INSERT') => ({
    eventName,
    dynamodb: { Keys: { pk: { S: key.pk }, sk: { S: key.sk } }, SequenceNumber: `${place}` },
  })
  const event = {
    Records: [
      ...events.map((key, place) => record(key, place)),
      record({ pk: 'RUN#x', sk: 'RUN' }, 8),
      record({ pk: 'OUTBOX#gone', sk: 'OUTBOX' }, 9, 'REMOVE'),
    ],
  }
  expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] })
  expect(scene.doubles.mailbox.messages()).toMatchObject([{ text: smsOf('seat-claimed', run) }])
  const left = await readItems(scene.world.table, events)
  expect(left.map((item) => item?.['parked'])).toEqual([undefined, undefined, 'its run is not there', 'not an event we know', undefined])
  // Its notice is told, its message is owed: it stays for the redelivery and holds nothing up.
  expect([left[0], left[4] !== undefined, await titles(keyless)]).toEqual([undefined, true, ['报名成功']])

  await put(scene.world, { ...broken })
  expect(await handler(event)).toEqual({ batchItemFailures: [] })
  expect(scene.doubles.mailbox.messages()).toHaveLength(2)
  expect([await titles(good), await titles(failing)]).toEqual([['报名成功'], ['报名成功']])
})
