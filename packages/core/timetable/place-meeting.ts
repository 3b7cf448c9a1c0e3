import { at, dayOf, type Board, type Placing, type Span, type Taken } from './board.ts'

/** Writes a meeting into the board. The caller has judged that it may be there. */
export function placeMeeting(board: Board, meeting: number, placing: Placing): void {
  board.placings[meeting] = placing
  if (placing.room >= 0) at(board.rooms, placing.room).taken.push(placing)
  for (const instructor of placing.instructors) {
    board.travelMinutes += addedTravel(board, instructor, placing, placing.place)
    at(board.instructors, instructor).taken.push(placing)
  }
}

/** Takes a meeting off the board again. */
export function liftMeeting(board: Board, meeting: number): Placing | undefined {
  const placing = board.placings[meeting]
  if (placing === undefined) return undefined
  board.placings[meeting] = undefined
  if (placing.room >= 0) drop(at(board.rooms, placing.room).taken, placing)
  for (const instructor of placing.instructors) {
    drop(at(board.instructors, instructor).taken, placing)
    board.travelMinutes -= addedTravel(board, instructor, placing, placing.place)
  }
  return placing
}

function drop(list: Taken[], placing: Placing): void {
  list.splice(list.indexOf(placing), 1)
}

/** Minutes that hours at a place add to an instructor's way of that day: from her base, from one place to the next, and back. */
export function addedTravel(board: Board, instructor: number, span: Span, place: number): number {
  if (place < 0) return 0
  const { base, taken } = at(board.instructors, instructor)
  let before: Taken | undefined
  let after: Taken | undefined
  for (const other of taken) {
    if (other.place < 0 || dayOf(other.from) !== dayOf(span.from)) continue
    if (other.to <= span.from && (before === undefined || other.to > before.to)) before = other
    if (other.from >= span.to && (after === undefined || other.from < after.from)) after = other
  }
  const [from, to] = [before?.place ?? base, after?.place ?? base]
  const direct = before === undefined && after === undefined ? 0 : way(board, from, to)
  return way(board, from, place) + way(board, place, to) - direct
}

const way = ({ way: minutes }: Board, from: number, to: number) => at(at(minutes, from), to)

/** A place in the list of changes, to come back to. Every change of a search goes through here, so that a try that fails leaves nothing behind. */
export type Journal = { meeting: number; before: Placing | undefined }[]

/** Places a meeting and notes what it had. */
export function move(board: Board, journal: Journal, meeting: number, placing: Placing | undefined): void {
  const before = liftMeeting(board, meeting)
  journal.push({ meeting, before })
  if (placing !== undefined) placeMeeting(board, meeting, placing)
}

/** Undoes all changes after the first `kept` ones. */
export function undo(board: Board, journal: Journal, kept: number): void {
  while (journal.length > kept) {
    const { meeting, before } = journal.pop() as Journal[number]
    liftMeeting(board, meeting)
    if (before !== undefined) placeMeeting(board, meeting, before)
  }
}
