import { at, type Board, type Placing, type Span } from './board.ts'
import { fixedObstacle, hoursObstacle, hoursTaken, roomObstacle } from './obstacle.ts'
import { addedTravel } from './place-meeting.ts'

/** Hours and a room that a meeting can have now, with all instructors who can come, the best first. */
export interface Chance extends Span {
  room: number
  place: number
  instructors: number[]
  cost: number
}

/** Minutes of travel that keeping the instructor of a run is worth. */
const change = 1000
/** Minutes that an hour's delay and an empty chair in a room count: only to choose between what is equal otherwise. */
const [laterHour, emptyChair] = [0.05, 0.1]

/** Instructors who can teach a meeting at these hours and place as far as no other meeting matters. */
export function ableOf(board: Board, meeting: number, span: Span, place: number): number[] {
  const name = `${meeting} ${span.from} ${span.to} ${place}`
  const known = board.able.get(name)
  if (known !== undefined) return known
  const able = board.instructors.flatMap((_, number) => (fixedObstacle(board, meeting, number, span, place) === undefined ? [number] : []))
  board.able.set(name, able)
  return able
}

/** What an instructor costs a meeting, in minutes of travel: her way, another face for the run, and that she is wanted elsewhere. */
export function costOf(board: Board, meeting: number, number: number, span: Span, place: number, lead?: number): number {
  const { run, keeps } = at(board.meetings, meeting)
  const same =
    number === lead || keeps.has(number) || at(board.runs, run).some((other) => board.placings[other]?.instructors.includes(number))
  return (same ? 0 : change) + addedTravel(board, number, span, place) + at(board.demand, number) / 10
}

/** Rooms of a meeting, or its place without one. */
export function sitesOf(board: Board, meeting: number): { room: number; place: number }[] {
  const { rooms, place } = at(board.meetings, meeting)
  return rooms === undefined ? [{ room: -1, place }] : rooms.map((room) => ({ room, place: at(board.rooms, room).place }))
}

/** All hours and rooms a meeting can have now with enough instructors, in no order; at most `most` of them. */
export function chancesOf(board: Board, meeting: number, lead?: number, most = Infinity): Chance[] {
  const { windows, needs, seats } = at(board.meetings, meeting)
  const chances: Chance[] = []
  for (const span of windows) {
    if (hoursObstacle(board, meeting, span) !== undefined) continue
    const free = new Map<number, { instructors: number[]; cost: number }>()
    for (const { room, place } of sitesOf(board, meeting)) {
      if (room >= 0 && roomObstacle(board, meeting, room, span) !== undefined) continue
      const known = free.get(place) ?? freeAt(board, meeting, span, place, lead)
      free.set(place, known)
      if (known.instructors.length < needs) continue
      const later = ((span.from - at(windows, 0).from) / 60) * laterHour
      const empty = room >= 0 ? (at(board.rooms, room).capacity - seats) * emptyChair : 0
      chances.push({ from: span.from, to: span.to, room, place, instructors: known.instructors, cost: known.cost + later + empty })
      if (chances.length >= most) return chances
    }
  }
  return chances
}

function freeAt(board: Board, meeting: number, span: Span, place: number, lead?: number) {
  const { needs } = at(board.meetings, meeting)
  if (needs === 0) return { instructors: [], cost: 0 }
  const ranked = ableOf(board, meeting, span, place)
    .filter((number) => hoursTaken(board, number, span, place) === undefined)
    .map((number) => ({ number, cost: costOf(board, meeting, number, span, place, lead) }))
    .sort((one, other) => one.cost - other.cost || one.number - other.number)
  return { instructors: ranked.map(({ number }) => number), cost: ranked.slice(0, needs).reduce((sum, { cost }) => sum + cost, 0) }
}

/** The cheapest placing of a meeting now, or undefined where it has none. */
export function bestPlacing(board: Board, meeting: number, lead?: number): Placing | undefined {
  let best: Chance | undefined
  for (const chance of chancesOf(board, meeting, lead)) if (best === undefined || chance.cost < best.cost) best = chance
  if (best === undefined) return undefined
  const { from, to, room, place, instructors } = best
  return { from, to, room, place, meeting, instructors: instructors.slice(0, at(board.meetings, meeting).needs) }
}

/** Every placing of a meeting now, the cheap ones first. */
export function* placingsOf(board: Board, meeting: number): Generator<Placing> {
  const { needs } = at(board.meetings, meeting)
  for (const { from, to, room, place, instructors } of chancesOf(board, meeting).sort((one, other) => one.cost - other.cost))
    for (const chosen of choicesOf(instructors, needs)) yield { from, to, room, place, meeting, instructors: chosen }
}

/** All ways to choose so many of a list, in the order of the list. */
function* choicesOf(list: readonly number[], count: number): Generator<number[]> {
  if (count === 0) yield []
  else
    for (let first = 0; first <= list.length - count; first += 1)
      for (const rest of choicesOf(list.slice(first + 1), count - 1)) yield [at(list, first), ...rest]
}
