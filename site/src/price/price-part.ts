import type { Problem } from '@skills/contract/client.ts'
import type { Price } from '@skills/contract/price.routes.ts'
import { priceText } from '../catalog/price.ts'
import { html, icon, type Html } from '../html.ts'
import { attempt, callAsMe, forgetAttempts } from '../identity/my-api.ts'
import { pageLanguage } from '../language.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { moneyText } from './price.text.ts'
import { priceSlip } from './price-slip.ts'

const lang = pageLanguage()
const w = moneyText[lang]

/** A quote with less than this left is asked for anew before it is used, in milliseconds. */
const marginMs = 20_000

/**
 * The price of one run for the person signed in: asked for, drawn, with its voucher and its reviews. A voucher that a rule keeps from being used stays in it, so that its
 * line says why and a review can be asked for. What was typed lives as long as the page.
 */
export interface PricePart {
  price: Price | undefined
  /** Asks for the price again, with the voucher that is in it. Throws when nothing answered. */
  load(): Promise<Problem | undefined>
  draw(): Html
  /** Ties the forms of what was drawn. `redraw` is called when the price is another one; afterwards the eye and the ear are led to what changed. */
  listen(root: HTMLElement, redraw: () => void): void
  /** The quote to claim with; asks again when it is about to end. `moved` says that another sum is to be paid than was shown. */
  fresh(): Promise<{ problem: Problem } | { moved: boolean }>
  /** What to say when the price is another one than was shown. */
  explain(before: number): Html
}

export function pricePart(runId: string): PricePart {
  let voucher: string | undefined
  const ask = (code: string | undefined) =>
    code === undefined
      ? callAsMe('getPrice', { params: { runId } })
      : callAsMe('quotePrice', { params: { runId }, body: { voucher: code } })

  const part: PricePart = {
    price: undefined,
    async load() {
      const answer = await ask(voucher)
      if (!answer.ok) return answer.problem
      part.price = answer.value
      return undefined
    },
    draw: () => (part.price ? priceSlip(part.price, voucher !== undefined, lang) : html``),
    async fresh() {
      const shown = part.price
      if (shown && Date.parse(shown.quoteExpiresAt) - Date.now() > marginMs) return { moved: false }
      const problem = await part.load()
      return problem ? { problem } : { moved: shown?.split.payableFen !== part.price?.split.payableFen }
    },
    explain(before) {
      const now = part.price?.split.payableFen ?? 0
      return html`${before === now ? w.same : w.moved(priceText(before, lang), priceText(now, lang))}`
    },
    listen(root, redraw) {
      const changed = (where: string) => {
        redraw()
        root.querySelector<HTMLElement>(where)?.focus()
      }
      root.querySelector('#voucher-drop')?.addEventListener('click', () => {
        voucher = undefined
        const drawn = () => changed('#voucher summary')
        void part.load().then(drawn, drawn)
      })
      root.querySelector<HTMLFormElement>('#voucher-form')?.addEventListener('submit', (event) => {
        event.preventDefault()
        void useVoucher(event.target as HTMLFormElement).then((done) => (done ? changed('.voucher-in, #voucher-code') : undefined))
      })
      for (const form of root.querySelectorAll<HTMLFormElement>('[data-review]')) {
        // Another text is another request, so it gets a key of its own.
        form.addEventListener('input', () => forgetAttempts(`review.${runId}.`))
        form.addEventListener('submit', (event) => {
          event.preventDefault()
          const of = `[data-program="${form.dataset['review']}"] .program-why.label`
          void askReview(form).then((done) => (done ? changed(of) : undefined))
        })
      }
    },
  }

  /** Prices the seat with a voucher; a code that does nothing is said beside its field and dropped. */
  async function useVoucher(form: HTMLFormElement): Promise<boolean> {
    const input = form.elements.namedItem('voucher') as HTMLInputElement
    const error = form.querySelector('#voucher-error') as HTMLElement
    const button = form.querySelector('button') as HTMLButtonElement
    const code = input.value.replace(/\s/g, '').toUpperCase()
    const say = (text: string) => {
      input.setAttribute('aria-invalid', 'true')
      error.innerHTML = html`${icon('circle-alert')}<span>${text}</span>`.text
      input.focus()
      return false
    }
    if (code.length < 4) return say(w.voucherShort)
    if (button.disabled) return false
    button.disabled = true
    button.textContent = w.voucherUsing
    try {
      const answer = await ask(code)
      if (!answer.ok) return say(answer.problem.detail || w.voucherNo)
      const reasons = answer.value.programs.find((line) => line.voucher)?.reasons.map(({ reason }) => reason[lang]) ?? []
      const weighable = answer.value.programs.some((line) => line.voucher && (line.reviewable || line.review !== null))
      if (answer.value.voucherRefused && !weighable) return say([w.voucherNo, ...reasons].join(' '))
      part.price = answer.value
      voucher = code
      return true
    } catch {
      error.innerHTML = problemNotice(undefined, lang).text
      return false
    } finally {
      button.disabled = false
      button.textContent = w.voucherUse
    }
  }

  async function askReview(form: HTMLFormElement): Promise<boolean> {
    const programId = form.dataset['review'] ?? ''
    const byVoucher = form.dataset['voucher'] !== undefined && voucher !== undefined
    const text = form.elements.namedItem('statement') as HTMLTextAreaElement
    const said = form.querySelector('.review-said') as HTMLElement
    const button = form.querySelector('button') as HTMLButtonElement
    const statement = text.value.trim()
    if (statement === '') {
      text.setAttribute('aria-invalid', 'true')
      said.innerHTML = html`<p class="field-error">${icon('circle-alert')}<span>${w.reviewEmpty}</span></p>`.text
      text.focus()
      return false
    }
    if (button.disabled) return false
    button.disabled = true
    button.textContent = w.reviewSending
    try {
      const answer = await attempt(`review.${runId}.${programId}`, (key) =>
        callAsMe('askReview', { params: { runId }, body: { programId, statement, ...(byVoucher ? { voucher } : {}) }, key }),
      )
      if (!answer.ok && answer.problem.code !== 'review-pending') {
        said.innerHTML = problemNotice(answer.problem, lang).text
        return false
      }
      for (const line of part.price?.programs ?? []) if (line.programId === programId) line.review = 'open'
      return true
    } catch {
      said.innerHTML = problemNotice(undefined, lang).text
      return false
    } finally {
      button.disabled = false
      button.textContent = w.reviewSend
    }
  }
  return part
}
