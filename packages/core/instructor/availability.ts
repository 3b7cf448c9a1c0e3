import type { Exception, Instructor } from '@skills/contract/instructor.ts'
import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { plusDays, weekdayOf } from '../order/civil-date.ts'

type Hours = Pick<Instructor, 'windows' | 'exceptions'>
interface Interval {
  from: string
  to: string
}

/** Why somebody has not offered these hours: they are outside of what she offers, or she is busy then. */
export type NotOffered = { kind: 'outside-hours' } | { kind: 'busy'; from: string; to: string }

/** Whether somebody offers all of these hours: inside her weekly windows and free exceptions together, and no busy exception in them. */
export function available(hours: Hours, from: string, to: string): boolean {
  return notOffered(hours, from, to) === undefined
}

/** The same with the reason, or undefined where she offers them. Times that only touch are no clash. */
export function notOffered(hours: Hours, from: string, to: string): NotOffered | undefined {
  const busy = hours.exceptions.find((one) => one.kind === 'busy' && one.from < to && from < one.to)
  if (busy !== undefined) return { kind: 'busy', from: busy.from, to: busy.to }
  let covered = from
  for (const part of offered(hours, from, to)) {
    if (part.from > covered) break
    if (part.to > covered) covered = part.to
    if (covered >= to) return undefined
  }
  return { kind: 'outside-hours' }
}

/** What she offers of some hours, in order of time: each weekly window on its dates in Beijing, and free exceptions. What she is busy with is not taken off. */
export function offered({ windows, exceptions }: Hours, from: string, to: string): Interval[] {
  const parts: Interval[] = exceptions.filter((one) => one.kind === 'free' && one.from < to && from < one.to)
  for (let date = dateAt(from); date <= dateAt(to); date = plusDays(date, 1)) {
    const weekday = weekdayOf(date)
    for (const window of windows)
      if (window.weekday === weekday) parts.push({ from: instantOf(date, window.from), to: instantOf(date, window.to) })
  }
  return parts.toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

/** Exceptions with those of one source in place of what that source said before; what is over by `now` is left out. */
export function withExceptions(
  before: readonly Exception[],
  source: Exception['source'],
  told: readonly Exception[],
  now: string,
): Exception[] {
  return [...before.filter((one) => one.source !== source), ...told]
    .filter(({ to }) => to > now)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

/** How long an imported calendar is taken for what she does now, in minutes: two weeks. House rule. */
const freshMinutes = 14 * 24 * 60

/** Whether what somebody imported out of her calendar is so old that her hours may be out of date. */
export function calendarOld({ calendarAt }: Pick<Instructor, 'calendarAt'>, now: string): boolean {
  return calendarAt !== undefined && plusMinutes(calendarAt, freshMinutes) < now
}
