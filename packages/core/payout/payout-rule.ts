import type { PayoutRule } from '@skills/contract/payout.ts'

/**
 * A learner's and an employer's own money: earned once the run was given. Who chose not to come had the seat, and could have left by the policy of the order.
 */
export const givenRule: PayoutRule = {
  version: 'given-2026-1',
  basis: 'given',
  fullFromPercent: 0,
  shareFromPercent: 0,
  belowPercent: 0,
  source: { zh: '订单退费政策', en: 'The refund policy of the order' },
}

/**
 * A sponsor's money: for hours that somebody can prove. In full from 80 % of the minutes, from 25 % on as many percent as were attended, below that nothing. No Chinese figure for the whole
 * country was found (local practice 70 to 90 %); the three bands are those of French training funds, which pay a quarter below 25 %: `belowPercent` says how much that is here.
 */
export const attendedRule: PayoutRule = {
  version: 'attended-2026-1',
  basis: 'attended',
  fullFromPercent: 80,
  shareFromPercent: 25,
  belowPercent: 0,
  source: {
    zh: '平台参数：全国没有统一比例，各地多为 70%～90%；分段方式参照法国培训基金',
    en: 'A parameter of the platform: no national figure exists, local practice is 70 to 90 %; bands as French training funds have them',
  },
}

/** Sponsors that agreed on other bands, by their id. */
const bySponsor: Readonly<Record<string, PayoutRule>> = {}

/** The rule for one payer's money. In: the sponsor's id, or null for a learner's or an employer's own. */
export function payoutRuleFor(sponsorId: string | null): PayoutRule {
  return sponsorId === null ? givenRule : (bySponsor[sponsorId] ?? attendedRule)
}
