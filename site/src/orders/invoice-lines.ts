import { yuan } from '@skills/contract/money.ts'
import type { InvoiceSlip } from '@skills/contract/orders.routes.ts'
import { html, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { stamp } from './order-lines.ts'
import { ordersText } from './orders.text.ts'

/** The invoices of an order that are for its person: what is asked of the provider, whose name is on it, and the number once it was issued. Nothing where there are none. */
export function invoiceLines(invoices: readonly InvoiceSlip[], lang: Language): Html | string {
  const w = ordersText[lang]
  if (invoices.length === 0) return ''
  return html`<section class="movements">
    <h3>${w.invoices}</h3>
    <ul class="moved">
      ${invoices.map(
        ({ kind, fen, number, title, requestedAt }) =>
          html`<li data-invoice="${kind}" data-state="${number === null ? 'open' : 'issued'}">
            <b class="figures">${kind === 'red' ? '−' : ''}${yuan(fen)}</b
            ><span
              >${w.invoiceKind[kind]} · ${number === null ? w.invoiceOpen : w.invoiceIssued(number)}<br /><span class="small soft"
                >${title ?? w.invoiceUntitled} · ${stamp(requestedAt)}</span
              ></span
            >
          </li>`,
      )}
    </ul>
  </section>`
}
