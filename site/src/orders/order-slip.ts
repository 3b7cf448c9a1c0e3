import { yuan } from '@skills/contract/money.ts'
import type { OrderView } from '@skills/contract/orders.routes.ts'
import { priceTag } from '../catalog/price.ts'
import { html, icon, type Html } from '../html.ts'
import { say, type Language } from '../language.ts'
import { moneyText } from '../price/price.text.ts'
import { movements, splitLines, stamp } from './order-lines.ts'
import { ordersText } from './orders.text.ts'

/** The state of an order as a label. */
export const orderLabel = (state: OrderView['order']['state'], lang: Language): Html =>
  html`<span class="label ${{ 'awaiting-payment': 'warn', confirmed: 'good-news', lapsed: '', cancelled: '' }[state]}"
    >${ordersText[lang].state[state]}</span
  >`

/** An order as a receipt that can be printed: who paid what to whom for which run, and what came back. */
export function orderSlip({ order, providerName, runName, paidFen, refundedFen }: OrderView, lang: Language): Html {
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
        <h2 id="receipt-title">${icon('receipt')}${w.receipt}</h2>
        ${orderLabel(order.state, lang)}
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
      <p class="small soft">${w.receiptNote}</p>
    </div>
  </article>`
}
