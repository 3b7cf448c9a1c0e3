import { yuan } from '@skills/contract/money.ts'
import type { RefundPreview } from '@skills/contract/orders.routes.ts'
import { html, icon, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { ordersText } from '../orders/orders.text.ts'
import { learningText } from './learning.text.ts'

/** What giving a seat back now would return, to whom, and by which rule; `whole` when the provider cancelled the run. */
export function refundSlip(preview: RefundPreview, whole: boolean, lang: Language): Html {
  const w = learningText[lang]
  const { learnerFen, employerFen, subsidyFen, workingDays, percent, moved, disputed } = preview
  const line = (name: string, fen: number) => html`<p class="slip-line"><span>${name}</span><b class="figures">${yuan(fen)}</b></p>`
  const paidNothing = learnerFen + employerFen === 0 && percent > 0
  return html`<div class="slip">
    <div class="slip-in" data-percent="${percent}" data-learner-fen="${learnerFen}">
      <h3>${icon('undo-2')}${w.refundTitle}</h3>
      <p>
        ${whole ? w.refundWhole : paidNothing ? w.refundFree : moved && percent === 100 ? w.refundMoved : moved && workingDays === 0 && percent > 0 ? w.refundUntaught(percent) : w.refundBy(workingDays, percent)}
      </p>
      ${learnerFen > 0 ? line(w.refundYou, learnerFen) : ''}${employerFen > 0 ? line(w.refundEmployer, employerFen) : ''}${
        subsidyFen > 0 ? line(w.refundUnion, subsidyFen) : ''
      }
      ${percent === 0 ? html`<p><strong>${w.refundNone}</strong></p>` : ''}
      ${learnerFen > 0 ? html`<p class="hint">${disputed ? w.refundDisputed : w.refundSteps}</p>` : ''}
      ${percent < 100 ? html`<p class="hint">${ordersText[lang].majeure}</p>` : ''}
    </div>
  </div>`
}
