import { expect, it } from 'vitest'
import { dayStart, weekStart } from './week-start.ts'

it.each([
  ['2026-12-03T10:30:00.000Z', '2026-11-29T16:00:00.000Z'],
  ['2026-11-29T15:59:59.999Z', '2026-11-22T16:00:00.000Z'],
  ['2026-11-29T16:00:00.000Z', '2026-11-29T16:00:00.000Z'],
])('the week of %s begins at %s', (instant, monday) => expect(weekStart(instant)).toBe(monday))

it('of an address that holds nonsense is this one', () => expect(weekStart('soon')).toBe(weekStart(undefined)))

it('a day begins at midnight of Beijing', () => {
  expect(dayStart('2026-11-29T15:59:59.999Z')).toBe('2026-11-28T16:00:00.000Z')
  expect(dayStart('2026-11-29T16:00:00.000Z')).toBe('2026-11-29T16:00:00.000Z')
})
