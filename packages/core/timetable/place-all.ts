import { at, type Board } from './board.ts'
import { chancesOf, placingsOf } from './chances.ts'
import { spend, type Effort } from './effort.ts'
import { move, undo, type Journal } from './place-meeting.ts'

/**
 * Places all of some meetings but at most `skips`, trying everything before it gives up: whichever has the fewest chances goes first, and a branch ends as
 * soon as too many have none. Placing more never gives a meeting new chances, so one without any is skipped for the whole branch.
 * True when done; false leaves the board as it was. It is a proof when the effort was not spent.
 */
export function placeAll(board: Board, journal: Journal, meetings: readonly number[], skips: number, effort: Effort): boolean {
  if (meetings.length <= skips) return true
  if (!spend(effort)) return false
  const counted = meetings.map((meeting) => ({ meeting, count: choiceCount(board, meeting) }))
  const alive = counted.filter(({ count }) => count > 0)
  const left = skips - (counted.length - alive.length)
  if (left < 0) return false
  if (alive.length <= left) return true
  const { meeting } = alive.reduce((one, other) => (other.count < one.count ? other : one))
  const rest = alive.flatMap((other) => (other.meeting === meeting ? [] : [other.meeting]))
  for (const placing of placingsOf(board, meeting)) {
    const kept = journal.length
    move(board, journal, meeting, placing)
    if (placeAll(board, journal, rest, left, effort)) return true
    undo(board, journal, kept)
    if (effort.stopped || effort.left <= 0) return false
  }
  return left > 0 && placeAll(board, journal, rest, left - 1, effort)
}

function choiceCount(board: Board, meeting: number): number {
  const { needs } = at(board.meetings, meeting)
  return chancesOf(board, meeting).reduce((sum, { instructors }) => sum + (needs === 0 ? 1 : instructors.length - needs + 1), 0)
}
