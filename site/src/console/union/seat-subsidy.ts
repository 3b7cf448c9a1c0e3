import type { FundingRule } from '@skills/contract/funding.ts'

/** The most a program pays for one seat of a price, in fen: for what is suggested only; the price of a person is judged by the API. */
export function mostForSeat(funding: FundingRule, priceFen: number): number {
  if (funding.kind === 'full') return priceFen
  if (funding.kind === 'fixed') return Math.min(priceFen, funding.fen)
  const share = Math.floor((priceFen * funding.percent) / 100)
  return funding.capFen === null ? share : Math.min(share, funding.capFen)
}
