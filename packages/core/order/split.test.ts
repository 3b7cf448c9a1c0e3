import { describe, expect, it } from 'vitest'
import { addsUp, percentOf, shares, splitOf } from './split.ts'

describe('shares', () => {
  it('go by weight, and the odd fen to the largest remainder', () => {
    expect(shares(100, [1, 1, 1])).toEqual([34, 33, 33])
    expect(shares(10_000, [3000, 1000])).toEqual([7500, 2500])
    expect(shares(5, [10, 45, 45])).toEqual([1, 2, 2])
    expect(shares(1, [0, 1, 1])).toEqual([0, 1, 0])
  })
  it('of a refund mirror the shares of what was charged', () => {
    expect(shares(-100, [1, 1, 1])).toEqual([-34, -33, -33])
    expect(shares(-1, [1, 2])).toEqual([0, -1])
  })
  it('are exact where the product is larger than a number can hold', () => {
    const most = Number.MAX_SAFE_INTEGER
    expect(shares(most, [most, most])).toEqual([(most + 1) / 2, (most - 1) / 2])
    expect(shares(most, [most])).toEqual([most])
  })
  it('of nothing are nothing', () => {
    expect(shares(0, [])).toEqual([])
    expect(shares(0, [0, 0])).toEqual([0, 0])
  })
  it.each([
    [1, []],
    [1, [0]],
    [1.5, [1]],
    [2 ** 53, [1]],
    [Number.NaN, [1]],
    [1, [-1, 2]],
    [1, [0.5]],
  ])('refuse %s over %j', (fen, weights) => {
    expect(() => shares(fen, weights)).toThrow(RangeError)
  })
})

it('percent of a sum are rounded down and stay exact for huge sums', () => {
  expect(percentOf(199, 50)).toBe(99)
  expect(percentOf(Number.MAX_SAFE_INTEGER, 100)).toBe(Number.MAX_SAFE_INTEGER)
  expect(percentOf(1, 99)).toBe(0)
})

describe('a split', () => {
  it('leaves the rest payable', () => {
    const split = splitOf(128_000, { subsidyFen: 100_000, discountFen: 8000 })
    expect(split).toEqual({ listFen: 128_000, subsidyFen: 100_000, employerFen: 0, discountFen: 8000, payableFen: 20_000 })
    expect(addsUp(split)).toBe(true)
  })
  it.each([
    [100, { subsidyFen: 101 }],
    [100, { subsidyFen: 60, employerFen: 60 }],
    [100, { discountFen: -1 }],
    [100, { employerFen: 0.5 }],
    [-1, {}],
    [2 ** 53, {}],
  ])('of %s with %j is refused', (listFen, parts) => {
    expect(() => splitOf(listFen, parts)).toThrow(RangeError)
  })
  it('that does not add up is noticed', () => {
    expect(addsUp({ listFen: 100, subsidyFen: 50, employerFen: 0, discountFen: 0, payableFen: 49 })).toBe(false)
    expect(addsUp({ listFen: 100, subsidyFen: 150, employerFen: 0, discountFen: 0, payableFen: -50 })).toBe(false)
  })
})
