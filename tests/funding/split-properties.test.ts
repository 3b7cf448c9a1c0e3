import { addsUp, percentOf, shares, splitOf } from '@skills/core/order/split.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const fen = fc.oneof(fc.maxSafeNat(), fc.nat({ max: 1000 }), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1))
const weights = fc.array(fen, { minLength: 1, maxLength: 8 }).filter((list) => list.some((weight) => weight > 0))
const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + BigInt(part), 0n)

test('parts add up to the whole for 100,000 random splits of either sign, and nobody is more than a fen off', () => {
  fc.assert(
    fc.property(fen, weights, fc.boolean(), (whole, list, negative) => {
      const signed = negative && whole > 0 ? -whole : whole
      const parts = shares(signed, list)
      if (sum(parts) !== BigInt(signed)) throw new Error(`the parts are not the whole: ${parts.join()}`)
      const all = sum(list)
      for (const [place, part] of parts.entries()) {
        const off = BigInt(Math.abs(part)) * all - BigInt(whole) * BigInt(list[place] ?? 0)
        if (off >= all || off <= -all) throw new Error('a part is a fen or more off its exact share')
      }
    }),
    { numRuns: 100_000 },
  )
})
test('equal weights get what differs by a fen at most, the earlier one more', () => {
  fc.assert(
    fc.property(fen, fc.integer({ min: 1, max: 50 }), (whole, people) => {
      const parts = shares(
        whole,
        Array.from({ length: people }, () => 1),
      )
      expect((parts[0] ?? 0) - (parts.at(-1) ?? 0)).toBeLessThanOrEqual(1)
      expect(parts).toEqual(parts.toSorted((a, b) => b - a))
    }),
  )
})
test('a split of any numbers adds up or is refused', () => {
  const any = fc.oneof(fen, fc.integer(), fc.double(), fc.constantFrom(2 ** 53, -1, Number.NaN, Infinity))
  fc.assert(
    fc.property(any, any, any, any, (listFen, subsidyFen, employerFen, discountFen) => {
      try {
        expect(addsUp(splitOf(listFen, { subsidyFen, employerFen, discountFen }))).toBe(true)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
      }
    }),
    { numRuns: 2000 },
  )
})
test('percent of a sum is the exact share rounded down', () => {
  fc.assert(
    fc.property(fen, fc.integer({ min: 0, max: 100 }), (whole, percent) => {
      expect(BigInt(percentOf(whole, percent))).toBe((BigInt(whole) * BigInt(percent)) / 100n)
    }),
  )
})
