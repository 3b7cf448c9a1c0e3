import type { RuleSet } from '@skills/contract/funding.ts'
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

/** The rules of which a program's grant was made, by the program's id and their version; undefined where they say nothing of what attendance earns, or are not known. */
export type RulesOfGrant = (programId: string, version: string) => Pick<RuleSet, 'version' | 'source' | 'earns'> | undefined

/**
 * The rule for a sponsor's money: the bands of the very rules that granted it, which keep their content from then on, or those of the platform.
 */
export function grantRule({ programId, ruleSet }: { programId: string; ruleSet: string }, rulesOf: RulesOfGrant): PayoutRule {
  const set = rulesOf(programId, ruleSet)
  if (set?.earns === undefined) return attendedRule
  const { title, document } = set.source
  return {
    version: `${programId} ${set.version}`,
    basis: 'attended',
    ...set.earns,
    source: { zh: `${title}（${document}）`, en: `${title} (${document})` },
  }
}
