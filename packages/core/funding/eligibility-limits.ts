import type { EligibilityRule } from '@skills/contract/funding.ts'
import { fundingYear, type FundingSubject, type FundingUse } from './eligibility-case.ts'
import { fundingReason, type FundingReason } from './eligibility-reason.ts'

type Rule<K extends EligibilityRule['kind']> = Extract<EligibilityRule, { kind: K }>

/**
 * Judges the yearly limit of a scheme. Extra times are for shortage trades and are used up first, so that the order in which somebody takes courses changes
 * nothing: of `times` 1 and `extra` 2, two shortage courses leave one of any trade.
 * In: the uses that count, of any scheme and year.
 */
export function schemeYearReason(
  { times, shortage }: Rule<'per-scheme-and-year'>,
  scheme: string,
  subject: Pick<FundingSubject, 'trade' | 'startsOn'>,
  uses: readonly FundingUse[],
): FundingReason | undefined {
  const year = fundingYear(subject)
  const inYear = uses.filter((use) => use.scheme === scheme && use.year === year)
  const isShort = (trade: string | null) => shortage !== null && trade !== null && shortage.trades.includes(trade)
  const extra = shortage?.extra ?? 0
  const short = inYear.filter(({ trade }) => isShort(trade)).length
  const plain = inYear.length - short
  const room = isShort(subject.trade) ? times + extra - inYear.length : times - plain - Math.max(0, short - extra)
  const limit = isShort(subject.trade) ? times + extra : times
  return room > 0 ? undefined : fundingReason('scheme-year-used', { year, limit, next: Number(year) + 1 })
}

/** Judges a limit over several schemes (null: all), in a civil year or ever. In: the uses that count, of any scheme and year. */
export function atMostReason(
  { times, period, schemes }: Rule<'at-most'>,
  year: string,
  uses: readonly FundingUse[],
): FundingReason | undefined {
  const inScope = uses.filter((use) => (schemes === null || schemes.includes(use.scheme)) && (period === 'ever' || use.year === year))
  if (inScope.length < times) return undefined
  return period === 'ever'
    ? fundingReason('all-used', { limit: times })
    : fundingReason('year-used', { year, limit: times, next: Number(year) + 1 })
}
