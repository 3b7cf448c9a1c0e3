import { at, type Board, type Placing } from './board.ts'
import { ableOf, bestPlacing, sitesOf } from './chances.ts'
import { spend, type Effort } from './effort.ts'
import { hoursTaken } from './obstacle.ts'
import { move, undo, type Journal } from './place-meeting.ts'

/** How many instructors are tried as the one who teaches all of a run. */
const mostLeads = 6

/** How many more instructors a run has than its largest need. */
export function changesOf(board: Board, run: number): number {
  const meetings = at(board.runs, run)
  const teaching = new Set(meetings.flatMap((meeting) => board.placings[meeting]?.instructors ?? []))
  const kept = meetings.flatMap((meeting) => [...at(board.meetings, meeting).keeps])
  const needed = Math.max(0, ...meetings.map((meeting) => (board.placings[meeting] === undefined ? 0 : at(board.meetings, meeting).needs)))
  return Math.max(0, new Set([...teaching, ...kept]).size - Math.max(needed, new Set(kept).size))
}

/** How good a run stands: fewer is better, the first that differs decides. */
function burden(board: Board, run: number): [number, number, number] {
  const missing = at(board.runs, run).filter((meeting) => board.placings[meeting] === undefined).length
  return [missing, changesOf(board, run), board.travelMinutes]
}
const better = (one: readonly number[], other: readonly number[]) => {
  const place = one.findIndex((value, number) => value !== other[number])
  return place >= 0 && at(one, place) < at(other, place)
}

/** Instructors who could teach most of a run, as the board is. */
function leadsOf(board: Board, run: number): number[] {
  const counts = new Map<number, number>()
  for (const meeting of at(board.runs, run)) {
    const could = new Set<number>()
    for (const span of at(board.meetings, meeting).windows)
      for (const place of new Set(sitesOf(board, meeting).map((site) => site.place)))
        for (const number of ableOf(board, meeting, span, place))
          if (!could.has(number) && hoursTaken(board, number, span, place) === undefined) could.add(number)
    for (const number of could) counts.set(number, (counts.get(number) ?? 0) + 1)
  }
  const near = (number: number) => at(board.demand, number)
  return [...counts]
    .sort(([one, count], [other, otherCount]) => otherCount - count || near(one) - near(other) || one - other)
    .slice(0, mostLeads)
    .map(([number]) => number)
}

/** Places what can be placed of a run as it is, with whoever could teach most of it; leaves the best of several tries. */
export function placeRun(board: Board, journal: Journal, run: number, effort: Effort): void {
  const meetings = at(board.runs, run)
  const kept = journal.length
  const stood = burden(board, run)
  let best: { burden: [number, number, number]; placings: (Placing | undefined)[] } | undefined
  for (const meeting of meetings) move(board, journal, meeting, undefined)
  const emptied = journal.length
  for (const lead of [undefined, ...leadsOf(board, run)]) {
    if (!spend(effort)) break
    for (const meeting of meetings) {
      const placing = bestPlacing(board, meeting, lead)
      if (placing !== undefined) move(board, journal, meeting, placing)
    }
    const now = burden(board, run)
    if (better(now, best?.burden ?? stood)) best = { burden: now, placings: meetings.map((meeting) => board.placings[meeting]) }
    undo(board, journal, emptied)
  }
  undo(board, journal, kept)
  if (best === undefined) return
  for (const meeting of meetings) move(board, journal, meeting, undefined)
  for (const [place, meeting] of meetings.entries()) {
    const placing = best.placings[place]
    if (placing !== undefined) move(board, journal, meeting, placing)
  }
}
