import { describe, expect, it } from 'vitest'
import { dayKind, hoursOn, patternDates } from './meeting-dates.ts'

describe('a day', () => {
  it.each([
    ['2026-10-01', 'holiday'],
    ['2026-10-03', 'holiday'],
    ['2026-10-10', 'worked'],
    ['2026-10-17', 'weekend'],
    ['2026-10-12', 'working'],
    ['2027-05-01', 'holiday'],
  ])('%s is %s', (date, kind) => expect(dayKind(date)).toBe(kind))
})

describe('a pattern', () => {
  const evenings = { from: '2026-09-28', weekdays: [1, 2, 3, 4, 5], lessons: 4 }

  it('of weekday evenings steps over the holidays and goes on after them', () => {
    const { dates, skipped } = patternDates(evenings, [], false)
    expect(dates).toEqual(['2026-09-28', '2026-09-29', '2026-09-30', '2026-10-08'])
    expect(skipped.map(({ date, why }) => `${date} ${why}`)).toEqual(
      ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'].map((date) => `${date} holiday`),
    )
  })
  it('of Saturdays leaves out the one on which people work for a holiday', () => {
    const { dates, skipped } = patternDates({ from: '2026-10-10', weekdays: [6], lessons: 2 }, [], false)
    expect(dates).toEqual(['2026-10-17', '2026-10-24'])
    expect(skipped).toEqual([{ date: '2026-10-10', why: 'worked' }])
  })
  it('leaves out what its planner does, and nothing else on purpose', () => {
    expect(patternDates(evenings, ['2026-09-29'], true)).toEqual({
      dates: ['2026-09-28', '2026-09-30', '2026-10-01', '2026-10-02'],
      skipped: [{ date: '2026-09-29', why: 'exception' }],
    })
  })
  it('that never comes to its lessons ends all the same', () => {
    expect(patternDates({ from: '2026-12-01', weekdays: [1], lessons: 60 }, [], false).dates.length).toBeLessThan(60)
  })
  it('has the hours of Beijing, over midnight too', () => {
    expect(hoursOn('2026-12-01', { starts: '18:00', ends: '20:00' })).toEqual({
      startsAt: '2026-12-01T10:00:00.000Z',
      endsAt: '2026-12-01T12:00:00.000Z',
    })
    expect(hoursOn('2026-12-31', { starts: '22:00', ends: '01:00' }).endsAt).toBe('2026-12-31T17:00:00.000Z')
  })
})
