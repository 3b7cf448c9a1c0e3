import type { FundingFacts } from './eligibility-case.ts'

export type Union = FundingFacts['unions'][number]

/** What a roster says of a person: the union, the way from the root of the tree down to it, and the last civil date it holds. */
export type RosterFlag = Union

/** The unions of a person out of all flags that name her, each once with its latest end, in the order of ids. */
export function unionsOf(flags: readonly RosterFlag[]): Union[] {
  const last = new Map<string, Union>()
  for (const { sponsorId, path, until } of flags) {
    const known = last.get(sponsorId)
    if (known === undefined || known.until < until) last.set(sponsorId, { sponsorId, path: [...path], until })
  }
  return [...last.values()].toSorted((a, b) => (a.sponsorId < b.sponsorId ? -1 : 1))
}
