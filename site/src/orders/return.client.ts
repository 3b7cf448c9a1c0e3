import type { OrderView } from '@skills/contract/orders.routes.ts'
import { clockAt } from '@skills/contract/time.ts'
import { html, icon, type Html } from '../html.ts'
import { forgetAttempts } from '../identity/my-api.ts'
import { at, pageLanguage, say } from '../language.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { orderId, readOrder } from './order-of-page.ts'
import { ordersText } from './orders.text.ts'
import { outcome } from './outcome.ts'

const lang = pageLanguage()
const w = ordersText[lang]
const place = document.getElementById('outcome') as HTMLElement

/** Pauses between two looks, in seconds; the last one is repeated. */
const pauses = [1, 1, 1, 2, 2, 3, 3, 5]
/** After so many looks the page says that it takes longer, and after so many it waits to be asked. */
const slowAfter = 8
const mostLooks = 60
const sleep = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000))

const show = (content: Html) => {
  if (place.innerHTML !== content.text) place.innerHTML = content.text
}

/**
 * Looks at the order until it is decided. This page decides nothing and believes nothing it was told on the way here: only the payment service's own
 * message confirms a seat.
 */
async function watch(): Promise<void> {
  let lost = 0
  for (let looks = 0; looks < mostLooks; looks += 1) {
    try {
      const found = await readOrder()
      lost = 0
      if ('instead' in found) return stop(found.instead)
      if (found.order.state !== 'awaiting-payment') {
        forgetAttempts(`claim.${found.order.runId}.`)
        stop(outcome(found, lang))
        return place.querySelector<HTMLElement>('.done')?.focus()
      }
      if (found.order.payments.at(-1)?.state === 'failed') return stop(failedNotice(found))
      if (looks >= slowAfter) show(slowNotice())
    } catch {
      // One look without an answer is no news; several are a lost network.
      lost += 1
      if (lost > 2) return stop(problemNotice(undefined, lang, againButton()))
    }
    await sleep(pauses[Math.min(looks, pauses.length - 1)] ?? 5)
  }
  stop(
    html`<div class="notice warn" role="status">
      ${icon('hourglass')}
      <div>
        <strong>${w.asking}</strong>${w.slow}
        <p class="row">${againButton()}${payLink()}</p>
      </div>
    </div>`,
  )
}

const againButton = () => html`<button class="button" type="button" data-again>${icon('refresh-cw')}${w.look}</button>`
const payHref = at(lang, `/orders/pay/?order=${orderId}`)
const payLink = () => html`<a class="button plain" href="${payHref}">${w.backToPay}</a>`

const slowNotice = () =>
  html`<div class="card stack asking">
    <p role="status"><strong>${w.asking}</strong></p>
    <span class="asking-bar" aria-hidden="true"></span>
    <p>${w.slow}</p>
    <p class="soft">${w.stillWaiting}</p>
    <p class="row">${payLink()}<a class="button quiet" href="${at(lang, '/orders/')}">${w.all}</a></p>
  </div>`

const failedNotice = ({ order }: OrderView) =>
  html`<div class="notice urgent done" role="alert" data-outcome="failed" data-order="${order.id}">
    ${icon('circle-alert')}
    <div>
      <strong>${w.failedTitle}</strong>
      <p>${say(order.title, lang)}</p>
      ${w.failed} ${order.holdUntil ? w.holdUntil(clockAt(order.holdUntil)) : ''}
      <p class="row"><a class="button" href="${payHref}">${w.backToPay}</a></p>
    </div>
  </div>`

function stop(content: Html): void {
  show(content)
  place.querySelector('[data-again]')?.addEventListener('click', () => void watch())
}

void watch()
