import type { Meeting } from '@skills/contract/catalog.ts'
import type { Text } from '@skills/contract/text.ts'

/** The times a person has given away, by run. One item per person; its version makes two claims of one person take turns. */
export interface Schedule {
  version: number
  busy: Busy[]
}

export interface Busy {
  runId: string
  title: Text
  /** Start and end instants of each meeting, in order. */
  times: [string, string][]
}

export const emptySchedule: Schedule = { version: 0, busy: [] }

/** A run's meetings as times, in order. */
export function timesOf(meetings: readonly Pick<Meeting, 'startsAt' | 'endsAt'>[]): [string, string][] {
  return meetings.map((meeting): [string, string] => [meeting.startsAt, meeting.endsAt]).sort()
}

/** The first of a person's busy times that overlaps one of these, or undefined. Times that only touch do not overlap. */
export function overlap(
  schedule: Schedule,
  runId: string,
  times: readonly [string, string][],
): { with: Busy; startsAt: string } | undefined {
  for (const busy of schedule.busy) {
    if (busy.runId === runId) continue
    for (const [start, end] of busy.times) {
      if (times.some(([from, to]) => from < end && start < to)) return { with: busy, startsAt: start }
    }
  }
  return undefined
}

/** The schedule with a run added; what has ended by `now` is dropped, so that the item stays small. */
export function withRun(schedule: Schedule, entry: Busy, now: string): Schedule {
  const busy = schedule.busy.filter((other) => other.runId !== entry.runId && other.times.some(([, end]) => end > now))
  return { version: schedule.version + 1, busy: [...busy, entry] }
}

/** The schedule with a run taken out. */
export function withoutRun(schedule: Schedule, runId: string): Schedule {
  return { version: schedule.version + 1, busy: schedule.busy.filter((other) => other.runId !== runId) }
}
