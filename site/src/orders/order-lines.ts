import { yuan } from '@skills/contract/money.ts'
import type { Order } from '@skills/contract/order.ts'
import { clockAt, dateAt } from '@skills/contract/time.ts'
import { html, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { moneyText } from '../price/price.text.ts'
import { ordersText } from './orders.text.ts'

/** An instant on a receipt, with its year, whatever the language: `2026-11-22 00:26`. */
export const stamp = (instant: string) => `${dateAt(instant)} ${clockAt(instant)}`

const line = (name: Html | string, fen: number, less = false) =>
  html`<p class="slip-line"><span>${name}</span><b class="figures">${less ? '−' : ''}${yuan(fen)}</b></p>`

/** Who pays what of an order, as lines of a slip down to what the person pays. Parts of nothing are left out. */
export function splitLines({ split }: Pick<Order, 'split'>, lang: Language): Html {
  const m = moneyText[lang]
  return html`${line(m.list, split.listFen)}${split.subsidyFen > 0 ? line(m.subsidy, split.subsidyFen, true) : ''}${
    split.employerFen > 0 ? line(m.employer, split.employerFen, true) : ''
  }${split.discountFen > 0 ? line(m.discount, split.discountFen, true) : ''}`
}

/** Payments, refunds and disputes of an order with their states in words, under headings of a level; nothing where there were none. */
export function movements(
  { payments, refunds, disputes }: Pick<Order, 'payments' | 'refunds' | 'disputes'>,
  lang: Language,
  level: 2 | 3 = 3,
): Html {
  const w = ordersText[lang]
  const disputed = disputes.some(({ state }) => state === 'open')
  const part = (title: string, rows: Html[]) =>
    rows.length === 0
      ? ''
      : html`<section class="movements">
          ${level === 2 ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`}
          <ul class="moved">
            ${rows}
          </ul>
        </section>`
  const row = (fen: number, state: string, text: string, at: string, urgent = false) =>
    html`<li data-state="${state}">
      <b class="figures">${yuan(fen)}</b
      ><span><span class="${urgent ? 'label urgent' : ''}">${text}</span><br /><span class="small soft">${stamp(at)}</span></span>
    </li>`
  return html`${part(
    w.payments,
    payments.map(({ attempt, amountFen, state, paidAt, openedAt, surplus }) => {
      const late = refunds.some((refund) => refund.attempt === attempt && refund.reason === 'paid-without-seat')
      return row(amountFen, state, surplus ? `${w.payment[state]} · ${late ? w.tooLate : w.surplus}` : w.payment[state], paidAt ?? openedAt)
    }),
  )}${part(
    w.refunds,
    refunds.map(({ amountFen, state, reason, at, settledAt }) =>
      row(
        amountFen,
        state,
        `${state === 'pending' && disputed ? w.refundWaits : w.refund[state]} · ${w.reason[reason]}`,
        settledAt ?? at,
        state === 'failed',
      ),
    ),
  )}${part(
    w.disputes,
    disputes.map(({ amountFen, state, at }) => row(amountFen, state, w.dispute[state], at)),
  )}`
}
