import { describe, expect, it } from 'vitest'
import { isWeekend, plusDays, plusMonths } from './civil-date.ts'
import { holidayCalendars, isWorkingDay, lastDayFor, provisionalBetween, workingDaysBetween } from './working-days.ts'

const daysOf = (year: string) => Array.from({ length: 365 }, (_, place) => plusDays(`${year}-01-01`, place))

describe('the calendar of holidays', () => {
  it.each(holidayCalendars)('of $year names days of its year in order, and works only on weekends', ({ year, off, worked }) => {
    expect(off.flat().toSorted()).toEqual(off.flat())
    for (const date of [...off.flat(), ...worked]) expect(date.slice(0, 4)).toBe(year)
    for (const date of worked) {
      expect(isWeekend(date)).toBe(true)
      expect(isWorkingDay(date)).toBe(true)
    }
  })
  // 261 weekdays less 13 statutory days (Decree 795): 248 in a year that is arranged, as bridge days are worked on weekends. In 2027 six statutory days are
  // on weekends, and the days off that make up for them are not arranged yet.
  it.each([
    ['2025', 248],
    ['2026', 248],
    ['2027', 254],
  ])('leaves the working days of %s: %i', (year, count) => {
    expect(daysOf(year).filter(isWorkingDay)).toHaveLength(count)
  })
  it('knows the days off and the days worked for them', () => {
    for (const date of ['2026-01-02', '2026-02-16', '2026-02-23', '2026-06-19', '2026-10-07', '2026-11-21', '2027-02-05']) {
      expect(isWorkingDay(date)).toBe(false)
    }
    for (const date of ['2026-01-04', '2026-02-14', '2026-02-28', '2026-02-24', '2026-10-10', '2026-11-23', '2027-02-09']) {
      expect(isWorkingDay(date)).toBe(true)
    }
  })
})

describe('working days between', () => {
  it('count full days strictly between', () => {
    expect(workingDaysBetween('2026-11-23', '2026-11-24')).toBe(0)
    expect(workingDaysBetween('2026-11-23', '2026-11-25')).toBe(1)
    expect(workingDaysBetween('2026-11-20', '2026-11-23')).toBe(0)
    expect(workingDaysBetween('2026-11-23', '2026-11-23')).toBe(0)
    expect(workingDaysBetween('2026-11-25', '2026-11-23')).toBe(0)
  })
  it('skip holidays and count make-up workdays', () => {
    expect(workingDaysBetween('2026-02-13', '2026-02-24')).toBe(1)
    expect(workingDaysBetween('2026-09-30', '2026-10-12')).toBe(3)
    expect(workingDaysBetween('2025-12-31', '2026-01-05')).toBe(1)
  })
  it('need a last day to leave, which the count agrees with', () => {
    for (const start of ['2026-02-24', '2026-10-12', '2026-12-12', '2027-02-09']) {
      for (const days of [0, 1, 3, 7, 20]) {
        const last = lastDayFor(start, days)
        expect(workingDaysBetween(last, start)).toBeGreaterThanOrEqual(days)
        if (days > 0) expect(workingDaysBetween(plusDays(last, 1), start)).toBeLessThan(days)
      }
    }
  })
  it('need none for the day itself', () => {
    expect(lastDayFor('2026-12-12', 0)).toBe('2026-12-12')
  })
  it('stop counting where nobody asks further', () => {
    expect(workingDaysBetween('2026-01-01', '2199-12-31', 60)).toBe(60)
  })
  it('say when they are not final', () => {
    expect(provisionalBetween('2026-11-21', '2026-12-31')).toBeNull()
    expect(provisionalBetween('2026-11-21', '2027-01-05')).toContain('2027')
    expect(provisionalBetween('2026-11-21', '2028-01-05')).not.toBeNull()
    expect(provisionalBetween('2028-01-01', '2028-01-05')).toContain('2028')
  })
})

describe('civil dates', () => {
  it('move by days and months, to the last day of a shorter month', () => {
    expect(plusDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(plusDays('2028-03-01', -1)).toBe('2028-02-29')
    expect(plusMonths('2026-08-31', 6)).toBe('2027-02-28')
    expect(plusMonths('2026-12-15', 1)).toBe('2027-01-15')
    expect(plusMonths('2026-01-31', -2)).toBe('2025-11-30')
    expect(plusMonths('2028-02-29', 60)).toBe('2033-02-28')
  })
})
