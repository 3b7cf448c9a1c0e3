import type { Constraint } from '@skills/contract/timetable.ts'
import type { Placed, TimetableInstructor, TimetableMeeting, TimetableProblem } from '@skills/core/timetable/problem.ts'

/** A rule of the problem that a timetable breaks, and the meeting that breaks it. */
export interface Violation {
  meetingId: string
  constraint: Constraint
}

type Spot = TimetableProblem['rooms'][number]['place'] | null
interface Stay {
  from: number
  to: number
  spot: Spot
  meetingId: string
}

const ms = (instant: string) => Date.parse(instant)
const minutes = 60_000
const ranks = ['apprentice', 'level-5', 'level-4', 'level-3', 'level-2', 'level-1', 'special-technician', 'chief-technician']
/** The date on the wall in Beijing, eight hours before UTC. */
const wallDate = (at: number) => new Date(at + 8 * 60 * minutes).toISOString().slice(0, 10)

/** Every civil date that hours touch. */
function datesOf(from: number, to: number): string[] {
  const dates = new Set<string>()
  for (let at = from; at < to; at += 15 * minutes) dates.add(wallDate(at))
  dates.add(wallDate(to - 1))
  return [...dates]
}

/** The date of the Monday that begins the week of a date. */
function mondayBefore(date: string): string {
  const at = new Date(`${date}T12:00:00Z`)
  while (at.getUTCDay() !== 1) at.setUTCDate(at.getUTCDate() - 1)
  return at.toISOString().slice(0, 10)
}

/** Minutes of hours in each week, counted minute by quarter of an hour from its date: hours of tests begin and end at quarters. */
function minutesByWeek(stays: readonly Stay[]): Map<string, number> {
  const weeks = new Map<string, number>()
  for (const { from, to } of stays)
    for (let at = from; at < to; at += 15 * minutes) {
      const week = mondayBefore(wallDate(at))
      weeks.set(week, (weeks.get(week) ?? 0) + Math.min(15, (to - at) / minutes))
    }
  return weeks
}

/** Whether every minute of some hours lies in at least one of the given hours. */
function covered(from: number, to: number, hours: readonly { from: string; to: string }[]): boolean {
  for (let at = from; at < to;) {
    const ends = hours.filter((one) => ms(one.from) <= at && at < ms(one.to)).map((one) => ms(one.to))
    if (ends.length === 0) return false
    at = Math.max(...ends)
  }
  return true
}

/**
 * Everything that a timetable breaks, told from the problem alone: this shares nothing with the solver but the shape of the data, and compares each with each.
 * `only`: of these meetings.
 */
export function checkTimetable(problem: TimetableProblem, placed: readonly Placed[], only?: string): Violation[] {
  const found: Violation[] = []
  const meetings = new Map(problem.meetings.map((meeting) => [meeting.id, meeting]))
  for (const one of placed) {
    if (only !== undefined && one.meetingId !== only) continue
    const meeting = meetings.get(one.meetingId)
    if (meeting === undefined) throw new Error(`No meeting ${one.meetingId}`)
    const says = (constraint: Constraint) => found.push({ meetingId: meeting.id, constraint })
    if (!meeting.windows.some(({ from, to }) => from === one.from && to === one.to)) says('hours')
    if (datesOf(ms(one.from), ms(one.to)).some((date) => problem.closed.includes(date))) says('closed-day')
    checkOrder(problem, placed, one, says)
    const spot = checkRoom(problem, placed, meeting, one, says)
    if (new Set(one.instructorIds).size !== meeting.instructors || one.instructorIds.length !== meeting.instructors) says('instructors')
    for (const id of one.instructorIds) {
      const instructor = problem.instructors.find((other) => other.id === id)
      if (instructor === undefined) throw new Error(`No instructor ${id}`)
      checkInstructor(problem, placed, instructor, meeting, one, spot, says)
    }
  }
  return found
}

type Says = (constraint: Constraint) => unknown

function checkOrder(problem: TimetableProblem, placed: readonly Placed[], one: Placed, says: Says): void {
  const place = (id: string) => problem.meetings.findIndex((meeting) => meeting.id === id)
  const runOf = (id: string) => problem.meetings[place(id)]?.runId
  for (const other of placed) {
    if (other.meetingId === one.meetingId || runOf(other.meetingId) !== runOf(one.meetingId)) continue
    const [first, then] = place(other.meetingId) < place(one.meetingId) ? [other, one] : [one, other]
    if (ms(first.to) > ms(then.from)) says('order')
  }
}

function checkRoom(problem: TimetableProblem, placed: readonly Placed[], meeting: TimetableMeeting, one: Placed, says: Says): Spot {
  const { where } = meeting
  if (where.kind !== 'room') {
    if (one.roomId !== null) says('room')
    return where.kind === 'place' ? where.place : null
  }
  const room = problem.rooms.find(({ id }) => id === one.roomId)
  if (room === undefined || !where.roomIds.includes(room.id)) {
    says('room')
    return null
  }
  if (room.capacity < meeting.seats) says('room-capacity')
  if (!meeting.equipment.every((thing) => room.equipment.includes(thing))) says('equipment')
  if (room.open !== null && !covered(ms(one.from), ms(one.to), room.open)) says('opening-hours')
  const others = placed.filter((other) => other.meetingId !== one.meetingId && other.roomId === room.id)
  if ([...room.busy, ...others].some((other) => ms(other.from) < ms(one.to) && ms(one.from) < ms(other.to))) says('room-busy')
  return room.place
}

