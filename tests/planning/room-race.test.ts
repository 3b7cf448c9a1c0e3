import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { Table } from '@skills/core/table.ts'
import { atOnce } from '@skills/core/at-once.ts'
import { deviceResource, roomResource } from '@skills/core/scheduling/week.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultyWorld } from '../funding/faulty-world.ts'
import { fresh } from '../instructor/instructor-scene.ts'
import { bookingsOf } from '../instructor/request-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { told } from '../waitlist/waitlist-scene.ts'
import { makePlace, plan, runInput, writeCourse, type Hours } from './planning-scene.ts'

let stop: () => Promise<void>
let endpoint: string
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('room-race')
  stop = started.stop
  endpoint = started.endpoint
  world = testWorld(started.table, '2026-12-01T02:00:00.000Z')
})
afterAll(() => stop())

/** The same world with the version of weeks taken out of every transaction. The first waits for the second, so that both were judged before either is written. */
function withoutTurns(of: TestWorld): TestWorld {
  const second = Promise.withResolvers<void>()
  let came = 0
  const send = async (request: TransactWriteCommand): Promise<unknown> => {
    if (!(request instanceof TransactWriteCommand)) return of.table.client.send(request)
    came += 1
    if (came === 2) second.resolve()
    await second.promise
    const items = (request.input.TransactItems ?? []).flatMap((item) => {
      const key = String(item.Put?.Item?.['pk'] ?? item.ConditionCheck?.Key?.['pk'])
      if (!key.startsWith('WEEK#')) return [item]
      return item.Put === undefined ? [] : [{ Put: { TableName: item.Put.TableName, Item: item.Put.Item } }]
    })
    return of.table.client.send(new TransactWriteCommand({ ...request.input, TransactItems: items }))
  }
  return { ...of, table: { name: of.table.name, client: { send } as unknown as Table['client'] } }
}

const day = ['2026-12-14']

describe.each([
  ['a room', { date: '2026-12-14' }, (venueId: string) => roomResource(venueId, '101')],
  [
    'a device',
    { date: '2026-12-14', room: null, kind: 'practice' as const, devices: ['车床'] },
    (venueId: string) => deviceResource(venueId, '车床'),
  ],
] satisfies [string, Hours, (venueId: string) => string][])('two hundred runs that want %s at the same hours', (_, hours, resource) => {
  const storm = async (through: TestWorld) => {
    const place = await makePlace(world)
    const { courseId } = await writeCourse(world, place)
    const input = runInput(place, { hours: [hours], capacity: 10 })
    const { answers } = await atOnce(Array.from({ length: 200 }), 40, () => told(plan(through, place, courseId, input)))
    const done = answers.filter((one) => one === 'done').length
    return { done, answers: new Set(answers), booked: await bookingsOf(world, resource(place.venue.id), day) }
  }
  it('have it once; everybody else hears what is free', { timeout: 180_000 }, async () => {
    const { done, answers, booked } = await storm(world)
    expect(done).toBe(1)
    expect(booked).toHaveLength(1)
    expect([...answers].filter((one) => !['done', 'room-taken', 'busy'].includes(one))).toEqual([])
  })
  it('CONTROL: without the version of its week several believe that they have it', { timeout: 180_000 }, async () => {
    expect((await storm(withoutTurns(world))).done).toBeGreaterThan(1)
  })
})

it('with 30 % of transactions going wrong a plan is made once, with the room it names', { timeout: 120_000 }, async () => {
  const clean = testWorld(world.table, world.now(), 7)
  const through = faultyWorld(clean, endpoint, 30)
  for (let round = 0; round < 6; round += 1) {
    const place = await makePlace(clean)
    const { courseId } = await writeCourse(clean, place)
    const by = fresh('createRun')
    for (let attempt = 0; attempt < 15; attempt += 1) {
      const word = await told(plan(through, place, courseId, runInput(place), true, by))
      if (!['busy', 'outcome-unknown', 'request-outstanding'].includes(word)) break
    }
    expect(await told(plan(clean, place, courseId, runInput(place), true, by))).toBe('done')
    expect(await bookingsOf(clean, roomResource(place.venue.id, '101'), day)).toHaveLength(4)
  }
})
