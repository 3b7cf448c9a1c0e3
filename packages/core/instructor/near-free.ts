import type { Instructor } from '@skills/contract/instructor.ts'
import { clockAt, dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { plusDays } from '../order/civil-date.ts'
import type { Week } from '../scheduling/week.ts'
import { judgeHours, type Wanted } from './judge-hours.ts'

/** How far around is looked, in days, and in which steps of the same day. */
export const nearDays = 7
const stepMinutes = 30
const [firstClock, lastClock] = ['08:00', '22:00']
const mostOfEach = 2

/**
 * Hours as long as the wanted ones that an instructor could have near them: up to two on the same day (nearest first), and up to two at the same clock on other days within a
 * week. In: her weeks around those days. Nothing that has begun.
 */
export function nearFree(
  instructor: Pick<Instructor, 'windows' | 'exceptions' | 'weeklyMinutes'>,
  weeks: readonly Week[],
  wanted: Wanted,
  now: string,
): { from: string; to: string }[] {
  const length = (Date.parse(wanted.to) - Date.parse(wanted.from)) / 60_000
  const distance = (from: string) => Math.abs(Date.parse(from) - Date.parse(wanted.from))
  const fits = (from: string) =>
    from > now && judgeHours(instructor, weeks, [{ ...wanted, from, to: plusMinutes(from, length) }], now).size === 0
  const date = dateAt(wanted.from)
  const sameDay: string[] = []
  for (
    let from = instantOf(date, firstClock);
    plusMinutes(from, length) <= instantOf(date, lastClock);
    from = plusMinutes(from, stepMinutes)
  )
    if (from !== wanted.from) sameDay.push(from)
  const otherDays = Array.from({ length: nearDays }, (_, day) => day + 1).flatMap((day) =>
    [day, -day].map((shift) => instantOf(plusDays(date, shift), clockAt(wanted.from))),
  )
  return [sameDay, otherDays]
    .flatMap((candidates) =>
      firstOf(
        candidates.toSorted((a, b) => distance(a) - distance(b)),
        fits,
        mostOfEach,
      ),
    )
    .toSorted()
    .map((from) => ({ from, to: plusMinutes(from, length) }))
}

function firstOf(candidates: readonly string[], fits: (from: string) => boolean, most: number): string[] {
  const found: string[] = []
  for (const candidate of candidates) {
    if (found.length === most) break
    if (fits(candidate)) found.push(candidate)
  }
  return found
}
