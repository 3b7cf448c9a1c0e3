import { yuan } from '@skills/contract/money.ts'
import type { Price } from '@skills/contract/price.routes.ts'
import type { Language } from '../language.ts'

/** What the button of a claim says: the sum and the hold, or that nothing is to be paid. */
export function confirmWords({ split, holdMinutes }: Pick<Price, 'split' | 'holdMinutes'>, lang: Language): string {
  const sum = yuan(split.payableFen)
  if (lang === 'zh') return split.payableFen === 0 ? '确认：免费占座' : `确认付 ${sum}，先留座 ${holdMinutes} 分钟`
  return split.payableFen === 0 ? 'Confirm: free for you' : `Confirm: pay ${sum} and hold my seat for ${holdMinutes} minutes`
}
