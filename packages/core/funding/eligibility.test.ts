import type { EligibilityRule } from '@skills/contract/funding.ts'
import { describe, expect, it } from 'vitest'
import { fundingReason, fundingReasonCodes, reviewable } from './eligibility-reason.ts'
import { sponsor, testCase, testProgram, testUse } from './eligibility-test-case.ts'
import { eligibility, ruleSetOn } from './eligibility.ts'

type Changed = Parameters<typeof testCase>[0]
const judge = (rule: EligibilityRule, changed: Changed = {}, scheme = 'skills') =>
  eligibility(testProgram('A', [rule], { scheme }), testCase(changed)).unmet
const code = (rule: EligibilityRule, changed: Changed = {}, scheme = 'skills') => judge(rule, changed, scheme)[0]?.code ?? 'met'

describe('union membership', () => {
  const rule: EligibilityRule = { kind: 'union-member' }
  const under = (path: string[], until: string) => ({ facts: { unions: [{ sponsorId: path.at(-1) ?? '', path, until }] } })
  it('counts in the union itself and in every union below it', () => {
    expect(code(rule)).toBe('met')
    expect(code(rule, under([sponsor('A')], '2026-12-31'))).toBe('met')
    expect(code(rule, under([sponsor('A'), sponsor('C'), sponsor('D')], '2026-12-31'))).toBe('met')
  })
  it('does not count in a union beside or above', () => {
    expect(code(rule, under([sponsor('B')], '2026-12-31'))).toBe('union-unknown')
    expect(code(rule, { facts: { unions: [] } })).toBe('union-unknown')
  })
  it('holds through the last day of the flag, and the longest flag counts', () => {
    expect(code(rule, under([sponsor('A')], '2026-11-21'))).toBe('met')
    expect(judge(rule, under([sponsor('A')], '2026-11-20'))[0]?.reason.en).toContain('2026-11-20')
    const two = ['2026-10-31', '2026-12-31'].map((until) => ({ sponsorId: sponsor('A'), path: [sponsor('A')], until }))
    expect(code(rule, { facts: { unions: two } })).toBe('met')
  })
})

it('a region covers what lies in it, however its code is written', () => {
  const rule = (...regions: string[]): EligibilityRule => ({ kind: 'region', regions })
  for (const region of ['46', '4601', '460100', '460000']) expect(code(rule('11', region))).toBe('met')
  for (const region of ['4602', '460105', '44', '469000']) expect(code(rule(region))).toBe('region-not-covered')
  expect(code(rule('46'), { facts: { region: null } })).toBe('region-unknown')
})

it('employment must be of a kind that is covered', () => {
  expect(code({ kind: 'employment', kinds: ['employee'] })).toBe('met')
  expect(code({ kind: 'employment', kinds: ['platform-worker', 'other'] })).toBe('employment-not-covered')
  expect(code({ kind: 'employment', kinds: ['other'] }, { facts: { employmentKind: null } })).toBe('employment-unknown')
})

describe('age', () => {
  const rule: EligibilityRule = { kind: 'age', min: 16, max: 60 }
  const born = (bornOn: string | null) => ({ facts: { bornOn } })
  it('counts full years on the day of the first meeting, both ends included', () => {
    expect(code(rule, born('2010-12-10'))).toBe('met')
    expect(code(rule, born('2010-12-11'))).toBe('age-too-low')
    expect(code(rule, born('1965-12-11'))).toBe('met')
    expect(code(rule, born('1965-12-10'))).toBe('age-too-high')
    expect(code(rule, born(null))).toBe('age-unknown')
  })
  it('says from which day on it is reached', () => {
    expect(judge(rule, born('2010-12-11'))[0]?.change?.en).toContain('2026-12-11')
    const leap: EligibilityRule = { kind: 'age', min: 18, max: null }
    expect(judge(leap, born('2012-02-29'))[0]?.change?.en).toContain('2030-03-01')
  })
})

it('trade and level must be among those covered', () => {
  expect(code({ kind: 'trade', trades: ['cook'], levels: null })).toBe('met')
  expect(code({ kind: 'trade', trades: ['cook'], levels: ['level-4'] })).toBe('met')
  expect(code({ kind: 'trade', trades: ['cook'], levels: ['level-3'] })).toBe('level-not-covered')
  expect(code({ kind: 'trade', trades: ['cook'], levels: ['level-3'] }, { subject: { level: null } })).toBe('level-not-covered')
  expect(code({ kind: 'trade', trades: ['barista'], levels: null })).toBe('trade-not-covered')
  expect(code({ kind: 'trade', trades: ['cook'], levels: null }, { subject: { trade: null } })).toBe('trade-not-covered')
})

