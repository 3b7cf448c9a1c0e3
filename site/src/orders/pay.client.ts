import { yuan } from '@skills/contract/money.ts'
import type { OrderView } from '@skills/contract/orders.routes.ts'
import { clockAt } from '@skills/contract/time.ts'
import { startCountdown } from '../countdown.ts'
import { html, icon } from '../html.ts'
import { attempt, callAsMe, forgetAttempts } from '../identity/my-api.ts'
import { at, pageLanguage, say } from '../language.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { moneyText } from '../price/price.text.ts'
import { splitBar } from '../price/split-bar.ts'
import { splitLines } from './order-lines.ts'
import { orderId, readOrder } from './order-of-page.ts'
import { ordersText } from './orders.text.ts'
import { outcome } from './outcome.ts'

const lang = pageLanguage()
const w = ordersText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
const place = part('pay')
const dialog = part('let-go') as HTMLDialogElement
let view: OrderView | undefined

async function load(): Promise<void> {
  const found = await readOrder()
  if ('instead' in found) {
    place.innerHTML = found.instead.text
    place.querySelector('[data-again]')?.addEventListener('click', () => void load().catch(failed))
    return
  }
  view = found
  const { order } = found
  if (order.state !== 'awaiting-payment' || order.holdUntil === null) {
    place.innerHTML = outcome(found, lang).text
    return
  }
  if (Date.parse(order.holdUntil) <= Date.now()) return seeWhatCame()
  draw(found, order.holdUntil)
  await openPage()
}

function draw({ order, runName, providerName }: OrderView, holdUntil: string): void {
  place.innerHTML = html`<div class="pay-body">
    <section class="card stack hold" aria-labelledby="hold-title">
      <h2 id="hold-title">${icon('timer')}${w.holdTitle}</h2>
      <div id="hold-clock"></div>
      <p>${w.holdUntil(clockAt(holdUntil))}</p>
      <div id="pay-said" aria-live="assertive"></div>
      <div id="pay-go"><button class="button big block" type="button" disabled>${w.opening}</button></div>
      <p class="hint"><span id="pay-closes">&nbsp;</span><br />${w.payHint}</p>
      <button id="let-go-ask" class="button quiet" type="button">${w.letGo}</button>
    </section>
    <section class="slip" aria-labelledby="owed">
      <div class="slip-in">
        <h2 id="owed">${icon('receipt')}${say(order.title, lang)}</h2>
        <p class="soft">${say(runName, lang)} · ${say(providerName, lang)}</p>
        ${splitLines(order, lang)} ${splitBar(order.split, lang)}
        <p class="slip-total">
          <span>${moneyText[lang].you}</span><span class="slip-sum"><span class="price big">${yuan(order.split.payableFen)}</span></span>
        </p>
      </div>
    </section>
  </div>`.text
  startCountdown(part('hold-clock'), holdUntil, w.holdLabel, lang, seeWhatCame)
  part('let-go-ask').addEventListener('click', () => {
    part('let-go-said').textContent = ''
    dialog.showModal()
  })
}

/** The time is over: the page of the outcome says what came of it, because a payment may be on its way. */
function seeWhatCame(): void {
  location.replace(at(lang, `/orders/return/?order=${orderId}`))
}

/**
 * Opens the provider's page as soon as the person stands here: it must live for half an hour, so it cannot wait until the button is pressed. Nothing
 * is charged by that; asking again answers the same page.
 */
async function openPage(): Promise<void> {
  const go = part('pay-go')
  go.innerHTML = html`<button class="button big block" type="button" disabled>${w.opening}</button>`.text
  const refused = (notice: ReturnType<typeof html>) => {
    part('pay-said').innerHTML = notice.text
    go.innerHTML = html`<button class="button plain block" type="button">${icon('refresh-cw')}${w.again}</button>`.text
    go.querySelector('button')?.addEventListener('click', () => void load().catch(failed))
  }
  try {
    const answer = await callAsMe('openCheckout', { params: { orderId }, body: { language: lang } })
    if (!answer.ok) return refused(problemNotice(answer.problem, lang))
    const { url, amountFen, expiresAt } = answer.value
    part('pay-said').textContent = ''
    part('pay-closes').textContent = w.closes(clockAt(expiresAt))
    go.innerHTML = html`<a id="pay-link" class="button big block" href="${url}">${icon('credit-card')}${w.toPay(yuan(amountFen))}</a>`.text
    go.querySelector('a')?.addEventListener('click', (event) => (event.currentTarget as HTMLElement).setAttribute('aria-busy', 'true'))
  } catch {
    refused(problemNotice(undefined, lang))
  }
}

/** Lets the hold go: the seat is somebody else's at once. */
async function letGo(): Promise<void> {
  const button = part('let-go-yes') as HTMLButtonElement
  const order = view?.order
  if (!order || button.disabled) return
  button.disabled = true
  button.textContent = w.letGoing
  try {
    const answer = await attempt(`cancel.${order.enrollmentId}`, (key) =>
      callAsMe('cancelEnrollment', { params: { enrollmentId: order.enrollmentId }, body: {}, key }),
    )
    if (!answer.ok) {
      part('let-go-said').innerHTML = problemNotice(answer.problem, lang).text
      return
    }
    forgetAttempts(`claim.${order.runId}.`)
    dialog.close()
    await load()
    place.querySelector<HTMLElement>('.done')?.focus()
  } catch {
    part('let-go-said').innerHTML = problemNotice(undefined, lang).text
  } finally {
    button.disabled = false
    button.textContent = w.letGoYes
  }
}

function failed(): void {
  place.innerHTML = problemNotice(undefined, lang, html`<button class="button" type="button" data-again>${w.again}</button>`).text
  place.querySelector('[data-again]')?.addEventListener('click', () => void load().catch(failed))
}

part('let-go-no').addEventListener('click', () => dialog.close())
part('let-go-yes').addEventListener('click', () => void letGo())
// A page that comes back from the browser's memory shows what was true then.
addEventListener('pageshow', (event) => event.persisted && void load().catch(failed))
void load().catch(failed)
