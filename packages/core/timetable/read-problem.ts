import type { Venue } from '@skills/contract/catalog.ts'
import type { Instructor } from '@skills/contract/instructor.ts'
import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { answerBy } from '../instructor/answer-by.ts'
import { teachesIn } from '../instructor/instructor.ts'
import { readInstructors, teachersOf } from '../instructor/instructor.table.ts'
import { placeOf, venueIdsOf } from '../instructor/meeting-place.ts'
import { travelMinutes } from '../instructor/travel.ts'
import { keys } from '../keys.ts'
import { plusDays } from '../order/civil-date.ts'
import { daysOff } from '../order/working-days.ts'
import { needsInstructor, needsRoom } from '../planning/needs.ts'
import { resourceParts } from '../planning/room-bookings.ts'
import { readVenues } from '../planning/venues.table.ts'
import { liveAssignments, type Assignment, type Crew } from '../scheduling/crew.ts'
import { tooFarAhead } from '../scheduling/plan-span.ts'
import { readWeeks } from '../scheduling/week.table.ts'
import { longestTravelMinutes, mondayOf, mondaysOf, roomResource, standing, type Booking } from '../scheduling/week.ts'
import { readItems } from '../table.ts'
import type { World } from '../world.ts'
import { freeHours } from './free-hours.ts'
import type { TimetableMeeting, TimetableProblem, TimetableRoom } from './problem.ts'

/** What a provider says of its meetings beside what stands in its runs: how many instructors each needs, and what the rooms of practice meetings must have. */
export interface Needs {
  instructors: number
  equipment: readonly string[]
  /** Meetings may lie on public holidays, on purpose. */
  onHolidays: boolean
}

/** A problem with whatever its answer needs to be told: the instructors by their ids, and who is asked already. */
export interface ReadProblem {
  problem: TimetableProblem
  instructors: ReadonlyMap<string, Instructor>
  /** Meetings that have begun are not planned any more; those that lack nothing need no planning. */
  settled: ReadonlySet<string>
}

/** How long after the last meeting other hours are looked for, in days. */
const lookAhead = 14

/** Reads everything a timetable of these runs depends on: venues, who may teach their trades, and what all of them have given away. Advice only: whoever applies it is judged again. */
export async function readProblem(world: World, runs: readonly RunItem[], needs: Needs): Promise<ReadProblem> {
  const now = world.now()
  const [venues, crews, people] = await Promise.all([
    readVenues(world.table, [...new Set(runs.flatMap(({ run }) => venueIdsOf(run)))]),
    readCrews(world, runs),
    readPeople(world, runs),
  ])
  const planned = runs.flatMap((item, place) => meetingsOf(item, crews[place], venues, needs, now))
  const meetings = planned.filter(({ settled }) => !settled).map(({ meeting }) => meeting)
  const times = planned.flatMap(({ meeting }) => meeting.windows.flatMap(({ from, to }) => [from, to])).sort()
  const from = plusMinutes(times[0] ?? now, -longestTravelMinutes)
  const last = plusDays(mondayOf(times.at(-1) ?? now), lookAhead)
  const mondays = mondaysOf(from, instantOf(last, '00:00'))
  const until = plusMinutes(instantOf(plusDays(last, 7), '00:00'), -longestTravelMinutes)
  const rooms = roomsOf(venues, meetings)
  const taken = await readTaken(world, [...people.map(({ id }) => id), ...rooms.map(({ id }) => id)], mondays)
  const regions = [...new Set([...venues.values(), ...runs.map(({ run }) => run)].map(({ region }) => region))]
  return {
    instructors: new Map(people.map((one) => [one.id, one])),
    settled: new Set(planned.flatMap(({ meeting, settled }) => (settled ? [meeting.id] : []))),
    problem: {
      meetings,
      instructors: people.map((one) => ({
        id: one.id,
        skills: one.qualifications
          .filter(({ state }) => state === 'verified')
          .map(({ trade, level, until: end }) => ({ trade, level, until: end ?? '9999-12-31' })),
        available: freeHours(one, from, until),
        busy: taken.get(one.id) ?? [],
        weeklyMinutes: one.weeklyMinutes,
        base: { venueId: `base ${one.baseRegion}`, region: one.baseRegion },
        regions: regions.filter((region) => teachesIn(one, region)),
      })),
      rooms: rooms.map((room) => ({ ...room, busy: taken.get(room.id) ?? [] })),
      knownUntil: until,
      closed: needs.onHolidays ? [] : daysOff,
      travel: travelMinutes,
    },
  }
}

