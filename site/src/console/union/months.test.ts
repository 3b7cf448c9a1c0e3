import { expect, it } from 'vitest'
import { monthsOf } from './months.ts'

it('adds grants up by the month in Shanghai and leaves no month out', () => {
  expect(
    monthsOf([
      // Still October in Greenwich, November already in Shanghai.
      { at: '2026-10-31T16:30:00.000Z', fen: 100, state: 'spent' },
      { at: '2027-01-05T02:00:00.000Z', fen: 30, state: 'reserved' },
      { at: '2027-01-06T02:00:00.000Z', fen: 9, state: 'voided' },
      { at: '2026-11-02T02:00:00.000Z', fen: 7, state: 'spent' },
    ]),
  ).toEqual([
    { month: '2026-11', spentFen: 107, reservedFen: 0 },
    { month: '2026-12', spentFen: 0, reservedFen: 0 },
    { month: '2027-01', spentFen: 0, reservedFen: 30 },
  ])
  expect(monthsOf([])).toEqual([])
})
