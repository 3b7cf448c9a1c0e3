import { yuan } from '@skills/contract/money.ts'
import type { OrderView } from '@skills/contract/orders.routes.ts'
import { priceText } from '../catalog/price.ts'
import { moment } from '../dates.ts'
import { html, icon, type Html } from '../html.ts'
import { callAsMe } from '../identity/my-api.ts'
import { at, pageLanguage, say } from '../language.ts'
import { empty } from '../page/empty.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { invoiceForm, listenInvoice } from './invoice-form.ts'
import { orderId, readOrder } from './order-of-page.ts'
import { hasReceipt, orderLabel, orderSlip } from './order-slip.ts'
import { ordersText } from './orders.text.ts'

const lang = pageLanguage()
const w = ordersText[lang]
const place = document.getElementById('orders') as HTMLElement
const views: OrderView[] = []
let next: string | null = null

/** One order of the list: what for, who paid what, how it stands, and where to go on. */
function card(view: OrderView): Html {
  const { order, runName, paidFen, refundedFen } = view
  const waits = order.state === 'awaiting-payment'
  return html`<li class="ticket order" data-order="${order.id}" data-state="${order.state}">
    <div class="ticket-head">
      <div>
        <p class="small soft">${moment(order.createdAt, lang)}</p>
        <h2><a href="${at(lang, `/orders/?order=${order.id}`)}">${say(order.title, lang)}</a></h2>
        <p class="soft">${say(runName, lang)}</p>
      </div>
      ${orderLabel(view, lang)}
    </div>
    <dl class="sums">
      <div>
        <dt>${waits ? w.owed : w.paid}</dt>
        <dd class="figures">${order.split.payableFen === 0 ? priceText(0, lang) : yuan(waits ? order.split.payableFen : paidFen)}</dd>
      </div>
      ${
        refundedFen > 0
          ? html`<div>
              <dt>${w.refunded}</dt>
              <dd class="figures">${yuan(refundedFen)}</dd>
            </div>`
          : ''
      }
    </dl>
    <div class="ticket-foot">
      <a class="button plain" href="${at(lang, `/orders/?order=${order.id}`)}">${icon('receipt')}${hasReceipt(view) ? w.see : w.details}</a
      >${waits ? html`<a class="button" href="${at(lang, `/orders/pay/?order=${order.id}`)}">${w.pay}</a>` : ''}
    </div>
  </li>`
}

function draw(): void {
  if (views.length === 0) {
    place.innerHTML = empty(w.emptyTitle, w.emptyHint, '', html`<a class="button" href="${at(lang, '/courses/')}">${w.find}</a>`).text
    return
  }
  place.innerHTML = html`<ul class="tickets">
      ${views.map(card)}
    </ul>
    ${next === null ? '' : html`<button id="more" class="button plain block" type="button">${w.more}</button>`}`.text
  document.getElementById('more')?.addEventListener('click', () => void list(next).catch(failed))
}

async function list(cursor: string | null): Promise<void> {
  const answer = await callAsMe('listMyOrders', { query: { limit: '30', ...(cursor === null ? {} : { cursor }) } })
  if (!answer.ok) {
    place.innerHTML = problemNotice(answer.problem, lang, html`<button class="button" type="button" data-again>${w.again}</button>`).text
    place.querySelector('[data-again]')?.addEventListener('click', () => void start())
    return
  }
  if (cursor === null) views.length = 0
  views.push(...answer.value.items)
  next = answer.value.next
  draw()
}

/** One order whole: the receipt, and what can still be done about it. */
async function one(): Promise<void> {
  const view = await readOrder()
  if ('instead' in view) {
    place.innerHTML = view.instead.text
    place.querySelector('[data-again]')?.addEventListener('click', () => void start())
    return
  }
  const { order } = view
  place.innerHTML = html`<div class="order-body">
    ${orderSlip(view, lang)}
    <div class="stack no-print">
      <p class="row">
        ${order.state === 'awaiting-payment' ? html`<a class="button" href="${at(lang, `/orders/pay/?order=${order.id}`)}">${w.pay}</a>` : ''}
        <button id="print" class="button plain" type="button">${icon('printer')}${hasReceipt(view) ? w.print : w.printSlip}</button>
        <a class="button quiet" href="${at(lang, '/orders/')}">${w.all}</a>
      </p>
      ${order.state === 'confirmed' && order.groupOrderId === null && !issued(view) ? invoiceForm(view, lang) : ''}
    </div>
  </div>`.text
  document.getElementById('print')?.addEventListener('click', () => print())
  listenInvoice(place, order.id, lang)
}

function failed(): void {
  place.innerHTML = problemNotice(undefined, lang, html`<button class="button" type="button" data-again>${w.again}</button>`).text
  place.querySelector('[data-again]')?.addEventListener('click', () => void start())
}

const start = () => (orderId === '' ? list(null) : one()).catch(failed)
void start()

/** Whether the invoice of what the person paid was issued: from then on its name stands. */
const issued = ({ invoices }: OrderView) => invoices.some(({ kind, number }) => kind === 'blue' && number !== null)
