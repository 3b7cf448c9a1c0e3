import type { RefundPolicy } from '@skills/contract/order.ts'
import type { Language } from '../language.ts'
import { moneyText } from './price.text.ts'

/** A refund policy as one sentence, from the earliest band to the latest. */
export function refundSentence({ bands }: RefundPolicy, lang: Language): string {
  const w = moneyText[lang]
  const said = [...bands]
    .sort((a, b) => b.workingDays - a.workingDays)
    .map(({ workingDays, percent }) => w.refundFrom(workingDays, percent))
    .concat(w.refundLater)
  return lang === 'zh' ? `${said.join('；')}。` : `${said.join('; ')}.`
}