function checkInstructor(
  problem: TimetableProblem,
  placed: readonly Placed[],
  instructor: TimetableInstructor,
  meeting: TimetableMeeting,
  one: Placed,
  spot: Spot,
  says: Says,
): void {
  const day = wallDate(ms(one.from))
  const able = instructor.skills.some(
    ({ trade, level, until }) =>
      trade === meeting.trade &&
      day <= until &&
      (meeting.level === null || (level !== null && ranks.indexOf(level) >= ranks.indexOf(meeting.level))),
  )
  if (meeting.trade !== null && !able) says('qualification')
  if (spot !== null && instructor.regions !== null && !instructor.regions.includes(spot.region)) says('region')
  if (!covered(ms(one.from), ms(one.to), instructor.available)) says('availability')
  const [mine, ...others] = staysOf(problem, placed, instructor, one, spot)
  if (mine === undefined) return
  const overlapping = others.filter((other) => other.from < mine.to && mine.from < other.to)
  if (overlapping.length > 0) says('instructor-busy')
  for (const other of others) {
    if (overlapping.includes(other) || other.spot === null || mine.spot === null) continue
    const [leaves, arrives] = other.to <= mine.from ? [other, mine] : [mine, other]
    if (arrives.from - leaves.to < problem.travel(leaves.spot as NonNullable<Spot>, arrives.spot as NonNullable<Spot>) * minutes)
      says('travel')
  }
  const weeks = minutesByWeek([mine, ...others])
  const own = minutesByWeek([mine])
  if (instructor.weeklyMinutes !== null && [...own.keys()].some((week) => (weeks.get(week) ?? 0) > Number(instructor.weeklyMinutes)))
    says('weekly-cap')
}

/** Where an instructor is when: the meeting in question first. */
function staysOf(problem: TimetableProblem, placed: readonly Placed[], instructor: TimetableInstructor, one: Placed, spot: Spot): Stay[] {
  const stay = ({ from, to }: { from: string; to: string }, where: Spot, meetingId: string) => ({
    from: ms(from),
    to: ms(to),
    spot: where,
    meetingId,
  })
  const spotOf = (other: Placed): Spot => {
    const where = problem.meetings.find(({ id }) => id === other.meetingId)?.where
    return where?.kind === 'place' ? where.place : (problem.rooms.find(({ id }) => id === other.roomId)?.place ?? null)
  }
  return [
    stay(one, spot, one.meetingId),
    ...placed
      .filter((other) => other.meetingId !== one.meetingId && other.instructorIds.includes(instructor.id))
      .map((other) => stay(other, spotOf(other), other.meetingId)),
    ...instructor.busy.map((busy) => stay(busy, busy.place, '')),
  ]
}

/** Minutes that a timetable adds to everybody's ways, from the problem alone: for each day the way with it less the way without. */
export function travelOf(problem: TimetableProblem, placed: readonly Placed[]): number {
  const way = (base: NonNullable<Spot>, stays: readonly Stay[]) => {
    const stops = stays.flatMap(({ spot }) => (spot === null ? [] : [spot]))
    return stops.length === 0 ? 0 : [...stops, base].reduce((sum, stop, place) => sum + problem.travel(stops[place - 1] ?? base, stop), 0)
  }
  let total = 0
  for (const instructor of problem.instructors) {
    const hers = placed.filter(({ instructorIds }) => instructorIds.includes(instructor.id))
    const [first] = hers
    if (first === undefined) continue
    const where = problem.meetings.find(({ id }) => id === first.meetingId)?.where
    const spot = where?.kind === 'place' ? where.place : (problem.rooms.find(({ id }) => id === first.roomId)?.place ?? null)
    const stays = staysOf(problem, placed, instructor, first, spot).sort((one, other) => one.from - other.from)
    for (const date of new Set(hers.map(({ from }) => wallDate(ms(from))))) {
      const day = stays.filter(({ from }) => wallDate(from) === date)
      total +=
        way(instructor.base, day) -
        way(
          instructor.base,
          day.filter(({ meetingId }) => meetingId === ''),
        )
    }
  }
  return total
}

/** Everything a meeting could have at all: each of its hours with each room (or none) and each choice of instructors. */
export function* everyPlacing(problem: TimetableProblem, meeting: TimetableMeeting, alsoNothing = false): Generator<Placed> {
  const rooms = [
    ...(meeting.where.kind === 'room' && !alsoNothing ? [] : [null]),
    ...(meeting.where.kind === 'room' ? problem.rooms.map(({ id }) => id) : []),
  ]
  const sets = alsoNothing ? [...subsets(problem.instructors.map(({ id }) => id))] : []
  const crews = [
    ...sets.filter(({ length }) => length < meeting.instructors),
    ...ofSize(
      problem.instructors.map(({ id }) => id),
      meeting.instructors,
    ),
  ]
  for (const { from, to } of meeting.windows)
    for (const roomId of rooms) for (const instructorIds of crews) yield { meetingId: meeting.id, from, to, roomId, instructorIds }
}

function* subsets(list: readonly string[]): Generator<string[]> {
  for (let bits = 0; bits < 2 ** list.length; bits += 1) yield list.filter((_, place) => (bits >> place) % 2 === 1)
}
const ofSize = (list: readonly string[], size: number) => [...subsets(list)].filter(({ length }) => length === size)

/** The most meetings that any timetable can place, by trying all. For problems of a few meetings. */
export function mostPlaced(problem: TimetableProblem, from = 0, placed: readonly Placed[] = []): number {
  const meeting = problem.meetings[from]
  if (meeting === undefined) return placed.length
  const all = placed.length + problem.meetings.length - from
  let best = 0
  for (const one of everyPlacing(problem, meeting)) {
    const more = [...placed, one]
    if (checkTimetable(problem, more).length > 0) continue
    best = Math.max(best, mostPlaced(problem, from + 1, more))
    if (best === all) return best
  }
  return Math.max(best, mostPlaced(problem, from + 1, placed))
}
