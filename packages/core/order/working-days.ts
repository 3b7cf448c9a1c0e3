import { isWeekend, plusDays } from './civil-date.ts'
import { holidays2025 } from './working-days-2025.ts'
import { holidays2026 } from './working-days-2026.ts'
import { holidays2027 } from './working-days-2027.ts'

/** Every year whose holidays are known. A new year is a new file beside these, from the State Council's notice of November. */
export const holidayCalendars = [holidays2025, holidays2026, holidays2027]

const worked = new Set(holidayCalendars.flatMap((calendar) => calendar.worked))
const off = new Set(holidayCalendars.flatMap((calendar) => calendar.off.flatMap(([from, until]) => datesFrom(from, until))))
/** Every public holiday that is known, weekends inside them included. */
export const daysOff: readonly string[] = [...off]

function datesFrom(from: string, until: string): string[] {
  return from > until ? [] : [from, ...datesFrom(plusDays(from, 1), until)]
}

/** Whether people work on a civil date in China: not a holiday, and no weekend unless it is worked instead (调休). Years without a calendar have only weekends. */
export function isWorkingDay(date: string): boolean {
  return worked.has(date) || (!off.has(date) && !isWeekend(date))
}

/**
 * How many full working days lie strictly between two civil dates; neither day itself counts. Zero when there is none, or `to` is not later. Counting stops
 * at `most`, which no refund policy exceeds.
 */
export function workingDaysBetween(from: string, to: string, most = 366): number {
  let count = 0
  for (let date = plusDays(from, 1); date < to && count < most; date = plusDays(date, 1)) if (isWorkingDay(date)) count += 1
  return count
}

/** The last civil date with at least so many full working days between itself and a date: for none, the date itself. */
export function lastDayFor(date: string, workingDays: number): string {
  if (workingDays === 0) return date
  let day = plusDays(date, -1)
  for (let count = 0; count < workingDays; day = plusDays(day, -1)) if (isWorkingDay(day)) count += 1
  return day
}

/** Why the days between two civil dates may still change, or null: a year in them is not arranged yet, or has no calendar at all. */
export function provisionalBetween(from: string, to: string): string | null {
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    const calendar = holidayCalendars.find((one) => one.year === String(year))
    if (calendar === undefined) return `No holidays are known for ${year}; only weekends count.`
    if (calendar.provisional !== null) return calendar.provisional
  }
  return null
}
