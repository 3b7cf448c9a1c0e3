import { expect, it } from 'vitest'
import { paidBy } from './funding-rule.ts'

it('a fixed sum is paid up to the price', () => {
  expect(paidBy({ kind: 'fixed', fen: 150_000 }, 200_000)).toBe(150_000)
  expect(paidBy({ kind: 'fixed', fen: 150_000 }, 90_000)).toBe(90_000)
})
it('a percentage is rounded down and capped', () => {
  expect(paidBy({ kind: 'percentage', percent: 50, capFen: null }, 999)).toBe(499)
  expect(paidBy({ kind: 'percentage', percent: 70, capFen: 100_000 }, 200_000)).toBe(100_000)
  expect(paidBy({ kind: 'percentage', percent: 100, capFen: 500 }, 300)).toBe(300)
})
it('all of a price is all of it', () => {
  expect(paidBy({ kind: 'full' }, 12_345)).toBe(12_345)
  expect(paidBy({ kind: 'full' }, 0)).toBe(0)
})
