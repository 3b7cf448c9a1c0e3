import type { Course, Run } from '@skills/contract/catalog.ts'
import { likeness, sameOffer } from '@skills/contract/likeness.ts'
import { dateAt } from '@skills/contract/time.ts'

type Offered = Pick<Course, 'id' | 'title' | 'trade' | 'level' | 'state'>

/** Courses of the same provider that look like the same offer: the same trade and level, and a title that is close. Withdrawn ones do not count. */
export function similarCourses(course: Omit<Offered, 'state'>, others: readonly Offered[]): Offered[] {
  return others.filter(
    (other) =>
      other.id !== course.id &&
      other.state !== 'withdrawn' &&
      other.trade === course.trade &&
      other.level === course.level &&
      likeness(other.title.zh, course.title.zh) >= sameOffer,
  )
}

type Planned = Pick<Run, 'id' | 'courseId' | 'state' | 'meetings' | 'venueId'>

/**
 * Runs of the same course that look like the same one entered twice: half of the meetings of the shorter at the same hours and the same venue, or every date the same. A second group
 * beside the first is no mistake, so the planner may go on.
 */
export function similarRuns(run: Planned, others: readonly Planned[]): Planned[] {
  return atSameHours(
    run,
    others.filter(({ courseId }) => courseId === run.courseId),
  )
}

/** Runs that are not over and take place as the same one would, whatever course they are of. */
export function atSameHours<T extends Planned>(run: Planned, others: readonly T[]): T[] {
  const when = ({ meetings }: Planned) => new Set(meetings.map(({ startsAt, endsAt, venueId }) => `${startsAt} ${endsAt} ${venueId ?? ''}`))
  const dates = ({ meetings }: Planned) => [...new Set(meetings.map(({ startsAt }) => dateAt(startsAt)))].sort().join()
  const own = when(run)
  return others.filter((other) => {
    if (other.id === run.id || other.state === 'cancelled' || other.state === 'completed') return false
    const theirs = when(other)
    const shared = [...own].filter((one) => theirs.has(one)).length
    return shared * 2 >= Math.min(own.size, theirs.size) || (dates(run) === dates(other) && run.venueId === other.venueId)
  })
}
