import type { Meeting } from '@skills/contract/catalog.ts'
import type { Level } from '@skills/contract/taxonomy.ts'
import type { Text } from '@skills/contract/text.ts'
import { plusMinutes } from '@skills/contract/time.ts'

/**
 * What a person has given away and been given: her times by run, her holds, her subsidies. One item per person; its version makes two claims of
 * one person take turns, so that neither her hours nor a subsidy nor a limit can be used twice.
 */
export interface Schedule {
  version: number
  busy: Busy[]
  /** Seats that wait for her payment. */
  holds: { enrollmentId: string; runId: string; until: string }[]
  /** Every subsidy she holds or used; what was voided or given back is taken out. Kept for ever: "once, ever" is a rule. */
  uses: Use[]
  /** Instants at which unpaid seats of hers ran out or were given up, and offers of a queue likewise, of the last day. */
  unpaid: string[]
  /** Instants of runs she missed. */
  noShows: string[]
}

export interface Busy {
  runId: string
  title: Text
  /** Start and end instants of each meeting, in order. */
  times: [string, string][]
}

/** One subsidy of one person, as later eligibility is judged by it. */
interface Use {
  grantId: string
  programId: string
  scheme: string
  year: string
  trade: string | null
  level: Level | null
}

export const emptySchedule: Schedule = { version: 0, busy: [], holds: [], uses: [], unpaid: [], noShows: [] }

/** A schedule out of its item; undefined is the empty one. */
export function scheduleOf(item: object | undefined): Schedule {
  return { ...emptySchedule, ...(item as Schedule | undefined) }
}

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

/** What a claim adds to a schedule. */
export interface Taken {
  busy: Busy
  hold?: Schedule['holds'][number] | undefined
  uses: readonly Use[]
}

/** The schedule with a claim in it; times that have ended by `now` are dropped, so that the item stays small. */
export function withRun(schedule: Schedule, { busy: entry, hold, uses }: Taken, now: string): Schedule {
  const busy = schedule.busy.filter((other) => other.runId !== entry.runId && other.times.some(([, end]) => end > now))
  return {
    ...schedule,
    version: schedule.version + 1,
    busy: [...busy, entry],
    holds: [...schedule.holds, ...(hold === undefined ? [] : [hold])],
    uses: [...schedule.uses, ...uses],
  }
}

/** The schedule when a hold became a seat. */
export function withoutHold(schedule: Schedule, enrollmentId: string): Schedule {
  return { ...schedule, version: schedule.version + 1, holds: schedule.holds.filter((hold) => hold.enrollmentId !== enrollmentId) }
}

/** How long an unpaid seat is remembered, in minutes: a day. */
export const unpaidMinutes = 24 * 60

/** The unpaid seats that still count at an instant, the oldest first. */
export function unpaidSince({ unpaid }: Pick<Schedule, 'unpaid'>, now: string): string[] {
  const since = plusMinutes(now, -unpaidMinutes)
  return unpaid.filter((at) => at > since).sort()
}

/** The schedule with a run, its hold and its subsidies taken out. In: the instant, where it was a seat that she held and did not pay for. */
export function withoutRun(schedule: Schedule, runId: string, grantIds: readonly string[] = [], unpaidAt?: string): Schedule {
  return {
    ...schedule,
    version: schedule.version + 1,
    busy: schedule.busy.filter((other) => other.runId !== runId),
    holds: schedule.holds.filter((hold) => hold.runId !== runId),
    uses: schedule.uses.filter(({ grantId }) => !grantIds.includes(grantId)),
    unpaid: unpaidAt === undefined ? schedule.unpaid : withUnpaid(schedule, unpaidAt, 1).unpaid,
  }
}

/** The schedule with a seat in it that was let go at an instant and counts so many times. */
export function withUnpaid(schedule: Schedule, at: string, times: number): Schedule {
  return { ...schedule, version: schedule.version + 1, unpaid: [...unpaidSince(schedule, at), ...Array<string>(times).fill(at)] }
}

/** The schedule with a missed run in it, and without one that was written down before and is none after all; instants, or null. */
export function withNoShow(schedule: Schedule, before: string | null, after: string | null): Schedule {
  const place = before === null ? -1 : schedule.noShows.indexOf(before)
  const others = schedule.noShows.filter((_, index) => index !== place)
  return { ...schedule, version: schedule.version + 1, noShows: after === null ? others : [...others, after] }
}
