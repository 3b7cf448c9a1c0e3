import { plusMinutes } from '@skills/contract/time.ts'

const dayMinutes = 24 * 60
/** How far from now hours are asked about, in days: looking back a year, and planning two years ahead. */
const daysBack = 365
export const daysAhead = 730

/** Whether an instant lies further ahead than anybody plans. Years that are not written with four digits are. */
export function tooFarAhead(instant: string, now: string): boolean {
  return !/^\d{4}-/.test(instant) || instant > plusMinutes(now, daysAhead * dayMinutes)
}

/** Whether an instant lies in the time that is planned or looked at: a year back, two years ahead. */
export function inPlanSpan(instant: string, now: string): boolean {
  return !tooFarAhead(instant, now) && instant >= plusMinutes(now, -daysBack * dayMinutes)
}
