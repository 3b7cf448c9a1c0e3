import type { EligibilityRule, FundingRule, Program } from '@skills/contract/funding.ts'
import { testCase, testProgram, testUse } from '@skills/core/funding/eligibility-test-case.ts'
import { paidBy } from '@skills/core/funding/funding-rule.ts'
import { price, type PriceCandidate } from '@skills/core/funding/price.ts'
import { addsUp } from '@skills/core/order/split.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const fen = fc.nat({ max: 3000 })
const funding: fc.Arbitrary<FundingRule> = fc.oneof(
  fc.record({ kind: fc.constant('fixed' as const), fen }),
  fc.record({ kind: fc.constant('percentage' as const), percent: fc.integer({ min: 1, max: 100 }), capFen: fc.option(fen) }),
  fc.constant({ kind: 'full' as const }),
)
const scheme = fc.constantFrom('x', 'y', 'z')
const rules: fc.Arbitrary<EligibilityRule[]> = fc.subarray<EligibilityRule>(
  [
    { kind: 'union-member' },
    { kind: 'region', regions: ['11'] },
    { kind: 'at-most', times: 2, period: 'year', schemes: null },
    { kind: 'per-scheme-and-year', times: 1, shortage: null },
    { kind: 'not-with', schemes: ['y'] },
  ],
  { maxLength: 2 },
)
const stacking: fc.Arbitrary<Program['stacking']> = fc.oneof(
  fc.constant({ kind: 'exclusive' as const }),
  fc.record({ kind: fc.constant('with' as const), schemes: fc.option(fc.uniqueArray(scheme)) }),
)
const allocation = fc.record({
  state: fc.constantFrom('open' as const, 'open' as const, 'open' as const, 'frozen' as const),
  leftSeats: fc.nat({ max: 3 }),
  leftFen: fc.nat({ max: 5000 }),
})
const candidates = fc.array(fc.record({ funding, scheme, rules, stacking, allocation }), { maxLength: 5 }).map((list) =>
  list.map(({ allocation: left, rules: own, ...terms }, place): PriceCandidate => {
    return { program: testProgram('ABCDE'[place] as string, own, terms), allocation: left, reviewId: null }
  }),
)
const uses = fc.array(
  scheme.map((name) => testUse({ scheme: name, trade: 'barista' })),
  { maxLength: 2 },
)
const now = '2026-11-21T02:00:00.000Z'
const { facts, subject } = testCase()

test('whatever the programs, a price adds up, nobody pays more than they may, and every program has money or a reason', () => {
  fc.assert(
    fc.property(fen, candidates, uses, (listFen, list, earlier) => {
      const { split, lines, grants } = price({ listFen, now, facts, subject, uses: earlier, candidates: list })
      expect(addsUp(split)).toBe(true)
      expect(grants.reduce((sum, grant) => sum + grant.fen, 0)).toBe(split.subsidyFen)
      expect(lines.map(({ programId }) => programId)).toEqual(list.map(({ program }) => program.id))
      for (const [place, line] of lines.entries()) {
        const { program, allocation: left } = list[place] as PriceCandidate
        expect(line.fen).toBeLessThanOrEqual(Math.min(paidBy(program.funding, listFen), left.leftFen))
        expect(line.fen > 0).toBe(line.reasons.length === 0)
      }
    }),
    { numRuns: 3000 },
  )
})

test('the order in which programs are looked at changes nothing', () => {
  fc.assert(
    fc.property(
      candidates.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      fen,
      uses,
      ([list, shuffled], listFen, earlier) => {
        const ask = { listFen, now, facts, subject, uses: earlier }
        expect(price({ ...ask, candidates: shuffled })).toEqual(price({ ...ask, candidates: list }))
      },
    ),
    { numRuns: 1000 },
  )
})

test('no other choice of programs leaves less to pay', () => {
  fc.assert(
    fc.property(fen, candidates, uses, (listFen, list, earlier) => {
      const ask = { listFen, now, facts, subject, uses: earlier }
      const best = price({ ...ask, candidates: list })
      // Each smaller choice is an own price; what it grants together must never be more than what was chosen.
      for (let choice = 0; choice < 2 ** list.length; choice += 1) {
        const some = list.filter((_, place) => (choice >> place) % 2 === 1)
        expect(price({ ...ask, candidates: some }).split.payableFen).toBeGreaterThanOrEqual(best.split.payableFen)
      }
    }),
    { numRuns: 300 },
  )
})
