import { yuan } from '@skills/contract/money.ts'
import type { OrderView } from '@skills/contract/orders.routes.ts'
import { html, icon, type Html } from '../html.ts'
import { at, say, type Language } from '../language.ts'
import { movements } from './order-lines.ts'
import { ordersText } from './orders.text.ts'

/** What became of an order that no longer waits for its payment: confirmed, paid too late, not paid, or left; with the ways on. */
export function outcome({ order, runName, paidFen, refundedFen }: OrderView, lang: Language): Html {
  const w = ordersText[lang]
  const link = (path: string, name: string, plain = false) =>
    html`<a class="button${plain ? ' plain' : ' big'}" href="${at(lang, path)}">${name}</a>`
  const receipt = link(`/orders/?order=${order.id}`, paidFen > 0 || order.state === 'confirmed' ? w.toReceipt : w.toOrder, true)
  const again = link(`/claim/?run=${order.runId}`, w.claimAgain)
  const said = (look: string, sign: string, title: string, text: string, actions: Html, more: Html | string = '') =>
    html`<div class="notice ${look} done" role="status" tabindex="-1" data-outcome="${order.state}">
      ${icon(sign)}
      <div>
        <strong>${title}</strong>
        <p>${say(order.title, lang)} · ${say(runName, lang)}</p>
        ${text}${more}
        <p class="row">${actions}</p>
      </div>
    </div>`
  if (order.state === 'confirmed')
    return said('good-news', 'ticket', w.confirmedTitle, w.confirmed, html`${link('/learning/', w.toLearning)}${receipt}`)
  // A wallet or a bank may still bring the money of an attempt that was confirmed there.
  const onItsWay = order.payments.some(({ state }) => state === 'opening' || state === 'open')
  if (order.state === 'lapsed' && paidFen === 0 && onItsWay)
    return said('warn', 'hourglass', w.lapsedTitle, w.lapsedWaiting, html`${link('/learning/', w.learning, true)}${receipt}`)
  if (order.state === 'lapsed' && paidFen === 0) return said('warn', 'timer', w.lapsedTitle, w.lapsed, html`${again}${receipt}`)
  if (order.state === 'lapsed') {
    const [title, text] =
      refundedFen >= paidFen
        ? [w.lateDoneTitle, w.lateDone]
        : order.refunds.at(-1)?.state === 'failed'
          ? [w.lateFailedTitle, w.lateFailed]
          : [w.lateTitle, w.late]
    return said('warn', 'undo-2', title, text(yuan(paidFen)), html`${again}${receipt}`, movements(order, lang, 2))
  }
  return said(
    '',
    'undo-2',
    w.cancelledTitle,
    paidFen > 0 ? w.cancelled : w.cancelledUnpaid,
    html`${again}${receipt}`,
    paidFen > 0 ? movements(order, lang, 2) : '',
  )
}
