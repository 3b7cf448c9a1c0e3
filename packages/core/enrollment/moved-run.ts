import type { Meeting, Run } from '@skills/contract/catalog.ts'
import { firstMeeting } from '../catalog/run.ts'
import type { EnrollmentItem } from './enrollment-item.ts'
import { timesOf } from './schedule.ts'

/** The times a person was admitted with. */
export type Admitted = Pick<EnrollmentItem, 'times'>

const minutesOf = (times: readonly (readonly [string, string])[]) =>
  times.reduce((sum, [from, to]) => sum + Math.max(0, (Date.parse(to) - Date.parse(from)) / 60_000), 0)

/** Whether the provider moved a run since somebody was admitted to it: its meetings are not at the times she said yes to. */
export function movedSince(run: Pick<Run, 'meetings'>, { times }: Admitted): boolean {
  return JSON.stringify(timesOf(run.meetings)) !== JSON.stringify(times)
}

/**
 * Until when a seat in a moved run can be given back: its first meeting; or, where what was moved or dropped lies later, the last of that, at its old time or its new one, while anything is
 * still to be taught. So nobody can be tied to a run by moving its rest after it began.
 */
export function movedUntil(run: Run, admitted: Admitted): string {
  const [now, then] = [timesOf(run.meetings), admitted.times].map((times) => new Set(times.map(String))) as [Set<string>, Set<string>]
  const changed = [...now, ...then].filter((time) => !now.has(time) || !then.has(time)).map((time) => time.split(',')[0] ?? '')
  const last = changed.toSorted().at(-1) ?? ''
  const taughtOut = timesOf(run.meetings).find(([at]) => untaughtMinutes(run, admitted, at) === 0)?.[0]
  const until = taughtOut !== undefined && taughtOut < last ? taughtOut : last
  const first = firstMeeting(run)
  return until > first ? until : first
}

/** The percent that a moved run gives back at least to who leaves it: all of it until its first meeting, then the part of what was bought that has not begun; never rounded down. Zero where it was not moved, or too late. */
export function movedPercent(run: Run, admitted: Admitted, at: string): number {
  if (!movedSince(run, admitted) || at > movedUntil(run, admitted)) return 0
  if (at <= firstMeeting(run)) return 100
  return Math.ceil((untaughtMinutes(run, admitted, at) * 100) / minutesOf(admitted.times))
}

/** Minutes of what was bought that had not begun at an instant. Every meeting that has begun counts, wherever it was moved to. */
function untaughtMinutes({ meetings }: Pick<Run, 'meetings'>, { times }: Admitted, at: string): number {
  return Math.max(0, minutesOf(times) - minutesOf(timesOf(meetings.filter(({ startsAt }) => startsAt <= at))))
}

/** Minutes that somebody was admitted to be taught, videos left out: of a public run they can be moved, but neither grow nor shrink, so that those of today are those of then. */
export function admittedMinutes({ meetings }: Pick<Run, 'meetings'>, { times }: Admitted): number {
  return Math.max(0, minutesOf(times) - kindMinutes(meetings, true))
}

/** Minutes of the meetings at which somebody can be, or of the videos. */
export function kindMinutes(meetings: readonly Pick<Meeting, 'kind' | 'startsAt' | 'endsAt'>[], videos: boolean): number {
  return minutesOf(timesOf(meetings.filter(({ kind }) => (kind === 'video') === videos)))
}
