import type { FundingRule } from '@skills/contract/funding.ts'
import { percentOf } from '../order/split.ts'

/** What a program pays for one seat of a list price, in fen: percentages are rounded down and capped, and it is never more than the price. */
export function paidBy(rule: FundingRule, listFen: number): number {
  switch (rule.kind) {
    case 'fixed':
      return Math.min(rule.fen, listFen)
    case 'percentage':
      return Math.min(percentOf(listFen, rule.percent), rule.capFen ?? listFen, listFen)
    case 'full':
      return listFen
  }
}