describe('the same trade and level', () => {
  const rule: EligibilityRule = { kind: 'once-per-trade-and-level' }
  it('is subsidized once, ever and by any scheme', () => {
    expect(code(rule, { uses: [testUse({ year: '2019', scheme: 'old' })] })).toBe('already-subsidized')
    expect(code(rule, { uses: [testUse({ state: 'reserved' })] })).toBe('already-subsidized')
  })
  it('is not blocked by what was given back, by another level or another trade', () => {
    const uses = [
      testUse({ state: 'voided' }),
      testUse({ state: 'returned' }),
      testUse({ level: 'level-5' }),
      testUse({ trade: 'barista' }),
    ]
    expect(code(rule, { uses })).toBe('met')
  })
  it('without a level is one and the same, without a trade is never', () => {
    expect(code(rule, { subject: { level: null }, uses: [testUse({ level: null })] })).toBe('already-subsidized')
    expect(code(rule, { subject: { trade: null, level: null }, uses: [testUse({ trade: null, level: null })] })).toBe('met')
  })
})

describe('the yearly limit of a scheme', () => {
  const rule: EligibilityRule = { kind: 'per-scheme-and-year', times: 1, shortage: { trades: ['barista', 'lifeguard'], extra: 2 } }
  const used = (...trades: string[]) => ({ uses: trades.map((trade) => testUse({ trade })) })
  it('counts this scheme in the year of the first meeting', () => {
    expect(code(rule, used('cook'))).toBe('scheme-year-used')
    expect(code(rule, used('cook'), 'other')).toBe('met')
    expect(code(rule, { ...used('cook'), subject: { startsOn: '2027-01-04' } })).toBe('met')
    expect(judge(rule, used('cook'))[0]?.change?.en).toContain('2027')
  })
  it('has extra times for shortage trades, in whatever order they come', () => {
    const barista = { subject: { trade: 'barista' } }
    expect(code(rule, { ...used('cook', 'lifeguard'), ...barista })).toBe('met')
    expect(code(rule, { ...used('cook', 'lifeguard', 'barista'), ...barista })).toBe('scheme-year-used')
    expect(code(rule, used('barista', 'lifeguard'))).toBe('met')
    expect(code(rule, used('barista', 'lifeguard', 'barista'))).toBe('scheme-year-used')
  })
})

it('a limit over all schemes counts a year or a life', () => {
  const uses = [testUse({ scheme: 'a' }), testUse({ scheme: 'b', year: '2025' }), testUse({ scheme: 'c' })]
  expect(code({ kind: 'at-most', times: 3, period: 'ever', schemes: null }, { uses })).toBe('all-used')
  expect(code({ kind: 'at-most', times: 3, period: 'year', schemes: null }, { uses })).toBe('met')
  expect(code({ kind: 'at-most', times: 2, period: 'year', schemes: null }, { uses })).toBe('year-used')
  expect(code({ kind: 'at-most', times: 2, period: 'year', schemes: ['a', 'b'] }, { uses })).toBe('met')
})

it('who holds a higher level of the trade gets none for a lower one', () => {
  const rule: EligibilityRule = { kind: 'no-lower-level' }
  const holds = (trade: string, level: 'level-3' | 'level-4' | null) => ({ facts: { certificates: [{ trade, level }] } })
  expect(code(rule, holds('cook', 'level-3'))).toBe('higher-level-held')
  expect(code(rule, holds('cook', 'level-4'))).toBe('met')
  expect(code(rule, holds('barista', 'level-3'))).toBe('met')
  expect(code(rule, holds('cook', null))).toBe('met')
  expect(code(rule, { ...holds('cook', 'level-3'), subject: { family: 'training-completion' } })).toBe('met')
  expect(code(rule, { uses: [testUse({ level: 'level-3' })] })).toBe('higher-level-held')
  expect(code(rule, { uses: [testUse({ level: 'level-3', state: 'returned' }), testUse({ level: 'level-5' })] })).toBe('met')
})

