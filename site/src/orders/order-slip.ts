import { yuan } from '@skills/contract/money.ts'
import type { OrderView } from '@skills/contract/orders.routes.ts'
import { priceTag } from '../catalog/price.ts'
import { html, icon, type Html } from '../html.ts'
import { say, type Language } from '../language.ts'
import { moneyText } from '../price/price.text.ts'
import { invoiceLines } from './invoice-lines.ts'
import { movements, splitLines, stamp } from './order-lines.ts'
import { ordersText } from './orders.text.ts'

/** The state of an order as a label; money that came after its hold is said. */
export const orderLabel = ({ order: { state }, paidFen }: OrderView, lang: Language): Html => {
  const w = ordersText[lang]
  return html`<span class="label ${{ 'awaiting-payment': 'warn', confirmed: 'good-news', lapsed: '', cancelled: '' }[state]}"
    >${state === 'lapsed' && paidFen > 0 ? w.stateLate : w.state[state]}</span
  >`
}

/** Whether an order has something to give a receipt for: it was paid, or it costs its person nothing. */
export const hasReceipt = ({ order, paidFen }: OrderView): boolean => paidFen > 0 || order.state === 'confirmed'

/** An order as a receipt that can be printed: who paid what to whom for which run, and what came back. */
export function orderSlip(view: OrderView, lang: Language): Html {
  const { order, providerName, runName, paidFen, refundedFen } = view
  const w = ordersText[lang]
  const fact = (name: string, value: Html | string) =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`
  const returned = order.grants.some(({ state }) => state === 'returned' || state === 'voided')
  return html`<article class="slip receipt" aria-labelledby="receipt-title" data-order="${order.id}" data-state="${order.state}">
    <div class="slip-in">
      <div class="receipt-head">
        <h2 id="receipt-title">${icon('receipt')}${hasReceipt(view) ? w.receipt : w.slip}</h2>
        ${orderLabel(view, lang)}
      </div>
      <p><strong>${say(order.title, lang)}</strong></p>
      <dl class="table">
        ${fact(w.run, say(runName, lang))}${fact(w.provider, say(providerName, lang))}${fact(w.made, stamp(order.createdAt))}${fact(w.number, html`<span class="order-number">${order.id}</span>`)}
      </dl>
      ${splitLines(order, lang)}
      <p class="slip-total">
        <span>${moneyText[lang].you}</span><span class="slip-sum">${priceTag(order.split.payableFen, lang, true)}</span>
      </p>
      ${order.groupOrderId === null ? '' : html`<p class="small soft">${w.employerPaid}</p>`}
      ${
        paidFen > 0
          ? html`<p class="slip-line"><span>${w.paid}</span><b class="figures">${yuan(paidFen)}</b></p>
              ${refundedFen > 0 ? html`<p class="slip-line"><span>${w.refunded}</span><b class="figures">${yuan(refundedFen)}</b></p>` : ''}`
          : ''
      }
      ${movements(order, lang)} ${returned ? html`<p class="small soft">${w.grantBack}</p>` : ''}
      ${order.state === 'confirmed' ? html`<p class="small soft no-print">${w.majeure}</p>` : ''} ${invoiceLines(view.invoices, lang)}
      ${hasReceipt(view) ? html`<p class="small soft">${w.receiptNote}</p>` : ''}
    </div>
  </article>`
}
