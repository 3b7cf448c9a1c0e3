import { yuan } from '@skills/contract/money.ts'
import type { Split } from '@skills/contract/order.ts'
import { html, raw, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { moneyText } from './price.text.ts'

/** Who pays of a list price, in the order of the bar; parts of nothing are left out. Fen. */
function partsOf(split: Split, lang: Language): { kind: 'subsidy' | 'employer' | 'discount' | 'you'; name: string; fen: number }[] {
  const w = moneyText[lang]
  return [
    { kind: 'subsidy' as const, name: w.subsidy, fen: split.subsidyFen },
    { kind: 'employer' as const, name: w.employer, fen: split.employerFen },
    { kind: 'discount' as const, name: w.discount, fen: split.discountFen },
    { kind: 'you' as const, name: w.you, fen: split.payableFen },
  ].filter(({ fen }) => fen > 0)
}

/** The split of a list price as one bar to look at, with its key in words below. */
export function splitBar(split: Split, lang: Language): Html {
  const parts = partsOf(split, lang)
  // One payer alone is no split.
  if (parts.length < 2) return html``
  let from = 0
  const blocks = parts.map(({ kind, fen }) => {
    const width = (fen / split.listFen) * 100
    const block = `<rect class="pays-${kind}" x="${from.toFixed(3)}%" y="0" width="${width.toFixed(3)}%" height="100%"/>`
    // The gap stands at the beginning of a part, because a part covers what was drawn before it.
    const gap = from > 0 ? `<rect class="gap" x="${from.toFixed(3)}%" y="0" width="3" height="100%"/>` : ''
    from += width
    return block + gap
  })
  const said = parts.map(({ name, fen }) => `${name} ${yuan(fen)}`).join(lang === 'zh' ? '，' : ', ')
  return html`<div class="split">
    <svg role="img" aria-label="${moneyText[lang].bar(said)}" width="100%" height="20">${raw(blocks.join(''))}</svg>
    <ul class="split-key" aria-hidden="true">
      ${parts.map(
        ({ kind, name, fen }) =>
          html`<li>
            <svg width="12" height="12"><rect class="pays-${kind}" width="12" height="12" rx="3" /></svg>${name}
            <b class="figures">${yuan(fen)}</b>
          </li>`,
      )}
    </ul>
  </div>`
}
