import type { DayKind, Pattern } from '@skills/contract/planning.ts'
import { instantOf } from '@skills/contract/time.ts'
import { isWeekend, plusDays, weekdayOf } from '../order/civil-date.ts'
import { holidayCalendars, isWorkingDay } from '../order/working-days.ts'

/** What a civil date is to people with a job. Years without a calendar have only weekends. */
export function dayKind(date: string): DayKind {
  if (isWorkingDay(date)) return isWeekend(date) ? 'worked' : 'working'
  return isHoliday(date) || !isWeekend(date) ? 'holiday' : 'weekend'
}

/** Inside the days off of a holiday, its weekend days among them. */
function isHoliday(date: string): boolean {
  return holidayCalendars.some(({ off }) => off.some(([from, until]) => from <= date && date <= until))
}

export interface PatternDates {
  dates: string[]
  /** Dates that the pattern names and a run should not have, with why. */
  skipped: { date: string; why: 'holiday' | 'worked' | 'exception' }[]
}

/** How far a pattern is followed, in days: longer than that it has no end. */
const farDays = 400

/**
 * The dates of a pattern: its weekdays from its first date on, until there are so many lessons. Left out are exceptions, public holidays, and weekend days on which China works (调休): who
 * booked Saturdays is at work then. With `onHolidays` only exceptions are left out.
 */
export function patternDates(
  pattern: Pick<Pattern, 'from' | 'weekdays' | 'lessons'>,
  except: readonly string[],
  onHolidays: boolean,
): PatternDates {
  const dates: string[] = []
  const skipped: PatternDates['skipped'] = []
  for (let day = 0; day < farDays && dates.length < pattern.lessons; day += 1) {
    const date = plusDays(pattern.from, day)
    if (!pattern.weekdays.includes(weekdayOf(date))) continue
    const kind = dayKind(date)
    if (except.includes(date)) skipped.push({ date, why: 'exception' })
    else if (!onHolidays && (kind === 'holiday' || kind === 'worked')) skipped.push({ date, why: kind })
    else dates.push(date)
  }
  return { dates, skipped }
}

/** The hours of a pattern on a date. Hours that end before they begin end on the next day. */
export function hoursOn(date: string, { starts, ends }: Pick<Pattern, 'starts' | 'ends'>): { startsAt: string; endsAt: string } {
  return { startsAt: instantOf(date, starts), endsAt: instantOf(ends > starts ? date : plusDays(date, 1), ends) }
}
