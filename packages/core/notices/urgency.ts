import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import type { Occasion } from './notice.ts'

/** Who is told of these may be on her way to a meeting that is not there. */
const changes: readonly Occasion[] = [
  'run-cancelled',
  'run-changed',
  'run-merged',
  'assignment-moved',
  'assignment-withdrawn',
  'instructor-ill',
  'instructor-unqualified',
  'instructor-missing',
  'instructor-sought',
]
const soonMinutes = 12 * 60
/** A deadline so shortly after the quiet hours would leave no time to act. */
const graceMinutes = 60

export interface Happening {
  occasion: Occasion
  /** Instants at which meetings begin that it is about, as they were and as they are. */
  meetings: readonly string[]
  /** Until when the person must act, where she must. */
  until?: string | undefined
}

/**
 * Why a message goes out although it is night, or undefined where it can wait until `end`: `soon`, a meeting of today or of the next twelve hours that was cancelled or moved;
 * `deadline`, something to answer before the quiet hours are over or within an hour of their end.
 */
export function urgency({ occasion, meetings, until }: Happening, now: string, end: string): 'soon' | 'deadline' | undefined {
  if (until !== undefined && until <= plusMinutes(end, graceMinutes)) return 'deadline'
  const near = (startsAt: string) => startsAt > now && (dateAt(startsAt) === dateAt(now) || startsAt <= plusMinutes(now, soonMinutes))
  return changes.includes(occasion) && meetings.some(near) ? 'soon' : undefined
}
