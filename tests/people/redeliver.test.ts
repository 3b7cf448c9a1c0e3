import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { keys } from '@skills/core/keys.ts'
import { smsBySns } from '@skills/core/notices/send-sms.ts'
import { openVault } from '@skills/core/people/personal-data.ts'
import { readItem, type Key } from '@skills/core/table.ts'
import { deliverEvent } from '@skills/functions/notices/deliver-event.ts'
import { redeliver } from '@skills/functions/notices/redeliver.ts'
import type { Channels } from '@skills/functions/notices/channels.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { localAccess } from '../test-table.ts'
import { claim, eventOf, leave, put, titles } from './notices-scene.ts'
import { dataKey, macKey, profileInput, startScene, type Scene } from './people-scene.ts'

let scene: Scene
let run: RunItem
let silent: Server
let sent: string[] = []
let lost: unknown[] = []
let channels: Channels
let people = 0
let now = Date.parse('2026-12-01T02:00:00.000Z')

beforeAll(async () => {
  scene = await startScene()
  run = await makeRun(scene.world, { capacity: 60 })
  channels = { vault: scene.vault, sendSms: async (_, text) => void sent.push(text), lost: (_, error) => void lost.push(error) }
  // Takes every request and never answers.
  silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
})
beforeEach(() => {
  sent = []
  lost = []
})
afterAll(async () => {
  silent.closeAllConnections()
  silent.close()
  await scene.stop()
})

const pass = (minutes: number) => scene.world.moveTo(new Date((now += minutes * 60_000)).toISOString())
const closed = (): Channels => ({ ...channels, vault: { ...scene.vault, openKey: () => Promise.reject(new Error('no answer')) } })

/** Somebody with text messages who has just claimed a seat, and the event of it. */
async function claimed(): Promise<{ personId: string; key: Key }> {
  const personId = scene.person()
  people += 1
  await scene.register(personId, profileInput(people))
  await scene.consent(personId, 'sms')
  return { personId, key: await eventOf(scene.world, 'seat-claimed', await claim(scene.world, personId, run)) }
}
const none = { delivered: 0, waiting: 0, parked: 0, failed: 0, whole: true }

test('what the stream gave up is delivered when it has been left for five minutes, and once', async () => {
  const { personId, key } = await claimed()
  pass(4)
  expect(await redeliver(scene.world, channels)).toEqual(none)
  pass(2)
  expect(await redeliver(scene.world, channels)).toEqual({ ...none, delivered: 1 })
  expect(await redeliver(scene.world, channels)).toEqual(none)
  expect([await titles(scene.world, personId), sent.length, await readItem(scene.world.table, key)]).toEqual([['报名成功'], 1, undefined])
})

test('one that fails or cannot be understood does not stop the others', async () => {
  const [failing, good] = [await claimed(), await claimed()]
  const profile = await readItem(scene.world.table, keys.profile.key(failing.personId))
  await put(scene.world, { ...profile, sealed: null })
  await leave(scene.world, { type: 'run-cancelled', runId: scene.world.id('run') })
  await put(scene.world, { pk: 'OUTBOX#nonsense', sk: 'OUTBOX' })
  pass(6)
  expect(await redeliver(scene.world, channels)).toEqual({ ...none, delivered: 1, parked: 2, failed: 1 })
  expect(await titles(scene.world, good.personId)).toEqual(['报名成功'])
  // The parked ones stay and are counted, whichever part of the table a call begins with.
  await put(scene.world, { ...profile })
  for (const [part, delivered] of [
    [15, 1],
    [0, 0],
    [7, 0],
  ])
    expect(await redeliver(scene.world, channels, part)).toEqual({ ...none, delivered, parked: 2 })
  for (const pk of ['OUTBOX#nonsense']) expect(await readItem(scene.world.table, { pk, sk: 'OUTBOX' })).toHaveProperty('parked')
})

test('while keys do not open the notice is told and the message waits; after a day it is given up', async () => {
  const [soon, never] = [await claimed(), await claimed()]
  for (const { key } of [soon, never]) expect(await deliverEvent(scene.world, closed(), key)).toBe('waiting')
  for (const { personId } of [soon, never]) expect(await titles(scene.world, personId)).toEqual(['报名成功'])
  pass(6)
  expect(await redeliver(scene.world, closed())).toMatchObject({ waiting: 2, delivered: 0, failed: 0 })
  expect(await deliverEvent(scene.world, channels, soon.key)).toBe('delivered')
  expect([sent.length, lost.length]).toEqual([1, 0])
  pass(24 * 60)
  expect(await redeliver(scene.world, closed())).toMatchObject({ waiting: 0, delivered: 1, failed: 0 })
  expect([sent.length, lost.length, await readItem(scene.world.table, never.key)]).toEqual([1, 1, undefined])
  expect(await titles(scene.world, never.personId)).toEqual(['报名成功'])
})

test('an outage of the keys is not asked about for each of many people', async () => {
  const full = await makeRun(scene.world, { capacity: 60, date: '2027-02-01' })
  for (let n = 0; n < 30; n += 1) {
    const personId = scene.person()
    people += 1
    await scene.register(personId, profileInput(people))
    await scene.consent(personId, 'sms')
    await claim(scene.world, personId, full)
  }
  let asked = 0
  const openKey = () => {
    asked += 1
    return Promise.reject(new Error('no answer'))
  }
  const key = await leave(scene.world, { type: 'run-changed', runId: full.run.id })
  expect(await deliverEvent(scene.world, { ...channels, vault: { ...scene.vault, openKey } }, key)).toBe('waiting')
  expect(asked).toBeLessThan(20)
  expect(await deliverEvent(scene.world, channels, key)).toBe('delivered')
  expect(sent).toHaveLength(30)
})

test('services that take a request and never answer are given up: keys wait, a message is lost and said so', async () => {
  const config = { ...localAccess, endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` }
  const [one, two] = [await claimed(), await claimed()]
  const started = performance.now()
  const [came, sms] = await Promise.all([
    deliverEvent(scene.world, { ...channels, vault: openVault({ dataKey, macKey }, config) }, one.key),
    deliverEvent(scene.world, { ...channels, sendSms: smsBySns(config) }, two.key),
  ])
  expect([came, sms]).toEqual(['waiting', 'delivered'])
  expect(performance.now() - started).toBeLessThan(15_000)
  expect(lost).toEqual([expect.objectContaining({ name: 'TimeoutError' })])
  for (const { personId } of [one, two]) expect(await titles(scene.world, personId)).toEqual(['报名成功'])
})

test('the function itself opens the real table', async () => {
  Object.assign(process.env, scene.doubles.env, {
    TABLE: scene.world.table.name,
    DATA_KEY: dataKey,
    MAC_KEY: macKey,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: scene.endpoint,
  })
  const { handler } = await import('@skills/functions/notices/redeliver.ts')
  await put(scene.world, { pk: 'OUTBOX#more-nonsense', sk: 'OUTBOX' })
  expect((await handler()).parked).toBeGreaterThan(0)
})
