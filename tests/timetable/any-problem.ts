import type { TimetableProblem } from '@skills/core/timetable/problem.ts'
import fc from 'fast-check'

const day = (number: number, clock: number) => new Date(Date.UTC(2026, 11, 10 + number) + clock * 3_600_000 - 8 * 3_600_000).toISOString()
const place = (town: number) => ({ venueId: `ven_${town}`, region: ['460100', '460200', '469002'][town] as string })
const town = fc.integer({ min: 0, max: 2 })
/** Hours between Thursday 10 December 2026 and the Monday after: the end of a week lies between. */
const hours = fc
  .record({ day: fc.integer({ min: 1, max: 4 }), from: fc.constantFrom(8, 9, 11, 13, 18, 19.5, 22), long: fc.constantFrom(1, 2, 2.5, 4) })
  .map(({ day: date, from, long }) => ({ from: day(date, from), to: day(date, from + long) }))
const longHours = fc
  .record({ day: fc.integer({ min: 0, max: 4 }), from: fc.constantFrom(7, 12), long: fc.constantFrom(6, 12, 48) })
  .map(({ day: date, from, long }) => ({ from: day(date, from), to: day(date, from + long) }))
const trade = fc.constantFrom('electrician', 'cook')
const level = fc.constantFrom(null, 'level-4' as const, 'level-3' as const)

interface Size {
  meetings: number
  instructors: number
  rooms: number
}

/** Problems with everything in them, crowded enough that much of it clashes. */
export function anyProblem({ meetings, instructors, rooms }: Size): fc.Arbitrary<TimetableProblem> {
  const meeting = fc.record({
    run: fc.integer({ min: 0, max: 2 }),
    trade: fc.option(trade),
    level,
    instructors: fc.constantFrom(1, 1, 1, 2, 0),
    seats: fc.constantFrom(10, 30),
    equipment: fc.constantFrom([], [], ['bench']),
    where: fc.oneof(
      fc.record({ kind: fc.constant('room' as const), roomIds: fc.subarray(['room_0', 'room_1', 'room_2', 'room_3'], { minLength: 1 }) }),
      fc.record({ kind: fc.constant('place' as const), place: town.map(place) }),
      fc.constant({ kind: 'online' as const }),
    ),
    windows: fc.array(hours, { minLength: 1, maxLength: 3 }),
  })
  const instructor = fc.record({
    skills: fc.array(fc.record({ trade, level, until: fc.constantFrom('2026-12-11', '2027-12-31') }), { minLength: 1, maxLength: 2 }),
    available: fc.array(longHours, { minLength: 2, maxLength: 5 }),
    busy: fc.array(fc.record({ hours, place: fc.option(town.map(place)) }), { maxLength: 2 }),
    weeklyMinutes: fc.constantFrom(null, null, 120, 240, 300),
    base: town.map(place),
    regions: fc.constantFrom(null, null, ['460100'], ['460100', '460200']),
  })
  const room = fc.record({
    town: fc.integer({ min: 0, max: 1 }),
    capacity: fc.constantFrom(10, 30),
    equipment: fc.constantFrom([], ['bench']),
    open: fc.option(fc.array(longHours, { minLength: 2, maxLength: 4 })),
    busy: fc.array(hours, { maxLength: 1 }),
  })
  return fc
    .record({
      meetings: fc.array(meeting, { minLength: 1, maxLength: meetings }),
      instructors: fc.array(instructor, { maxLength: instructors }),
      rooms: fc.array(room, { maxLength: rooms }),
      closed: fc.constantFrom([], [], ['2026-12-12']),
    })
    .map((made) => ({
      meetings: made.meetings.map(({ run, ...rest }, number) => ({ ...rest, id: `mtg_${number}`, runId: `run_${run}`, keeps: [] })),
      instructors: made.instructors.map((rest, number) => ({
        ...rest,
        id: `ins_${number}`,
        busy: rest.busy.map((one) => ({ ...one.hours, place: one.place })),
      })),
      rooms: made.rooms.map(({ town: at, ...rest }, number) => ({ ...rest, id: `room_${number}`, place: place(at) })),
      knownUntil: '2027-12-31T16:00:00.000Z',
      closed: made.closed,
      travel: (from, to) => (from.region === to.region ? (from.venueId === to.venueId ? 0 : 30) : 150),
    }))
}
