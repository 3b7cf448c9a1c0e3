import { dateAt, instantOf } from '@skills/contract/time.ts'
import { plusDays } from '../order/civil-date.ts'
import { isWorkingDay } from '../order/working-days.ts'

/**
 * Terms of complaints and sanctions, in working days after the day on which they begin. Our own terms, published in the rules: no law sets them. (The sixty days of the Administrative
 * Reconsideration Law, art. 20, bind authorities, not a platform.)
 */
export const termDays = {
  /** A provider answers a complaint. */
  answer: 5,
  /** Who complained says whether the answer settles it; after that it lapses. */
  say: 10,
  /** An operator decides a complaint. */
  decide: 10,
  /** A provider is heard before anything graver than a warning takes effect. */
  hear: 5,
  /** A provider appeals. */
  appeal: 15,
} as const

/** The end of the n-th working day after the day of an instant, which itself does not count: midnight in Beijing, the first instant that is too late. */
export function termEnd(from: string, workingDays: number): string {
  let day = dateAt(from)
  for (let left = workingDays; left > 0;) {
    day = plusDays(day, 1)
    if (isWorkingDay(day)) left -= 1
  }
  return instantOf(plusDays(day, 1), '00:00')
}
