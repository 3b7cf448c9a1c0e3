import type { Course, Run } from '@skills/contract/catalog.ts'
import { dateAt } from '@skills/contract/time.ts'

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
const pairs = (text: string) => Array.from({ length: Math.max(0, [...text].length - 1) }, (_, at) => [...text].slice(at, at + 2).join(''))

/** How much two titles share, 0 to 1: twice the pairs of neighbouring letters they have in common over all they have (Dice). Signs and case do not count. */
export function likeness(one: string, other: string): number {
  const [a, b] = [plain(one), plain(other)]
  if (a === b) return 1
  const left = pairs(b)
  const all = pairs(a).length + left.length
  let shared = 0
  for (const pair of pairs(a)) {
    const at = left.indexOf(pair)
    if (at < 0) continue
    left.splice(at, 1)
    shared += 1
  }
  return all === 0 ? 0 : (2 * shared) / all
}

/** From this likeness on, titles of the same trade and level are taken for the same course. House rule. */
const close = 0.75

type Offered = Pick<Course, 'id' | 'title' | 'trade' | 'level' | 'state'>

/** Courses of the same provider that look like the same offer: the same trade and level, and a title that is close. Withdrawn ones do not count. */
export function similarCourses(course: Omit<Offered, 'state'>, others: readonly Offered[]): Offered[] {
  return others.filter(
    (other) =>
      other.id !== course.id &&
      other.state !== 'withdrawn' &&
      other.trade === course.trade &&
      other.level === course.level &&
      likeness(other.title.zh, course.title.zh) >= close,
  )
}

type Planned = Pick<Run, 'id' | 'courseId' | 'state' | 'meetings' | 'venueId'>

/**
 * Runs of the same course that look like the same one entered twice: half of the meetings of the shorter at the same hours and the same venue, or every date the same. A second group
 * beside the first is no mistake, so the planner may go on.
 */
export function similarRuns(run: Planned, others: readonly Planned[]): Planned[] {
  const when = ({ meetings }: Planned) => new Set(meetings.map(({ startsAt, endsAt, venueId }) => `${startsAt} ${endsAt} ${venueId ?? ''}`))
  const dates = ({ meetings }: Planned) => [...new Set(meetings.map(({ startsAt }) => dateAt(startsAt)))].sort().join()
  const own = when(run)
  return others.filter((other) => {
    if (other.id === run.id || other.courseId !== run.courseId || other.state === 'cancelled' || other.state === 'completed') return false
    const theirs = when(other)
    const shared = [...own].filter((one) => theirs.has(one)).length
    return shared * 2 >= Math.min(own.size, theirs.size) || (dates(run) === dates(other) && run.venueId === other.venueId)
  })
}
