import type { CourseRow } from '@skills/contract/snapshot.ts'

/** How many public courses name each trade, level, industry and region; a course counts once for each region that one of its runs is in. */
export type TermCounts = Record<'trade' | 'level' | 'industry' | 'region', Map<string, number>> & { withoutTrade: number }

/** Counts the rows of the published catalog. */
export function countTerms(rows: readonly Pick<CourseRow, 'd' | 'l' | 'n' | 'r'>[]): TermCounts {
  const counts: TermCounts = { trade: new Map(), level: new Map(), industry: new Map(), region: new Map(), withoutTrade: 0 }
  const add = (kind: 'trade' | 'level' | 'industry' | 'region', code: string) => counts[kind].set(code, (counts[kind].get(code) ?? 0) + 1)
  for (const { d, l, n, r } of rows) {
    if (d === null) counts.withoutTrade += 1
    else add('trade', d)
    if (l !== null) add('level', l)
    add('industry', n)
    // The last place of a run's row is its region.
    for (const region of new Set(r.map((run) => run[8]))) add('region', region)
  }
  return counts
}

/** The trades with the most courses, the first of them first. */
export const topTrades = ({ trade }: TermCounts, most: number): [code: string, count: number][] =>
  [...trade].toSorted(([a, some], [b, more]) => more - some || (a < b ? -1 : 1)).slice(0, most)
