import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import type { Place } from '../scheduling/week.ts'
import { covers, type Hours, type TimetableMeeting, type TimetableProblem } from './problem.ts'

/** Hours in minutes since 1970, so that a search compares numbers. */
export interface Span {
  from: number
  to: number
}
/** Hours that are taken: the number of the place where somebody is then, and of the meeting; -1 where that is no matter, and for what is not of this timetable. */
export interface Taken extends Span {
  place: number
  meeting: number
}

/** Hours, room and instructors that a meeting could have, by number; no room is -1. */
export interface Placing extends Taken {
  room: number
  instructors: number[]
}

interface BoardMeeting {
  id: string
  run: number
  needs: number
  seats: number
  equipment: readonly string[]
  windows: Span[]
  /** Rooms of its venues, or undefined where it needs none. */
  rooms: number[] | undefined
  /** Where it is when it needs no room. */
  place: number
  keeps: ReadonlySet<number>
}
interface BoardInstructor {
  id: string
  base: number
  weeklyMinutes: number
  available: Span[]
  regions: ReadonlySet<string> | undefined
  taken: Taken[]
}
interface BoardRoom {
  id: string
  place: number
  capacity: number
  equipment: ReadonlySet<string>
  open: Span[] | undefined
  taken: Taken[]
}

/** The thing of a number; numbers come from the board itself. */
export const at = <T>(list: readonly T[], number: number): T => list[number] as T

/** The problem in numbers, and what is placed so far. Whatever places or takes away goes through `place-meeting.ts`. */
export interface Board {
  problem: TimetableProblem
  meetings: BoardMeeting[]
  /** The meetings of each run, in order. */
  runs: number[][]
  instructors: BoardInstructor[]
  rooms: BoardRoom[]
  regions: string[]
  /** Minutes between places, by their numbers. */
  way: number[][]
  closed: ReadonlySet<number>
  placings: (Placing | undefined)[]
  /** Instructors for each meeting who pass all that other meetings cannot change, by hours and place: filled as it is asked for. */
  able: Map<string, number[]>
  /** How many meetings each instructor could teach: who can do much is kept for what few can do. */
  demand: number[]
  travelMinutes: number
}

export const minute = (instant: string): number => Date.parse(instant) / 60_000
export const instantAt = (minutes: number): string => plusMinutes('1970-01-01T00:00:00.000Z', minutes)

/** Minutes since 1970 at midnight in Beijing before an instant, and the Monday of its week, as running numbers. */
const beijing = minute('1970-01-01T00:00:00.000Z') - minute(instantOf('1970-01-01', '00:00'))
export const dayOf = (at: number): number => Math.floor((at + beijing) / 1440)
export const weekOf = (at: number): number => Math.floor((at + beijing + 3 * 1440) / 10_080)
/** Minutes since 1970 at which a day of `dayOf` and a week of `weekOf` begin. */
export const dayStart = (day: number): number => day * 1440 - beijing
export const weekStart = (week: number): number => week * 10_080 - 3 * 1440 - beijing

const spanOf = ({ from, to }: Hours): Span => ({ from: minute(from), to: minute(to) })

/** Hours in order, those that overlap or touch as one. */
function joined(hours: readonly Hours[]): Span[] {
  const spans: Span[] = []
  for (const span of hours.map(spanOf).toSorted((one, other) => one.from - other.from)) {
    const last = spans.at(-1)
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else spans.push(span)
  }
  return spans
}

/** An empty board for a problem. */
export function boardOf(problem: TimetableProblem): Board {
  const places: Place[] = []
  const numbers = new Map<string, number>()
  const placeOf = (place: Place | null): number => {
    if (place === null) return -1
    const name = `${place.venueId} ${place.region}`
    const known = numbers.get(name)
    if (known !== undefined) return known
    numbers.set(name, places.length)
    return places.push(place) - 1
  }
  const rooms = problem.rooms.map((room) => ({
    id: room.id,
    place: placeOf(room.place),
    capacity: room.capacity,
    equipment: new Set(room.equipment),
    open: room.open === null ? undefined : joined(room.open),
    taken: room.busy.map((busy) => ({ ...spanOf(busy), place: -1, meeting: -1 })),
  }))
  const instructors = problem.instructors.map((instructor) => ({
    id: instructor.id,
    base: placeOf(instructor.base),
    weeklyMinutes: instructor.weeklyMinutes ?? Infinity,
    available: joined(instructor.available),
    regions: instructor.regions === null ? undefined : new Set(instructor.regions),
    taken: instructor.busy.map((busy) => ({ ...spanOf(busy), place: placeOf(busy.place), meeting: -1 })),
  }))
  const runNumbers = new Map([...new Set(problem.meetings.map(({ runId }) => runId))].map((runId, number) => [runId, number]))
  const roomNumbers = new Map(problem.rooms.map(({ id }, number) => [id, number]))
  const numberOf = new Map(problem.instructors.map(({ id }, number) => [id, number]))
  const meetings = problem.meetings.map((meeting): BoardMeeting => {
    const { where } = meeting
    return {
      id: meeting.id,
      run: runNumbers.get(meeting.runId) ?? 0,
      needs: meeting.instructors,
      seats: meeting.seats,
      equipment: meeting.equipment,
      windows: meeting.windows.map(spanOf),
      rooms: where.kind === 'room' ? where.roomIds.flatMap((id) => roomNumbers.get(id) ?? []) : undefined,
      place: where.kind === 'place' ? placeOf(where.place) : -1,
      keeps: new Set(meeting.keeps.flatMap((id) => numberOf.get(id) ?? [])),
    }
  })
  const runs = [...runNumbers.values()].map((run) => meetings.flatMap((meeting, number) => (meeting.run === run ? [number] : [])))
  return {
    problem,
    meetings,
    runs,
    instructors,
    rooms,
    regions: places.map(({ region }) => region),
    way: places.map((from) => places.map((to) => problem.travel(from, to))),
    closed: new Set(problem.closed.map((date) => dayOf(minute(instantOf(date, '00:00'))))),
    placings: meetings.map(() => undefined),
    able: new Map(),
    demand: demandOf(problem),
    travelMinutes: 0,
  }
}

function demandOf({ meetings, instructors }: TimetableProblem): number[] {
  const kinds = new Map<string, { meeting: TimetableMeeting; count: number }>()
  for (const meeting of meetings) {
    const name = `${meeting.trade} ${meeting.level}`
    kinds.set(name, { meeting, count: (kinds.get(name)?.count ?? 0) + 1 })
  }
  return instructors.map(({ skills }) =>
    [...kinds.values()].reduce((sum, { meeting, count }) => sum + (skills.some((skill) => covers(skill, meeting, '')) ? count : 0), 0),
  )
}

/** The civil date on which hours begin, for what is valid until a date. */
export const dateOf = (span: Span): string => dateAt(instantAt(span.from))