it('a scheme can exclude another for the same trade and level', () => {
  const rule: EligibilityRule = { kind: 'not-with', schemes: ['insurance'] }
  expect(code(rule, { uses: [testUse({ scheme: 'insurance' })] })).toBe('other-scheme-used')
  expect(code(rule, { uses: [testUse({ scheme: 'insurance', level: 'level-5' }), testUse()] })).toBe('met')
})

describe('missed runs', () => {
  const rule: EligibilityRule = { kind: 'attendance', withinMonths: 6, mostNoShows: 1 }
  const missed = (...noShows: string[]) => ({ facts: { noShows } })
  it('count for so many months before the first meeting, by the date in Shanghai', () => {
    expect(code(rule, missed('2026-08-01T01:00:00.000Z'))).toBe('met')
    expect(code(rule, missed('2026-08-01T01:00:00.000Z', '2026-10-01T01:00:00.000Z'))).toBe('runs-missed')
    expect(code(rule, missed('2026-06-09T15:59:00.000Z', '2026-10-01T01:00:00.000Z'))).toBe('met')
    expect(code(rule, missed('2026-06-10T16:00:00.000Z', '2026-10-01T01:00:00.000Z'))).toBe('runs-missed')
  })
  it('say from when on it is forgotten, and that day is right', () => {
    const all = missed('2026-07-31T01:00:00.000Z', '2026-08-31T01:00:00.000Z', '2026-09-30T01:00:00.000Z')
    expect(judge(rule, all)[0]?.change?.en).toContain('2027-02-28')
    expect(code(rule, { ...all, subject: { startsOn: '2027-02-27' } })).toBe('runs-missed')
    expect(code(rule, { ...all, subject: { startsOn: '2027-02-28' } })).toBe('met')
  })
})

describe('rule sets', () => {
  const set = (version: string, from: string, until: string | null) => ({
    ...testProgram('A', []).ruleSets[0],
    version,
    from,
    until,
    rules: [],
  })
  const sets = [set('2025', '2025-01-01', '2025-12-31'), set('2026', '2026-01-01', null), set('2027', '2027-01-01', null)] as never
  it.each([
    ['2024-12-31', undefined],
    ['2025-12-31', '2025'],
    ['2026-01-01', '2026'],
    ['2028-01-01', '2027'],
  ])('on %s it is %s', (on, version) => {
    expect(ruleSetOn(sets, on)?.version).toBe(version)
  })
  it('that is not yet in force grants nothing', () => {
    expect(eligibility(testProgram('A', []), testCase({ on: '2025-12-31' }))).toMatchObject({
      ruleSet: null,
      unmet: [{ code: 'no-rules' }],
    })
  })
  it('without rules is met by everybody, and all that stands in the way is said at once', () => {
    expect(eligibility(testProgram('A', []), testCase())).toEqual({ ruleSet: '1', met: [], unmet: [] })
    const rules: EligibilityRule[] = [{ kind: 'region', regions: ['11'] }, { kind: 'union-member' }, { kind: 'age', min: 50, max: null }]
    const judged = eligibility(testProgram('A', rules), testCase())
    expect(judged.met).toEqual(['union-member'])
    expect(judged.unmet.map((one) => one.code)).toEqual(['region-not-covered', 'age-too-low'])
  })
})

describe('reasons', () => {
  it('have both languages', () => {
    for (const name of fundingReasonCodes) {
      const { reason, change } = fundingReason(name)
      for (const text of [reason, ...(change === null ? [] : [change])]) {
        expect(text.zh).toMatch(/[\u4e00-\u9fa5]/)
        expect(text.en).toMatch(/^[A-Z]/)
      }
    }
  })
  it.each([
    [true, ['age-too-high', 'union-unknown']],
    [true, ['age-too-high', 'allocation-used', 'program-frozen']],
    [true, ['union-unknown', 'voucher-used']],
    [false, []],
    [false, ['allocation-used']],
    [false, ['program-frozen', 'voucher-frozen']],
    [false, ['union-unknown', 'region-unknown']],
    [false, ['union-unknown', 'trade-not-covered']],
    [false, ['union-unknown', 'voucher-closed']],
    [false, ['union-unknown', 'allocation-closed']],
    [false, ['union-unknown', 'program-closed']],
    [false, ['union-unknown', 'outside-period']],
    [false, ['no-rules', 'union-unknown']],
  ] as const)('can be reviewed (%s) when a rule is among them, beside what may pass: %j', (able, codes) => {
    expect(reviewable(codes.map((code) => ({ code })))).toBe(able)
  })
})
