import { at, boardOf, instantAt, type Board } from './board.ts'
import { within, type Effort } from './effort.ts'
import { makeRoom } from './make-room.ts'
import { placeAll } from './place-all.ts'
import { liftMeeting, placeMeeting, type Journal } from './place-meeting.ts'
import { changesOf, placeRun } from './place-run.ts'
import type { Placed, Timetable, TimetableProblem } from './problem.ts'
import { travelSum } from './travel-sum.ts'
import { whyUnplaced } from './why-unplaced.ts'

/** Steps of the whole search; so few meetings that everything is tried; steps for one meeting and for trying everything; how deep meetings move each other; rounds of bettering. */
const limits = { steps: 200_000, tryAll: 12, perMeeting: 400, perProof: 20_000, depth: 3, rounds: 3 }

/** How long a search may go on: `stop` is asked now and then. The same problem has the same timetable as long as nobody stops it. */
export interface SolveOptions {
  stop?: () => boolean
}

/**
 * A timetable for as many meetings as can be placed, with as few instructors per run and as little travel as the search finds, and why the others have
 * none. Runs with the fewest chances go first, meetings that find nothing free move others out of their way, a small problem is tried through to the end.
 */
export function solveTimetable(problem: TimetableProblem, { stop = () => false }: SolveOptions = {}): Timetable {
  const board = boardOf(problem)
  const effort: Effort = { left: limits.steps, stop, stopped: false }
  const journal: Journal = []
  for (const run of hardestFirst(board)) placeRun(board, journal, run, effort)
  for (const meeting of unplaced(board)) within(effort, limits.perMeeting, (part) => makeRoom(board, journal, meeting, limits.depth, part))
  if (board.meetings.length <= limits.tryAll) tryThrough(board, effort)
  for (let round = 0; round < limits.rounds; round += 1) for (const run of board.runs.keys()) placeRun(board, [], run, effort)
  return {
    placed: board.meetings.flatMap((_, meeting) => placedAt(board, meeting) ?? []),
    unplaced: unplaced(board).map((meeting) => whyUnplaced(board, meeting)),
    travelMinutes: travelSum(board),
    changes: board.runs.reduce((sum, _, run) => sum + changesOf(board, run), 0),
    stoppedEarly: effort.stopped || effort.left <= 0,
  }
}

const unplaced = (board: Board) => [...board.meetings.keys()].filter((meeting) => board.placings[meeting] === undefined)

/** Runs by how many instructors could teach their meetings at all, the fewest first. */
function hardestFirst(board: Board): number[] {
  const skilled = board.meetings.map(({ needs }, number) => {
    const { trade } = at(board.problem.meetings, number)
    return (
      board.problem.instructors.filter(({ skills }) => trade === null || skills.some((skill) => skill.trade === trade)).length /
      Math.max(needs, 1)
    )
  })
  const ease = board.runs.map((meetings) => Math.min(...meetings.map((meeting) => at(skilled, meeting))) / meetings.length)
  return [...board.runs.keys()].sort((one, other) => at(ease, one) - at(ease, other) || one - other)
}

/** Places one more as long as trying everything finds a way, so that what stays out of a small problem stays out of every timetable. */
function tryThrough(board: Board, effort: Effort): void {
  for (;;) {
    const missing = unplaced(board).length
    if (missing === 0) return
    const before = [...board.placings]
    for (const meeting of before.keys()) liftMeeting(board, meeting)
    const found = within(effort, limits.perProof, (part) => placeAll(board, [], [...before.keys()], missing - 1, part))
    if (found) continue
    for (const [meeting, placing] of before.entries()) if (placing !== undefined) placeMeeting(board, meeting, placing)
    return
  }
}

function placedAt(board: Board, meeting: number): Placed | undefined {
  const placing = board.placings[meeting]
  if (placing === undefined) return undefined
  return {
    meetingId: at(board.meetings, meeting).id,
    from: instantAt(placing.from),
    to: instantAt(placing.to),
    roomId: placing.room < 0 ? null : at(board.rooms, placing.room).id,
    instructorIds: placing.instructors.map((number) => at(board.instructors, number).id),
  }
}
