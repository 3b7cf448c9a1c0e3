import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { keys } from '@skills/core/keys.ts'
import { hoursSteps, readWeeks, type HoursChange } from '@skills/core/scheduling/week.table.ts'
import { mondayOf, roomResource, type Booking } from '@skills/core/scheduling/week.ts'
import { transact } from '@skills/core/transact.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('hours-race')
  stop = started.stop
  world = testWorld(started.table)
})
afterAll(() => stop())

const evening = { from: '2026-12-16T10:00:00.000Z', to: '2026-12-16T12:00:00.000Z' }
const monday = mondayOf(evening.from)
const booking = (hours = evening): Booking => ({
  id: world.id('booking'),
  meetingId: world.id('meeting'),
  runId: world.id('run'),
  providerId: world.id('provider'),
  ...hours,
  place: null,
  state: 'booked',
  until: null,
})
const take = (resource: string, wanted: Booking): HoursChange => ({ kind: 'take', resource, booking: wanted, bounds: {} })

/** Books until it is done or the hours are taken, as every caller does. */
async function book(changes: readonly HoursChange[]): Promise<'booked' | 'taken'> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const { steps, obstacles } = await hoursSteps(world, changes)
    if (obstacles.length > 0) return 'taken'
    const outcome = await transact(world, undefined, steps, null)
    if ('answer' in outcome) return 'booked'
  }
  throw new Error('never came to its turn')
}
const bookingsOf = async (resource: string) => (await readWeeks(world, [{ resource, monday }])).flatMap(({ bookings }) => bookings)

describe('two hundred who want the same hours', () => {
  it.each([
    ['an instructor', () => world.id('instructor')],
    ['a room', () => roomResource(world.id('venue'), '101')],
  ])('of %s: exactly one has them', async (_, name) => {
    const resource = name()
    const answers = await Promise.all(Array.from({ length: 200 }, () => book([take(resource, booking())])))
    expect(answers.filter((answer) => answer === 'booked')).toHaveLength(1)
    expect(await bookingsOf(resource)).toHaveLength(1)
  })

  it('of an instructor and a room together: nobody has one without the other', async () => {
    const [instructor, rooms] = [world.id('instructor'), ['1', '2', '3'].map((room) => roomResource(world.id('venue'), room))]
    await Promise.all(
      Array.from({ length: 60 }, (_, place) => {
        const wanted = booking()
        return book([take(instructor, wanted), take(rooms[place % 3] as string, wanted)])
      }),
    )
    const given = await bookingsOf(instructor)
    expect(given).toHaveLength(1)
    expect((await Promise.all(rooms.map(bookingsOf))).flat()).toEqual(given)
  })

  it('CONTROL: without the version several believe that they have them', async () => {
    const resource = world.id('instructor')
    const naive = async () => {
      const wanted = booking()
      const { obstacles } = await hoursSteps(world, [take(resource, wanted)])
      if (obstacles.length > 0) return 'taken'
      const [before] = await readWeeks(world, [{ resource, monday }])
      const item = { ...keys.week.key(resource, monday), resource, monday, version: 1, bookings: [...(before?.bookings ?? []), wanted] }
      await world.table.client.send(new PutCommand({ TableName: world.table.name, Item: item }))
      return 'booked'
    }
    const answers = await Promise.all(Array.from({ length: 200 }, naive))
    expect(answers.filter((answer) => answer === 'booked').length).toBeGreaterThan(1)
  })
})

describe('hours', () => {
  it('given back while others ask for them go to exactly one, and nobody else’s are lost', async () => {
    const resource = world.id('instructor')
    const morning = { from: '2026-12-16T01:00:00.000Z', to: '2026-12-16T03:00:00.000Z' }
    const [first, other] = [booking(), booking(morning)]
    expect(await book([take(resource, first), take(resource, other)])).toBe('booked')
    const asked = Array.from({ length: 40 }, () => book([take(resource, booking())]))
    const [freed, ...answers] = await Promise.all([book([{ kind: 'free', resource, booking: first }]), ...asked])
    expect(freed).toBe('booked')
    expect(answers.filter((answer) => answer === 'booked').length).toBeLessThanOrEqual(1)
    const again = await book([take(resource, booking())])
    expect([again, ...answers].filter((answer) => answer === 'booked')).toHaveLength(1)
    expect((await bookingsOf(resource)).map(({ id }) => id)).toContain(other.id)
  })

  it('asked for end by themselves, and an answer that comes too late finds them gone', async () => {
    const resource = world.id('instructor')
    const asked: Booking = { ...booking(), state: 'asked', until: '2026-12-02T00:00:00.000Z' }
    expect(await book([take(resource, asked)])).toBe('booked')
    expect(await book([take(resource, booking())])).toBe('taken')
    world.moveTo('2026-12-02T00:00:00.000Z')
    expect((await hoursSteps(world, [{ kind: 'keep', resource, booking: asked }])).obstacles).toMatchObject([{ clash: { kind: 'gone' } }])
    expect(await book([take(resource, booking())])).toBe('booked')
    expect(await bookingsOf(resource)).toHaveLength(1)
  })

  it('of a neighbouring week are looked at when somebody has to travel, and cannot change unseen', async () => {
    const resource = world.id('instructor')
    const sunday: Booking = {
      ...booking({ from: '2026-12-20T12:00:00.000Z', to: '2026-12-20T15:30:00.000Z' }),
      place: { venueId: 'ven_H', region: '460100' },
    }
    const atDawn: Booking = {
      ...booking({ from: '2026-12-20T17:00:00.000Z', to: '2026-12-20T19:00:00.000Z' }),
      place: { venueId: 'ven_S', region: '460200' },
    }
    const travelling: HoursChange = { kind: 'take', resource, booking: atDawn, bounds: { travel: () => 180 } }
    const { steps, obstacles } = await hoursSteps(world, [travelling])
    expect(obstacles).toEqual([])
    expect(await book([take(resource, sunday)])).toBe('booked')
    expect(await transact(world, undefined, steps, null)).toMatchObject({ failed: `week ${resource} ${monday}` })
    expect((await hoursSteps(world, [travelling])).obstacles).toMatchObject([{ clash: { kind: 'travel', minutes: 180 } }])
  })
})
