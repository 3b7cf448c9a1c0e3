import type { RunRow } from '@skills/contract/snapshot.ts'
import { expect, it } from 'vitest'
import { countTerms, topTrades } from './taxonomy-counts.ts'

const at = '2026-12-01T02:00:00.000Z'
const run = (region: string): RunRow => ['run_1', at, at, at, at, 0, 30, 30, region]

it('counts each course once for its trade, level, industry, and for each region it is taught in', () => {
  const counts = countTerms([
    { d: 'electrician', l: 'level-5', n: 'manufacturing', r: [run('460100'), run('460100'), run('460200')] },
    { d: 'electrician', l: null, n: 'manufacturing', r: [run('460100')] },
    { d: 'cook', l: null, n: 'tourism', r: [] },
    { d: null, l: null, n: 'tourism', r: [] },
  ])
  expect([counts.trade.get('electrician'), counts.trade.get('cook'), counts.withoutTrade]).toEqual([2, 1, 1])
  expect([counts.region.get('460100'), counts.region.get('460200'), counts.level.get('level-5'), counts.industry.get('tourism')]).toEqual([
    2, 1, 1, 2,
  ])
  expect(topTrades(counts, 1)).toEqual([['electrician', 2]])
})
