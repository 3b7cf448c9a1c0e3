import { at, dayOf, type Board, type Taken } from './board.ts'

/** Minutes that this timetable's meetings add to the ways of all instructors: each day from the base, from one place to the next as they begin, and back. */
export function travelSum(board: Board): number {
  let minutes = 0
  for (const [number, { taken }] of board.instructors.entries()) {
    const days = new Set(taken.filter(({ meeting }) => meeting >= 0).map(({ from }) => dayOf(from)))
    for (const day of days) {
      const there = taken.filter(({ from, place }) => place >= 0 && dayOf(from) === day).sort((one, other) => one.from - other.from)
      minutes +=
        route(board, number, there) -
        route(
          board,
          number,
          there.filter(({ meeting }) => meeting < 0),
        )
    }
  }
  return minutes
}

function route(board: Board, number: number, stops: readonly Taken[]): number {
  if (stops.length === 0) return 0
  const { base } = at(board.instructors, number)
  const places = [base, ...stops.map(({ place }) => place), base]
  return places.slice(1).reduce((sum, place, before) => sum + at(at(board.way, at(places, before)), place), 0)
}
