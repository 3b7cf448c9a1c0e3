import { at, weekOf, type Board, type Placing, type Span, type Taken } from './board.ts'
import { ableOf, bestPlacing, costOf, sitesOf } from './chances.ts'
import { spend, type Effort } from './effort.ts'
import { hoursObstacle, hoursTaken, roomObstacle, tooFar, type Lifted } from './obstacle.ts'
import { move, undo, type Journal } from './place-meeting.ts'

/** How many ways of making room are tried for a meeting, with how many instructors at one site, and how many meetings may have to give way. */
const most = { ways: 8, instructors: 5, inTheWay: 3 }

/** A placing and the meetings that would have to give way to it. */
interface Way {
  placing: Placing
  inTheWay: number[]
  cost: number
}

/**
 * Places a meeting, and where nothing is free moves others out of its way, which may move others in turn, `depth` deep. `locked` are meetings that stay.
 * True when all of them have a place; false leaves the board as it was.
 */
export function makeRoom(
  board: Board,
  journal: Journal,
  meeting: number,
  depth: number,
  effort: Effort,
  locked: ReadonlySet<number> = new Set(),
): boolean {
  const free = bestPlacing(board, meeting)
  if (free !== undefined) {
    move(board, journal, meeting, free)
    return true
  }
  if (depth === 0 || !spend(effort)) return false
  const kept = new Set([...locked, meeting])
  for (const { placing, inTheWay } of waysFor(board, meeting, locked)) {
    const before = journal.length
    for (const other of inTheWay) move(board, journal, other, undefined)
    move(board, journal, meeting, placing)
    if (inTheWay.every((other) => makeRoom(board, journal, other, depth - 1, effort, kept))) return true
    undo(board, journal, before)
  }
  return false
}

const movable: Lifted = new Set(['order', 'room-busy', 'instructor-busy', 'travel', 'weekly-cap'])

/** The ways to make room for a meeting, those that move the fewest others first. */
function waysFor(board: Board, meeting: number, locked: ReadonlySet<number>): Way[] {
  const found: Way[] = []
  for (const span of at(board.meetings, meeting).windows) {
    if (hoursObstacle(board, meeting, span, movable) !== undefined) continue
    const outOfOrder = at(board.runs, at(board.meetings, meeting).run).filter((other) => {
      const placing = board.placings[other]
      return placing !== undefined && other !== meeting && (other < meeting ? placing.to > span.from : placing.from < span.to)
    })
    for (const { room, place } of sitesOf(board, meeting)) {
      if (room >= 0 && roomObstacle(board, meeting, room, span, movable) !== undefined) continue
      const inRoom = room < 0 ? [] : at(board.rooms, room).taken.filter((taken) => taken.from < span.to && span.from < taken.to)
      for (const way of waysAt(board, meeting, span, room, place, [...outOfOrder, ...inRoom.map((taken) => taken.meeting)]))
        if (way.inTheWay.length <= most.inTheWay && !way.inTheWay.some((other) => other < 0 || locked.has(other))) found.push(way)
    }
  }
  return found.sort((one, other) => one.inTheWay.length - other.inTheWay.length || one.cost - other.cost).slice(0, most.ways)
}

function* waysAt(board: Board, meeting: number, span: Span, room: number, place: number, others: number[]): Generator<Way> {
  const { needs } = at(board.meetings, meeting)
  const ranked = ableOf(board, meeting, span, place)
    .map((number) => ({
      number,
      inTheWay: bookingsInTheWay(board, number, span, place),
      cost: costOf(board, meeting, number, span, place),
    }))
    .filter(({ inTheWay }) => !inTheWay.includes(-1))
    .sort((one, other) => one.inTheWay.length - other.inTheWay.length || one.cost - other.cost || one.number - other.number)
  if (ranked.length < needs) return
  const first = ranked.slice(0, Math.max(0, needs - 1))
  const lasts = needs === 0 ? [undefined] : ranked.slice(needs - 1, needs - 1 + most.instructors)
  for (const last of lasts) {
    const crew = [...first, ...(last === undefined ? [] : [last])]
    yield {
      placing: { ...span, room, place, meeting, instructors: crew.map(({ number }) => number) },
      inTheWay: [...new Set([...others, ...crew.flatMap(({ inTheWay }) => inTheWay)])],
      cost: crew.reduce((sum, { cost }) => sum + cost, 0),
    }
  }
}

/** Meetings that an instructor would have to give up for these hours; -1 among them where that would not do. */
function bookingsInTheWay(board: Board, number: number, span: Span, place: number): number[] {
  const instructor = at(board.instructors, number)
  const kept = instructor.taken
  const clashing = (taken: Taken) => (taken.from < span.to && span.from < taken.to) || tooFar(board, taken, span, place)
  const out = kept.filter(clashing)
  try {
    instructor.taken = kept.filter((taken) => !clashing(taken))
    while (hoursTaken(board, number, span, place) === 'weekly-cap') {
      const sameWeek = instructor.taken.filter(
        ({ meeting, from, to }) => meeting >= 0 && weekOf(from) <= weekOf(span.to - 1) && weekOf(span.from) <= weekOf(to - 1),
      )
      const longest = sameWeek.sort((one, other) => other.to - other.from - (one.to - one.from))[0]
      if (longest === undefined) return [-1]
      instructor.taken = instructor.taken.filter((taken) => taken !== longest)
      out.push(longest)
    }
  } finally {
    instructor.taken = kept
  }
  return out.map(({ meeting }) => meeting)
}
