import { at, boardOf, instantAt } from '@skills/core/timetable/board.ts'
import { sitesOf } from '@skills/core/timetable/chances.ts'
import { hoursObstacle, instructorObstacle, roomObstacle } from '@skills/core/timetable/obstacle.ts'
import { placeMeeting } from '@skills/core/timetable/place-meeting.ts'
import type { Placed, TimetableProblem } from '@skills/core/timetable/problem.ts'

/** What somebody does with a list and a pencil: meeting by meeting the first hours, the first room and the first instructors that are free. Keeps every rule, looks at nothing else. */
export function firstFit(problem: TimetableProblem): Placed[] {
  const board = boardOf(problem)
  for (const [meeting, { windows, needs }] of board.meetings.entries()) {
    const found = windows
      .filter((span) => hoursObstacle(board, meeting, span) === undefined)
      .flatMap((span) => sitesOf(board, meeting).map((site) => ({ ...span, ...site })))
      .filter((spot) => spot.room < 0 || roomObstacle(board, meeting, spot.room, spot) === undefined)
      .map((spot) => ({ ...spot, meeting, instructors: freeFor(spot) }))
      .find(({ instructors }) => instructors.length >= needs)
    function freeFor(spot: { from: number; to: number; place: number }): number[] {
      return [...board.instructors.keys()].filter((number) => instructorObstacle(board, meeting, number, spot, spot.place) === undefined)
    }
    if (found !== undefined) placeMeeting(board, meeting, { ...found, instructors: found.instructors.slice(0, needs) })
  }
  return board.placings.flatMap((placing) => {
    if (placing === undefined) return []
    const { meeting, from, to, room, instructors } = placing
    return {
      meetingId: at(board.meetings, meeting).id,
      from: instantAt(from),
      to: instantAt(to),
      roomId: room < 0 ? null : at(board.rooms, room).id,
      instructorIds: instructors.map((number) => at(board.instructors, number).id),
    }
  })
}
