import type { InvoiceTitle, OrderView } from '@skills/contract/orders.routes.ts'
import { html, icon, type Html } from '../html.ts'
import { attempt, callAsMe, forgetAttempts } from '../identity/my-api.ts'
import type { Language } from '../language.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { ordersText } from './orders.text.ts'

/** Whom the provider's invoice is for. Only what the person paid is invoiced to her. */
export function invoiceForm({ order, invoiceTitle: kept }: OrderView, lang: Language): Html {
  const w = ordersText[lang]
  if (order.split.payableFen === 0) return html`<p class="soft small">${w.invoiceNone}</p>`
  const field = (name: 'title' | 'taxNumber' | 'email', label: string, more: string, hint = '') =>
    html`<div class="field" data-field="${name}" ${name === 'taxNumber' && kept?.kind !== 'firm' ? 'hidden' : ''}>
      <label for="invoice-${name}">${label}</label>${hint ? html`<span class="hint" id="invoice-${name}-hint">${hint}</span>` : ''}<input
        id="invoice-${name}"
        name="${name}"
        value="${kept?.[name] ?? ''}"
        autocomplete="${more}"
        maxlength="${name === 'title' ? 100 : name === 'email' ? 120 : 40}"
        spellcheck="false"
        aria-describedby="${hint ? `invoice-${name}-hint ` : ''}invoice-${name}-error"
      />
      <p class="field-error" id="invoice-${name}-error"></p>
    </div>`
  const choice = (kind: 'person' | 'firm', name: string) =>
    html`<label><input type="radio" name="kind" value="${kind}" ${(kept?.kind ?? 'person') === kind ? 'checked' : ''} />${name}</label>`
  return html`<form id="invoice" class="card stack" novalidate>
    <h2>${icon('file-text')}${w.invoice}</h2>
    <p class="soft small">${w.invoiceHint}</p>
    <fieldset>
      <legend>${w.kind}</legend>
      <div class="choices">${choice('person', w.person)}${choice('firm', w.firm)}</div>
    </fieldset>
    ${field('title', w.invoiceTitle, 'organization')}${field('taxNumber', w.taxNumber, 'off', w.taxHint)}${field('email', w.email, 'email')}
    <div id="invoice-said" role="status" tabindex="-1"></div>
    <button class="button" type="submit">${w.saveInvoice}</button>
  </form>`
}

/** Ties the form; every mistake is said beside its field. */
export function listenInvoice(root: HTMLElement, orderId: string, lang: Language): void {
  const form = root.querySelector<HTMLFormElement>('#invoice')
  form?.addEventListener('input', () => forgetAttempts(`invoice.${orderId}`))
  form?.addEventListener('change', () => {
    const tax = form.querySelector<HTMLElement>('[data-field=taxNumber]')
    if (tax) tax.hidden = new FormData(form).get('kind') !== 'firm'
  })
  form?.addEventListener('submit', (event) => {
    event.preventDefault()
    void save(form, orderId, lang)
  })
}

async function save(form: HTMLFormElement, orderId: string, lang: Language): Promise<void> {
  const w = ordersText[lang]
  const said = form.querySelector('#invoice-said') as HTMLElement
  const button = form.querySelector('[type=submit]') as HTMLButtonElement
  const data = new FormData(form)
  const text = (name: string) => String(data.get(name) ?? '').trim()
  const firm = data.get('kind') === 'firm'
  const body: InvoiceTitle = {
    kind: firm ? 'firm' : 'person',
    title: text('title'),
    taxNumber: firm ? text('taxNumber').toUpperCase() : null,
    email: text('email') || null,
  }
  said.textContent = ''
  for (const control of form.querySelectorAll('[aria-invalid]')) control.removeAttribute('aria-invalid')
  for (const error of form.querySelectorAll('.field-error')) error.textContent = ''
  const mark = (name: string, detail: string) => {
    const place = form.querySelector(`#invoice-${name}-error`)
    if (!place) return false
    form.querySelector(`#invoice-${name}`)?.setAttribute('aria-invalid', 'true')
    place.innerHTML = html`${icon('circle-alert')}<span>${detail}</span>`.text
    form.querySelector<HTMLElement>('[aria-invalid]')?.focus()
    return true
  }
  if (body.title === '') mark('title', w.fill)
  if (firm && body.taxNumber === '') mark('taxNumber', w.fill)
  if (form.querySelector('[aria-invalid]') || button.disabled) return
  button.disabled = true
  button.textContent = w.saving
  try {
    const answer = await attempt(`invoice.${orderId}`, (key) => callAsMe('saveInvoiceTitle', { params: { orderId }, body, key }))
    if (answer.ok) {
      said.innerHTML = html`<p class="notice good-news">${icon('circle-check')}<span>${w.saved}</span></p>`.text
      return
    }
    const marked = (answer.problem.errors ?? []).filter(({ pointer, detail }) => mark(pointer.replace(/^#?\//, ''), detail))
    if (marked.length === 0) said.innerHTML = problemNotice(answer.problem, lang).text
  } catch {
    said.innerHTML = problemNotice(undefined, lang).text
  } finally {
    button.disabled = false
    button.textContent = w.saveInvoice
  }
}
