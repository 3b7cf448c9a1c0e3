import type { Placed, TimetableProblem } from '@skills/core/timetable/problem.ts'
import { solveTimetable } from '@skills/core/timetable/solve-timetable.ts'
import { checkTimetable, travelOf } from '../timetable/check-timetable.ts'
import { ms, quantile, type Figure } from './measure.ts'
import { benchProposals } from './proposals.ts'
import { firstFit } from './scheduling-first-fit.ts'
import { schedulingScene } from './scheduling-scene.ts'

const seeds = [20_261_121, 7, 8]
const size = { instructors: 300, meetings: 500 }

/** How many instructors the runs have, each counted once for each of its runs. */
function facesOf(problem: TimetableProblem, placed: readonly Placed[]): number {
  const runs = new Map(problem.meetings.map(({ id, runId }) => [id, runId]))
  return new Set(placed.flatMap(({ meetingId, instructorIds }) => instructorIds.map((id) => `${runs.get(meetingId)} ${id}`))).size
}

/** Kilometres a meeting, at 60 km/h: a timetable that places more must not look worse for it. */
const kmEach = (problem: TimetableProblem, placed: readonly Placed[]) => travelOf(problem, placed) / placed.length

/** A month of 500 meetings and 300 instructors, three times: the timetable beside the first fit, and how long it takes. */
export async function benchScheduling(): Promise<Figure[]> {
  const took: number[] = []
  const rows = seeds.map((seed) => {
    const problem = schedulingScene(seed, size)
    const began = performance.now()
    const { placed, unplaced } = solveTimetable(problem)
    took.push(performance.now() - began)
    const naive = firstFit(problem)
    const named = unplaced.filter(({ blockedBy }) => blockedBy.length > 0).length
    return { problem, placed, naive, unplaced: unplaced.length, named, broken: checkTimetable(problem, placed).length }
  })
  const [first] = rows
  if (first === undefined) throw new Error('No scene')
  const single = first.problem.meetings
    .map((meeting) => {
      const began = performance.now()
      solveTimetable({ ...first.problem, meetings: [meeting] })
      return performance.now() - began
    })
    .sort((one, other) => one - other)
  const each = (tell: (row: (typeof rows)[number]) => string | number) => rows.map(tell).join(', ')
  return [
    {
      what: 'one meeting among 300 instructors, hours, room and instructors proposed, or the reason why not: p50 / p95',
      value: `${ms(quantile(single, 0.5))} / ${ms(quantile(single, 0.95))}`,
      aim: 'p95 < 100 ms',
      holds: quantile(single, 0.95) < 100,
    },
    ...(await benchProposals()),
    {
      what: 'the whole timetable: 500 meetings, 300 instructors, 72 rooms, one month (three scenes)',
      value: took.map(ms).join(', '),
      aim: '< 60 s',
      holds: Math.max(...took) < 60_000,
    },
    {
      what: 'rules broken, by a checker that shares nothing with the solver',
      value: each(({ broken }) => broken),
      aim: '0',
      holds: rows.every(({ broken }) => broken === 0),
    },
    {
      what: 'meetings placed, beside first fit',
      value: each(({ placed, naive }) => `${placed.length} / ${naive.length}`),
      aim: 'more',
      holds: rows.every(({ placed, naive }) => placed.length > naive.length),
    },
    {
      what: 'kilometres travelled for a placed meeting, beside first fit',
      value: each(({ problem, placed, naive }) => `${kmEach(problem, placed).toFixed(0)} / ${kmEach(problem, naive).toFixed(0)}`),
      aim: 'fewer',
      holds: rows.every(({ problem, placed, naive }) => kmEach(problem, placed) < kmEach(problem, naive)),
    },
    {
      what: 'instructors of all runs, each counted once a run, beside first fit',
      value: each(({ problem, placed, naive }) => `${facesOf(problem, placed)} / ${facesOf(problem, naive)}`),
    },
    {
      what: 'meetings without a place, all with the constraint that keeps them out',
      value: each(({ unplaced, named }) => `${named} of ${unplaced}`),
      aim: 'all',
      holds: rows.every(({ unplaced, named }) => named === unplaced),
    },
  ]
}
