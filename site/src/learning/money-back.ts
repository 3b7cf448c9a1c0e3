import { yuan } from '@skills/contract/money.ts'
import type { OrderView } from '@skills/contract/orders.routes.ts'
import { html, icon, type Html } from '../html.ts'
import { at, type Language } from '../language.ts'
import { learningText } from './learning.text.ts'

/** Whether an order's hold ended before its money came. */
export const paidLate = (view: OrderView | undefined): boolean => view?.order.state === 'lapsed' && view.paidFen > 0

/**
 * Under a seat that is gone: what of its person's money (fen) is on its way back, has come back, or could not be sent yet, and the way to the order. Where the order is not known only
 * the way there.
 */
export function moneyBack(orderId: string, view: OrderView | undefined, lang: Language): Html {
  const w = learningText[lang]
  const refunds = view?.order.refunds ?? []
  const sum = (...states: string[]) =>
    refunds.filter(({ state }) => states.includes(state)).reduce((fen, { amountFen }) => fen + amountFen, 0)
  const line = (state: string, sign: string, text: string) =>
    html`<p class="row tight" data-money-back="${state}">${icon(sign)}<span>${text}</span></p>`
  const failed = sum('failed')
  const due = sum('pending', 'sent')
  const done = sum('succeeded')
  return html`${failed > 0 ? line('failed', 'circle-alert', w.backFailed(yuan(failed))) : ''}${
      due > 0 ? line('due', 'undo-2', w.backDue(yuan(due))) : ''
    }${done > 0 ? line('done', 'circle-check', w.backDone(yuan(done))) : ''}
    <p><a href="${at(lang, `/orders/?order=${orderId}`)}">${refunds.length > 0 ? w.toOrder : w.toOrderOnly}</a></p>`
}
