import { BatchGetCommand } from '@aws-sdk/lib-dynamodb'
import { instantOf } from '@skills/contract/time.ts'
import { latestNotices } from '@skills/core/notices/notice.table.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { deliverEvent } from '@skills/functions/notices/deliver-event.ts'
import type { Channels } from '@skills/functions/notices/channels.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { claim, eventOf, giveBack, leave, setRun, titles } from './notices-scene.ts'
import { profileInput, startScene, type Scene } from './people-scene.ts'

let scene: Scene
let sent: string[] = []
let channels: Channels
let minutes = 0

beforeAll(async () => {
  scene = await startScene()
  channels = { vault: scene.vault, sendSms: async (_, text) => void sent.push(text), lost: () => undefined }
})
beforeEach(() => {
  sent = []
})
afterAll(() => scene.stop())

const later = () => scene.world.moveTo(new Date(Date.parse('2026-12-01T02:00:00.000Z') + (minutes += 1) * 60_000).toISOString())
const deliver = async (key: Awaited<ReturnType<typeof eventOf>>, world: World = scene.world) => {
  later()
  const came = await deliverEvent(world, channels, key)
  if (came === 'delivered') expect(await readItem(scene.world.table, key)).toBeUndefined()
  return came
}
async function reached(n: number): Promise<string> {
  const personId = scene.person()
  await scene.register(personId, profileInput(n))
  await scene.consent(personId, 'sms')
  return personId
}

test('a claim whose event comes after that of giving back is not told any more', async () => {
  const run = await makeRun(scene.world)
  const personId = await reached(1)
  const enrollmentId = await claim(scene.world, personId, run)
  await giveBack(scene.world, personId, enrollmentId)
  const [claimed, back] = [
    await eventOf(scene.world, 'seat-claimed', enrollmentId),
    await eventOf(scene.world, 'seat-given-back', enrollmentId),
  ]
  expect([await deliver(back), await deliver(claimed)]).toEqual(['delivered', 'delivered'])
  expect(await titles(scene.world, personId)).toEqual(['已退出'])
  expect(sent).toHaveLength(1)
})

test('giving back is not told to who has taken a seat again', async () => {
  const run = await makeRun(scene.world)
  const personId = await reached(2)
  const first = await claim(scene.world, personId, run)
  await giveBack(scene.world, personId, first)
  const second = await claim(scene.world, personId, run)
  await deliver(await eventOf(scene.world, 'seat-claimed', second))
  await deliver(await eventOf(scene.world, 'seat-given-back', first))
  await deliver(await eventOf(scene.world, 'seat-claimed', first))
  expect(await titles(scene.world, personId)).toEqual(['报名成功'])
  expect(sent).toHaveLength(1)
})

test('neither a seat nor a change is announced in a run that was cancelled', async () => {
  const run = await makeRun(scene.world)
  const personId = await reached(3)
  const enrollmentId = await claim(scene.world, personId, run)
  await setRun(scene.world, run.run.id, { state: 'cancelled' })
  await deliver(await leave(scene.world, { type: 'run-cancelled', runId: run.run.id }))
  await deliver(await eventOf(scene.world, 'seat-claimed', enrollmentId))
  await deliver(await leave(scene.world, { type: 'run-changed', runId: run.run.id }))
  expect(await titles(scene.world, personId)).toEqual(['这一期已取消'])
})

test('a notice that is overtaken after its facts were read stands below the newer one', async () => {
  const run = await makeRun(scene.world)
  const personId = await reached(4)
  const enrollmentId = await claim(scene.world, personId, run)
  const claimed = await eventOf(scene.world, 'seat-claimed', enrollmentId)
  let overtaken = false
  const slow: World = {
    ...scene.world,
    table: {
      ...scene.world.table,
      client: new Proxy(scene.world.table.client, {
        get: (client, name) => {
          const value = Reflect.get(client, name, client) as unknown
          if (name !== 'send') return value
          return async (command: unknown) => {
            if (command instanceof BatchGetCommand && !overtaken) {
              overtaken = true
              later()
              await giveBack(scene.world, personId, enrollmentId)
              await deliver(await eventOf(scene.world, 'seat-given-back', enrollmentId))
            }
            return client.send(command as never)
          }
        },
      }),
    },
  }
  await deliver(claimed, slow)
  expect(overtaken).toBe(true)
  expect(await titles(scene.world, personId)).toEqual(['已退出', '报名成功'])
})

test('a changed run is told to everybody who has a seat, with where and when it is now', async () => {
  const run = await makeRun(scene.world, { capacity: 60 })
  const [quiet, gone, person] = [scene.person(), scene.person(), await reached(5)]
  const enrollments = []
  for (const personId of [quiet, gone, person]) enrollments.push(await claim(scene.world, personId, run))
  await giveBack(scene.world, gone, enrollments[1] ?? '')
  const startsAt = instantOf('2027-01-09', '09:00')
  await setRun(scene.world, run.run.id, { meetings: run.run.meetings.map((meeting) => ({ ...meeting, startsAt })) })
  await deliver(await leave(scene.world, { type: 'run-changed', runId: run.run.id }))
  const [notice] = await latestNotices(scene.world, quiet)
  expect(notice).toMatchObject({ title: { zh: '上课时间或地点有变化' }, href: '/learning/' })
  expect(notice?.body.zh).toContain('2027-01-09 09:00')
  expect(await titles(scene.world, gone)).toEqual([])
  expect(await titles(scene.world, person)).toHaveLength(1)
  expect(sent).toEqual([expect.stringContaining('2027-01-09 09:00')])
})
