import { at, dayOf, dateOf, weekOf, weekStart, type Board, type Span, type Taken } from './board.ts'
import type { Constraint } from '@skills/contract/timetable.ts'
import { covers } from './problem.ts'

/** Constraints that are not looked at, to find out which one stands in the way. */
export type Lifted = ReadonlySet<Constraint>
export const nothing: Lifted = new Set()

const overlap = (one: Span, other: Span) => one.from < other.to && other.from < one.to
const within = (spans: readonly Span[], { from, to }: Span) => spans.some((span) => span.from <= from && to <= span.to)

/** Why a meeting cannot have these hours, whoever teaches it: a day on which nothing is held, or the order of its run. */
export function hoursObstacle(board: Board, meeting: number, span: Span, lifted = nothing): Constraint | undefined {
  if (!lifted.has('closed-day'))
    for (let day = dayOf(span.from); day <= dayOf(span.to - 1); day += 1) if (board.closed.has(day)) return 'closed-day'
  if (lifted.has('order')) return undefined
  for (const other of at(board.runs, at(board.meetings, meeting).run)) {
    const placing = board.placings[other]
    if (placing === undefined || other === meeting) continue
    if (other < meeting ? placing.to > span.from : placing.from < span.to) return 'order'
  }
  return undefined
}

/** Why a meeting cannot have a room at these hours. */
export function roomObstacle(board: Board, meeting: number, number: number, span: Span, lifted = nothing): Constraint | undefined {
  const { seats, equipment } = at(board.meetings, meeting)
  const room = at(board.rooms, number)
  if (!lifted.has('room-capacity') && room.capacity < seats) return 'room-capacity'
  if (!lifted.has('equipment') && equipment.some((thing) => !room.equipment.has(thing))) return 'equipment'
  if (!lifted.has('opening-hours') && room.open !== undefined && !within(room.open, span)) return 'opening-hours'
  if (!lifted.has('room-busy') && room.taken.some((taken) => overlap(taken, span))) return 'room-busy'
  return undefined
}

/** Why an instructor cannot teach a meeting at these hours and this place, of what no other meeting can change. */
export function fixedObstacle(
  board: Board,
  meeting: number,
  number: number,
  span: Span,
  place: number,
  lifted = nothing,
): Constraint | undefined {
  const instructor = at(board.instructors, number)
  const asked = at(board.problem.meetings, meeting)
  if (!lifted.has('qualification') && asked.trade !== null) {
    const date = dateOf(span)
    if (!at(board.problem.instructors, number).skills.some((skill) => covers(skill, asked, date))) return 'qualification'
  }
  if (!lifted.has('region') && place >= 0 && instructor.regions?.has(at(board.regions, place)) === false) return 'region'
  if (!lifted.has('availability') && !within(instructor.available, span)) return 'availability'
  return undefined
}

/** Why an instructor cannot teach at these hours beside what she has: hours that overlap, a way that does not fit in between, a week over its cap. As `clashOf` judges it for a single booking. */
export function hoursTaken(board: Board, number: number, span: Span, place: number, lifted = nothing): Constraint | undefined {
  const { taken, weeklyMinutes } = at(board.instructors, number)
  if (!lifted.has('instructor-busy') && taken.some((other) => overlap(other, span))) return 'instructor-busy'
  if (!lifted.has('travel') && taken.some((other) => tooFar(board, other, span, place))) return 'travel'
  if (lifted.has('weekly-cap') || weeklyMinutes === Infinity) return undefined
  for (let week = weekOf(span.from); week <= weekOf(span.to - 1); week += 1) {
    const minutes = taken.reduce((sum, other) => sum + minutesIn(week, other), minutesIn(week, span))
    if (minutes > weeklyMinutes) return 'weekly-cap'
  }
  return undefined
}

/** Whether the way between hours that are taken and wanted ones at another place does not fit in between; hours that overlap have no way. */
export function tooFar(board: Board, other: Taken, span: Span, place: number): boolean {
  if (place < 0 || other.place < 0 || overlap(other, span)) return false
  const [first, then] = other.to <= span.from ? [other.place, place] : [place, other.place]
  const gap = other.to <= span.from ? span.from - other.to : other.from - span.to
  return at(at(board.way, first), then) > gap
}

function minutesIn(week: number, { from, to }: Span): number {
  return Math.max(0, Math.min(to, weekStart(week + 1)) - Math.max(from, weekStart(week)))
}

/** Why an instructor cannot teach a meeting at these hours and this place, or undefined. */
export function instructorObstacle(
  board: Board,
  meeting: number,
  number: number,
  span: Span,
  place: number,
  lifted = nothing,
): Constraint | undefined {
  return fixedObstacle(board, meeting, number, span, place, lifted) ?? hoursTaken(board, number, span, place, lifted)
}
