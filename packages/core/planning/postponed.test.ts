import type { Run } from '@skills/contract/catalog.ts'
import { instantOf } from '@skills/contract/time.ts'
import { expect, it } from 'vitest'
import { postponed } from './postponed.ts'

const now = '2026-12-01T00:00:00.000Z'
const run = (...dates: string[]) =>
  ({
    closesAt: instantOf('2026-12-20', '18:00'),
    tentative: { minimum: 2, decideAt: instantOf('2026-12-19', '18:00'), confirmedAt: null },
    meetings: dates.map((date) => ({ id: date, startsAt: instantOf(date, '18:00'), endsAt: instantOf(date, '20:00') })),
  }) as unknown as Run
const datesOf = ({ meetings }: Run) => meetings.map(({ startsAt }) => startsAt.slice(0, 10))

it('keeps the weekday over a holiday when it moves by weeks', () => {
  const moved = postponed(run('2026-12-25', '2027-01-08'), 7, now)
  expect(datesOf(moved)).toEqual(['2027-01-08', '2027-01-15'])
  expect(moved.closesAt).toBe(instantOf('2027-01-03', '18:00'))
  expect(moved.tentative?.decideAt).toBe(instantOf('2027-01-02', '18:00'))
})
it('goes on to the next day that is no holiday when it moves by days', () => {
  expect(datesOf(postponed(run('2026-12-30', '2026-12-31'), 2, now))).toEqual(['2027-01-02', '2027-01-03'])
})
it('leaves what has begun', () => {
  const half = postponed(run('2026-11-30', '2026-12-07'), 7, now)
  expect(datesOf(half)).toEqual(['2026-11-30', '2026-12-14'])
})
