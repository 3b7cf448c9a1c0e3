import { at, dayOf, dayStart, instantAt, minute, type Board, type Span } from './board.ts'
import { sitesOf } from './chances.ts'
import { hoursObstacle, instructorObstacle, nothing, roomObstacle, type Lifted } from './obstacle.ts'
import { constraints, type Constraint } from '@skills/contract/timetable.ts'
import type { Hours, Unplaced } from './problem.ts'

/** Whether a meeting could have these hours beside all that is placed, were some constraints not there. */
function couldBe(board: Board, meeting: number, span: Span, lifted: Lifted): boolean {
  if (hoursObstacle(board, meeting, span, lifted) !== undefined) return false
  const { needs } = at(board.meetings, meeting)
  const sites = sitesOf(board, meeting)
  const open = lifted.has('room')
    ? [{ room: -1, place: -1 }, ...sites.map(({ place }) => ({ room: -1, place }))]
    : sites.filter(({ room }) => room < 0 || roomObstacle(board, meeting, room, span, lifted) === undefined)
  if (lifted.has('instructors')) return open.length > 0
  return [...new Set(open.map(({ place }) => place))].some(
    (place) =>
      board.instructors.filter((_, number) => instructorObstacle(board, meeting, number, span, place, lifted) === undefined).length >=
      needs,
  )
}

function couldStand(board: Board, meeting: number, lifted: Lifted): boolean {
  const { windows } = at(board.meetings, meeting)
  if (windows.length === 0) return lifted.has('hours')
  return windows.some((span) => couldBe(board, meeting, span, lifted))
}

/** The constraints that keep a meeting out: one where lifting one is enough, the easiest first; else a set of which none can be left out. */
function blockedBy(board: Board, meeting: number): Constraint[] {
  const one = constraints.slice(0, -3).find((constraint) => couldStand(board, meeting, new Set([constraint])))
  if (one !== undefined) return [one]
  const lifted = new Set<Constraint>(constraints)
  for (const constraint of constraints.toReversed()) {
    lifted.delete(constraint)
    if (!couldStand(board, meeting, lifted)) lifted.add(constraint)
  }
  return constraints.filter((constraint) => lifted.has(constraint))
}

/** How many instructors each constraint excludes at the first hours of a meeting, each counted at the first that does. */
function excluded(board: Board, meeting: number): Unplaced['excluded'] {
  const [span] = at(board.meetings, meeting).windows
  const [site] = sitesOf(board, meeting)
  const counts: Unplaced['excluded'] = {}
  if (span === undefined) return counts
  for (const number of board.instructors.keys()) {
    const obstacle = instructorObstacle(board, meeting, number, span, site?.place ?? -1)
    if (obstacle !== undefined) counts[obstacle] = (counts[obstacle] ?? 0) + 1
  }
  return counts
}

const [halfHour, day, evening] = [30, 1440, 22 * 60]
/** Later on the same day until ten at night, then at the same time of the next four weeks. */
const later = Array.from({ length: 44 }, (_, place) => (place + 1) * halfHour)
const days = Array.from({ length: 28 }, (_, place) => (place + 1) * day)

function freeAt(board: Board, meeting: number): Hours | null {
  const [wanted] = at(board.meetings, meeting).windows
  if (wanted === undefined) return null
  const [known, tenAtNight] = [minute(board.problem.knownUntil), dayStart(dayOf(wanted.from)) + evening]
  const shift = [...later.filter((minutes) => wanted.to + minutes <= tenAtNight), ...days].find(
    (minutes) => wanted.to + minutes <= known && couldBe(board, meeting, { from: wanted.from + minutes, to: wanted.to + minutes }, nothing),
  )
  return shift === undefined ? null : { from: instantAt(wanted.from + shift), to: instantAt(wanted.to + shift) }
}

/** Why a meeting has no place beside all others, and where it would have one. */
export function whyUnplaced(board: Board, meeting: number): Unplaced {
  return {
    meetingId: at(board.meetings, meeting).id,
    blockedBy: blockedBy(board, meeting),
    excluded: excluded(board, meeting),
    freeAt: freeAt(board, meeting),
  }
}
