import { scanTable, violations } from '@skills/core/books/books.table.ts'
import type { Assignment, RoomBooking } from '@skills/core/scheduling/crew.ts'
import { crewSteps, readCrew } from '@skills/core/scheduling/crew.table.ts'
import { hoursSteps } from '@skills/core/scheduling/week.table.ts'
import { roomResource, type Booking } from '@skills/core/scheduling/week.ts'
import type { Item } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { drop, pick } from '../books/found-items.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { makeTeacher } from './instructor-scene.ts'
import { ask, engage, makeDraft, makeVenue } from './request-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
let clean: Item[]
beforeAll(async () => {
  const started = await startTable('crew-books')
  stop = started.stop
  world = testWorld(started.table)
  const venue = await makeVenue(world, '460100')
  const item = await makeDraft(world, {
    times: [
      { date: '2026-12-16', at: venue.id },
      { date: '2026-12-17', at: venue.id },
    ],
  })
  const teacher = await makeTeacher(world, { qualifications: [{ trade: 'cook' }] })
  const [first] = item.run.meetings
  await engage(world, item, teacher, [first?.id ?? ''])
  await ask(world, item, teacher, [item.run.meetings[1]?.id ?? ''])
  const crew = await readCrew(world.table, item.run.id)
  if (crew === undefined || first === undefined) throw new Error('no crew')
  const room: RoomBooking = {
    bookingId: world.id('booking'),
    meetingId: first.id,
    resource: roomResource(venue.id, '101'),
    from: first.startsAt,
    to: first.endsAt,
  }
  const { runId, providerId } = crew
  const booking: Booking = { ...room, id: room.bookingId, runId, providerId, place: null, state: 'booked', until: null }
  const { steps } = await hoursSteps(world, [{ kind: 'take', resource: room.resource, booking, bounds: {} }])
  const change = { before: crew, after: { ...crew, rooms: [room] }, action: 'take room', by: 'system:test' }
  await transact(world, undefined, [...steps, ...crewSteps(world, change)], true)
  clean = (await scanTable(world.table)).filter(({ pk }) => !pk.startsWith('OUTBOX#'))
})
afterAll(() => stop())

const week = (items: Item[], of: RegExp) => pick(items, ({ pk }) => of.test(pk)) as Item & { bookings: Booking[] }
const crewOf = (items: Item[]) => pick(items, ({ sk }) => sk === 'CREW') as Item & { assignments: Assignment[]; rooms: RoomBooking[] }
const hers = /^WEEK#ins_/
const rooms = /^WEEK#ven_.*#room#/
const copy = (booking: Booking | undefined): Booking => ({ ...(booking as Booking), id: 'bkg_00000000000000000000000000' })

it('finds nothing in a table that adds up', () => expect(violations(clean, world.now())).toEqual([]))

it.each<[string, string, (items: Item[]) => void]>([
  ['H1', 'an instructor is in two places', (items) => void week(items, hers).bookings.push(copy(week(items, hers).bookings[0]))],
  ['H1', 'a room is given twice', (items) => void week(items, rooms).bookings.push(copy(week(items, rooms).bookings[0]))],
  [
    'H1',
    'two that a minute overlaps',
    (items) => {
      const { bookings } = week(items, hers)
      Object.assign(bookings[1] ?? {}, { from: bookings[0]?.from, to: bookings[0]?.to })
    },
  ],
  ['H2', 'hours are taken for nobody', (items) => void crewOf(items).assignments.pop()],
  ['H2', 'a room is taken for nothing', (items) => void crewOf(items).rooms.pop()],
  ['H2', 'a crew has somebody whose hours are free', (items) => void week(items, hers).bookings.pop()],
  ['H2', 'a crew has a room that is free', (items) => drop(items, ({ pk }) => rooms.test(pk))],
  ['H2', 'a crew says other hours', (items) => void ((crewOf(items).assignments[0] as Assignment).to = '2026-12-16T12:30:00.000Z')],
  [
    'H2',
    'a request counts as accepted in her week',
    (items) => void Object.assign(week(items, hers).bookings[1] ?? {}, { state: 'booked', until: null }),
  ],
  [
    'H3',
    'a person forgot which instructor she is',
    (items) => drop(items, ({ pk, sk }) => pk.startsWith('PERSON#') && sk === 'INSTRUCTOR'),
  ],
  [
    'H3',
    'an instructor does not know who asked for her',
    (items) => drop(items, ({ pk, sk }) => pk.startsWith('INSTRUCTOR#') && sk.startsWith('CREW#')),
  ],
  [
    'A1',
    'a qualification was verified by hand',
    (items) => void (pick(items, ({ pk, sk }) => pk.startsWith('INSTRUCTOR#') && sk === 'INSTRUCTOR')['version'] = 9),
  ],
  [
    'T4',
    'an instructor is nonsense',
    (items) =>
      void Object.assign(pick(items, ({ pk, sk }) => pk.startsWith('INSTRUCTOR#') && sk === 'INSTRUCTOR')['instructor'] as object, {
        weeklyMinutes: 'many',
      }),
  ],
])('%s notices that %s', (code, _, corrupt) => {
  const items = structuredClone(clean)
  corrupt(items)
  expect(violations(items, world.now()).map((one) => one.code)).toContain(code)
})

it('forgets a request with its end, in weeks and crews alike', () => {
  const { until } = crewOf(structuredClone(clean)).assignments[1] as Assignment
  expect(violations(clean, until ?? '').filter(({ code }) => code.startsWith('H'))).toEqual([])
})