async function readCrews(world: World, runs: readonly RunItem[]): Promise<(Crew | undefined)[]> {
  const items = await readItems(
    world.table,
    runs.map(({ run }) => keys.crew.key(run.id)),
  )
  return items as unknown as (Crew | undefined)[]
}

/** Instructors who can be found for the trades of some runs. */
async function readPeople(world: World, runs: readonly RunItem[]): Promise<Instructor[]> {
  const lists = await Promise.all([...new Set(runs.map(({ trade }) => trade ?? 'any'))].map((trade) => teachersOf(world.table, trade)))
  const items = await readInstructors(world.table, [...new Set(lists.flat())])
  return items.flatMap((item) => (item?.instructor.listed === true ? [item.instructor] : []))
}

/** Standing bookings of resources in some weeks. */
async function readTaken(world: World, resources: readonly string[], mondays: readonly string[]): Promise<Map<string, Booking[]>> {
  const weeks = await readWeeks(
    world,
    resources.flatMap((resource) => mondays.map((monday) => ({ resource, monday }))),
  )
  const now = world.now()
  // Hours that touch two weeks stand in both.
  const distinct = (bookings: readonly Booking[]) => [...new Map(bookings.map((booking) => [booking.id, booking])).values()]
  return new Map(
    resources.map((resource, place) => {
      const hers = weeks.slice(place * mondays.length, (place + 1) * mondays.length)
      return [resource, distinct(hers.flatMap(({ bookings }) => bookings).filter((booking) => standing(booking, now)))]
    }),
  )
}

function roomsOf(venues: ReadonlyMap<string, Venue>, meetings: readonly TimetableMeeting[]): Omit<TimetableRoom, 'busy'>[] {
  const wanted = new Set(meetings.flatMap(({ where }) => (where.kind === 'room' ? where.roomIds : [])))
  return [...venues.values()].flatMap(({ id: venueId, region, rooms }) =>
    rooms
      .map(({ name, capacity, equipment }) => ({
        id: roomResource(venueId, name),
        place: { venueId, region },
        capacity,
        equipment,
        open: null,
      }))
      .filter(({ id }) => wanted.has(id)),
  )
}

/** The meetings of a run that have not begun, in their order, with what they lack. */
function meetingsOf(item: RunItem, crew: Crew | undefined, venues: ReadonlyMap<string, Venue>, needs: Needs, now: string) {
  const { run, trade, level } = item
  const assignments: Assignment[] = crew === undefined ? [] : liveAssignments(crew, now)
  const keeps = [...new Set(assignments.map(({ instructorId }) => instructorId))]
  return run.meetings
    .filter(({ startsAt }) => startsAt > now)
    .toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1))
    .map((meeting) => {
      const hers = assignments.filter(({ meetingId }) => meetingId === meeting.id).length
      const { startsAt, endsAt } = meeting
      const booked =
        crew?.rooms.some(
          (one) =>
            one.meetingId === meeting.id && one.from === startsAt && one.to === endsAt && resourceParts(one.resource).kind === 'room',
        ) === true
      const place = placeOf(meeting, run, venues)
      const rooms = venues.get(meeting.venueId ?? '')?.rooms ?? []
      const findsRoom = run.state === 'draft' && needsRoom(meeting) && !booked && meeting.venueId !== null
      const roomIds = rooms
        .filter(({ name }) => meeting.room === null || meeting.room === name)
        .map(({ name }) => roomResource(meeting.venueId ?? '', name))
      const planned: TimetableMeeting = {
        id: meeting.id,
        runId: run.id,
        trade,
        level,
        instructors: needsInstructor(meeting) ? Math.max(0, needs.instructors - hers) : 0,
        seats: run.capacity,
        equipment: meeting.kind === 'practice' ? needs.equipment : [],
        where: findsRoom ? { kind: 'room', roomIds } : place === null ? { kind: 'online' } : { kind: 'place', place },
        windows:
          answerBy(now, meeting.startsAt) === undefined || tooFarAhead(meeting.endsAt, now)
            ? []
            : [{ from: meeting.startsAt, to: meeting.endsAt }],
        keeps,
      }
      return { meeting: planned, settled: planned.instructors === 0 && !findsRoom }
    })
}
