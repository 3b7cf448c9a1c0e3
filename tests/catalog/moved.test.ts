import { emptySchedule } from '@skills/core/enrollment/schedule.ts'
import { takeSeat } from '@skills/core/enrollment/take-seat.ts'
import { standardPolicy } from '@skills/core/order/refund-policy.ts'
import { splitOf } from '@skills/core/order/split.ts'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestWorld } from '../test-world.ts'
import { balanced, beforeTransactions, claim, eventsIn, evening, freshWorlds, importRows, runsIn, type SheetRow } from './catalog-scene.ts'

const worlds = await freshWorlds('moved')
afterAll(() => worlds.stop())

let world: TestWorld
beforeEach(async () => {
  world = await worlds.world()
})

const later = { ...evening, meetings: '2027-01-04..2027-01-08 每周一三 19:00-21:30 理论' }
const sold = async (code = 'LV-01') => {
  const run = (await runsIn(world)).find((one) => one.run.code === code)
  expect(run !== undefined && (await claim(world, run))).toBe(true)
}
/** Somebody holds a seat of a run that has a price. */
const holdSeat = async () => {
  const [run] = await runsIn(world)
  if (run === undefined) throw new Error('no run')
  const terms = { split: splitOf(98_000, {}), grants: [], refundPolicy: standardPolicy }
  const seat = {
    personId: world.id('person'),
    maskedName: '张*',
    run,
    shard: '00',
    schedule: emptySchedule,
    healthCommitment: false,
    terms,
  }
  expect(await takeSeat(world, undefined, seat)).toMatchObject({ answer: { state: 'held' } })
}
/** The events that an import adds, after those of claims. */
const told = async () => (await eventsIn(world)).filter((type) => type !== 'seat-claimed')

describe('an import that moves a run', () => {
  test.each<[string, SheetRow]>([
    ['other times', later],
    ['one meeting less', { ...evening, meetings: '2027-01-04..2027-01-04 每周一 18:30-21:00 理论' }],
    ['another room', { ...evening, room: '教室二' }],
    ['another venue', { ...evening, venueCode: 'B', venueName: '东校区' }],
    ['another address of its venue', { ...evening, address: '示例路 9 号' }],
  ])('tells its learners once: %s', async (_, row) => {
    await importRows(world, [evening])
    await sold()
    expect(await importRows(world, [row], { write: false })).toMatchObject({ changed: 1 })
    expect(await told()).toEqual([])
    for (const changed of [1, 0]) expect(await importRows(world, [row])).toMatchObject({ changed, rejected: 0, remarks: [] })
    expect(await told()).toEqual(['run-changed'])
    await balanced(world)
  })

  test('tells nobody where no seat is sold, or where time and place stay', async () => {
    await importRows(world, [evening, { ...evening, runCode: 'LV-02' }])
    expect(await importRows(world, [later])).toMatchObject({ changed: 1 })
    await sold('LV-02')
    const same = { ...evening, runCode: 'LV-02', title: '高压电工作业', runName: '夜班', capacity: '150', roomCapacity: '180' }
    expect(await importRows(world, [same])).toMatchObject({ changed: 1 })
    expect(await told()).toEqual([])
  })

  test('tells the learners of runs that the file does not name, when their venue moves', async () => {
    await importRows(world, [evening, { ...evening, courseCode: 'OTHER', runCode: 'O-01' }])
    await sold('O-01')
    await importRows(world, [{ ...evening, address: '示例路 9 号' }])
    expect(await told()).toEqual(['run-changed'])
  })

  test.each(['before it', 'between reading and writing'])('tells who holds a seat and has not paid yet: since %s', async (when) => {
    await importRows(world, [evening])
    let held = false
    const hold = async () => {
      if (held) return
      held = true
      await holdSeat()
    }
    if (when === 'before it') await hold()
    expect(await importRows(beforeTransactions(world, hold), [later])).toMatchObject({ changed: 1 })
    expect(await told()).toEqual(['run-changed'])
    await balanced(world)
  })

  test('tells a learner who took the first seat between reading and writing', async () => {
    await importRows(world, [evening])
    let claimed = false
    const late = beforeTransactions(world, async () => {
      if (claimed) return
      claimed = true
      await sold()
    })
    expect(await importRows(late, [later])).toMatchObject({ changed: 1 })
    expect(await told()).toEqual(['run-changed'])
    await balanced(world)
  })
})
