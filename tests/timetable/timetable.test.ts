import { constraints, type Constraint } from '@skills/contract/timetable.ts'
import type { Placed, TimetableProblem } from '@skills/core/timetable/problem.ts'
import { clashOf, type Booking } from '@skills/core/scheduling/week.ts'
import { solveTimetable } from '@skills/core/timetable/solve-timetable.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyProblem } from './any-problem.ts'
import { checkTimetable, everyPlacing, mostPlaced, travelOf } from './check-timetable.ts'

const tiny = anyProblem({ meetings: 4, instructors: 3, rooms: 2 })
const small = anyProblem({ meetings: 14, instructors: 6, rooms: 4 })
const several = { numRuns: 150, seed: 20_261_121 }

describe('a timetable', () => {
  it('breaks no rule, by a checker that shares nothing with the solver', () => {
    fc.assert(
      fc.property(small, (problem) => {
        const { placed, unplaced } = solveTimetable(problem)
        expect(checkTimetable(problem, placed)).toEqual([])
        expect([...placed, ...unplaced].map(({ meetingId }) => meetingId).toSorted()).toEqual(
          problem.meetings.map(({ id }) => id).toSorted(),
        )
      }),
      several,
    )
  })

  it('places as many meetings of a tiny problem as any timetable can', () => {
    fc.assert(
      fc.property(tiny, (problem) => {
        expect(solveTimetable(problem).placed).toHaveLength(mostPlaced(problem))
      }),
      several,
    )
  })

  it('says how far everybody travels, by the same checker', () => {
    fc.assert(
      fc.property(small, (problem) => {
        const { placed, travelMinutes } = solveTimetable(problem)
        expect(travelMinutes).toBe(travelOf(problem, placed))
      }),
      several,
    )
  })

  it('is the same every time', () => {
    fc.assert(
      fc.property(small, (problem) => {
        expect(solveTimetable(problem)).toEqual(solveTimetable(problem))
      }),
      { numRuns: 20, seed: 20_261_121 },
    )
  })

  it('agrees with the clash of a single booking, which judges when the hours are taken', () => {
    fc.assert(
      fc.property(small, (problem) => {
        const { placed } = solveTimetable(problem)
        for (const { id, busy, weeklyMinutes } of problem.instructors) {
          const bookings = [...placed.filter(({ instructorIds }) => instructorIds.includes(id)).map((one) => bookingOf(problem, one))]
          const before = busy.map((hours, number): Booking => ({ ...bookingOf(problem, hours), id: `busy ${number}`, place: hours.place }))
          const bounds = { travel: problem.travel, ...(weeklyMinutes === null ? {} : { weeklyMinutes }) }
          for (const [number, booking] of bookings.entries())
            expect(clashOf([...before, ...bookings.slice(0, number)], booking, bounds)).toBeUndefined()
        }
      }),
      several,
    )
  })

  it('stops when it is told to, with what holds so far', () => {
    const problem = fc.sample(small, { numRuns: 1, seed: 4 })[0] as TimetableProblem
    const { placed, stoppedEarly } = solveTimetable(problem, { stop: () => true })
    expect(stoppedEarly).toBe(true)
    expect(checkTimetable(problem, placed)).toEqual([])
  })
})

function bookingOf(problem: TimetableProblem, one: Pick<Placed, 'from' | 'to'> & Partial<Placed>): Booking {
  const where = problem.meetings.find(({ id }) => id === one.meetingId)?.where
  const place = where?.kind === 'place' ? where.place : (problem.rooms.find(({ id }) => id === one.roomId)?.place ?? null)
  const id = one.meetingId ?? ''
  return { id, meetingId: id, runId: '', providerId: '', from: one.from, to: one.to, place, state: 'booked', until: null }
}

describe('a meeting without a place', () => {
  const stuck = (problem: TimetableProblem) => {
    const timetable = solveTimetable(problem)
    return timetable.unplaced.map((one) => ({
      ...one,
      placed: timetable.placed,
      meeting: problem.meetings.find(({ id }) => id === one.meetingId),
    }))
  }
  /** Everything that each way to hold a meeting would break, beside what is placed. */
  const breaches = (problem: TimetableProblem, meetingId: string, placed: readonly Placed[]) => {
    const meeting = problem.meetings.find(({ id }) => id === meetingId)
    if (meeting === undefined) throw new Error('no meeting')
    return [...everyPlacing(problem, meeting, true)].map(
      (one) => new Set(checkTimetable(problem, [...placed, one], meetingId).map(({ constraint }) => constraint)),
    )
  }

  const noMore = (broken: ReadonlySet<Constraint>, than: ReadonlySet<Constraint>) => [...broken].every((one) => than.has(one))

  it('is really kept out by what is named, and by nothing less', () => {
    let seen = 0
    const caught = new Set<Constraint>()
    fc.assert(
      fc.property(tiny, (problem) => {
        for (const { meetingId, blockedBy, placed } of stuck(problem)) {
          seen += 1
          const named = new Set<Constraint>(blockedBy)
          const ways = breaches(problem, meetingId, placed)
          for (const one of ways.flatMap((broken) => [...broken])) caught.add(one)
          expect(ways.some((broken) => noMore(broken, named))).toBe(true)
          for (const one of blockedBy) {
            const fewer = new Set(blockedBy.filter((other) => other !== one))
            expect(ways.some((broken) => noMore(broken, fewer))).toBe(false)
          }
        }
      }),
      { numRuns: 400, seed: 20_261_121 },
    )
    expect(seen).toBeGreaterThan(50)
    // The checker is not blind: among all ways to break a rule it has met each rule but that of hours, which every way here keeps.
    expect([...caught, 'hours'].toSorted()).toEqual(constraints.toSorted())
  })

  it('could be held at the hours that are named as free', () => {
    let seen = 0
    fc.assert(
      fc.property(small, (problem) => {
        for (const { meetingId, freeAt, placed } of stuck(problem)) {
          if (freeAt === null) continue
          seen += 1
          const moved = {
            ...problem,
            meetings: problem.meetings.map((one) => (one.id === meetingId ? { ...one, windows: [freeAt] } : one)),
          }
          const meeting = moved.meetings.find(({ id }) => id === meetingId)
          if (meeting === undefined) throw new Error('no meeting')
          expect([...everyPlacing(moved, meeting)].some((one) => checkTimetable(moved, [...placed, one]).length === 0)).toBe(true)
        }
      }),
      several,
    )
    expect(seen).toBeGreaterThan(20)
  })

  it('is told without hours that it was given none', () => {
    const problem = fc.sample(tiny, { numRuns: 1, seed: 1 })[0] as TimetableProblem
    const meetings = problem.meetings.map((meeting) => ({ ...meeting, windows: [] }))
    expect(stuck({ ...problem, meetings }).map(({ blockedBy }) => blockedBy)).toEqual(meetings.map(() => ['hours']))
  })
})
