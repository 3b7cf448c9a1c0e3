import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { World } from '@skills/core/world.ts'
import { deliverEvent } from '@skills/functions/notices/deliver-event.ts'
import { redeliver } from '@skills/functions/notices/redeliver.ts'
import { sweepNotices } from '@skills/functions/notices/sweep-notices.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { claim, eventOf, titles } from '../people/notices-scene.ts'
import { startNights, type NightScene } from './night-scene.ts'

let scene: NightScene
let run: Awaited<ReturnType<typeof makeRun>>
let now = Date.parse('2026-12-01T04:00:00.000Z')

beforeAll(async () => {
  scene = await startNights()
  run = await makeRun(scene.world, { capacity: 60, date: '2027-11-30' })
})
afterAll(() => scene.stop())

class Died extends Error {}

/** A world whose function dies at the n-th write: before it or after it was written. */
function dyingAt(write: number, after: boolean): World {
  let writes = 0
  let dead = false
  return {
    ...scene.world,
    table: {
      ...scene.world.table,
      client: new Proxy(scene.world.table.client, {
        get: (client, name) => {
          const value = Reflect.get(client, name, client) as unknown
          if (name !== 'send') return value
          return async (command: unknown) => {
            if (dead) throw new Died()
            const writes_ = command instanceof TransactWriteCommand || command instanceof UpdateCommand
            if (!writes_ || (writes += 1) !== write) return client.send(command as never)
            dead = true
            if (after) await client.send(command as never)
            // What a dead function would have retried it does not: the error is one that is thrown on.
            throw Object.assign(new Died(), { $fault: 'client', name: 'Died' })
          }
        },
      }),
    },
  }
}

const pass = (minutes: number) => scene.world.moveTo(new Date((now += minutes * 60_000)).toISOString())

test('wherever a function dies, by day or night: one notice, and each channel once at most; what nobody knows is said to be lost', async () => {
  let lostOnce = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ write: fc.integer({ min: 1, max: 8 }), after: fc.boolean(), sweeps: fc.boolean() }), { maxLength: 4 }),
      fc.boolean(),
      async (deaths, night) => {
        scene.lost.length = 0
        now = Math.ceil(now / 86_400_000) * 86_400_000 + (night ? 15 : 4) * 3_600_000
        pass(0)
        const personId = await scene.reached({ mail: true })
        scene.sent.length = 0
        scene.mails.length = 0
        const key = await eventOf(scene.world, 'seat-claimed', await claim(scene.world, personId, run))
        for (const { write, after, sweeps } of deaths) {
          const world = dyingAt(write, after)
          if (sweeps) await sweepNotices(world, scene.channels).catch(() => undefined)
          else await deliverEvent(world, scene.channels, key).catch(() => undefined)
          pass(night ? 2 : 1)
        }
        pass(10)
        await redeliver(scene.world, scene.channels)
        for (const minutes of night ? [9 * 60, 11, 11] : [11, 11]) {
          pass(minutes)
          await sweepNotices(scene.world, scene.channels)
        }
        expect(await titles(scene.world, personId)).toEqual(['报名成功'])
        const states = []
        for (const channel of ['sms', 'mail'] as const) {
          const became = await scene.became(personId, channel, key.pk.slice('OUTBOX#'.length))
          states.push(became?.['state'])
          expect(became).not.toHaveProperty('dueAt')
        }
        const lost = states.filter((state) => state === 'lost').length
        lostOnce += lost
        expect(states.every((state) => state === 'sent' || state === 'lost')).toBe(true)
        expect(scene.lost).toHaveLength(lost)
        expect(scene.sent.length).toBeLessThanOrEqual(1)
        expect(scene.mails.length).toBeLessThanOrEqual(1)
        // What is known to be sent was sent.
        expect(scene.sent.length + scene.mails.length).toBeGreaterThanOrEqual(2 - lost)
      },
    ),
    { numRuns: 24, seed: 9 },
  )
  // Some deaths fell between the guard and the carrier's answer, or this proved nothing.
  expect(lostOnce).toBeGreaterThan(0)
})

test('control: a message that is handed over before its guard is taken would go twice', async () => {
  pass(24 * 60)
  const personId = await scene.reached()
  scene.sent.length = 0
  const key = await eventOf(scene.world, 'seat-claimed', await claim(scene.world, personId, run))
  const careless = async (world: World) => {
    await scene.channels.sendSms('+8619900009999', 'careless')
    await deliverEvent(world, { ...scene.channels, sendSms: async () => undefined }, key)
  }
  await careless(dyingAt(1, false)).catch(() => undefined)
  await careless(scene.world)
  expect(scene.sent.length).toBeGreaterThan(1)
})
