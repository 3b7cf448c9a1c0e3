import type { Problem } from '@skills/contract/client.ts'
import { aspects, type MyRating, type PublicRating, type RatingOffer } from '@skills/contract/ratings.ts'
import { moment } from '../dates.ts'
import { html, icon } from '../html.ts'
import { attempt, callAsMe, forgetAttempts } from '../identity/my-api.ts'
import { at, pageLanguage, say } from '../language.ts'
import { empty } from '../page/empty.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { rateForm, readForm } from './rate-form.ts'
import { ratingCard } from './rating-card.ts'
import { ratingText } from './rating.text.ts'

const lang = pageLanguage()
const w = ratingText[lang]
const place = document.getElementById('rating') as HTMLElement
const enrollmentId = new URLSearchParams(location.search).get('enrollment') ?? ''
/** What was sent last: the same again is the same attempt, anything else a new one. */
let sent = ''

const head = ({ title, runName, courseId }: RatingOffer) =>
  html`<p>
    <strong>${say(title, lang)}</strong> <span class="soft">${say(runName, lang)}</span>
    <a href="${at(lang, `/courses/${courseId}/`)}#ratings">${w.toCourse}</a>
  </p>`

async function load(): Promise<void> {
  const answer = await callAsMe('getMyRating', { params: { enrollmentId } })
  if (answer.ok) return answer.value.rating === null ? ask(answer.value) : show(answer.value, answer.value.rating)
  if (answer.problem.code !== 'not-found' && answer.problem.code !== 'validation-failed') return failed(answer.problem)
  place.innerHTML = empty(w.goneTitle, w.gone, '', html`<a class="button" href="${at(lang, '/learning/')}">${w.back}</a>`).text
}

/** The form for who may rate; for everybody else why not. */
function ask(offer: RatingOffer): void {
  if (offer.state === 'open') return draw(offer, null)
  if (offer.state === 'rated') return
  const [title, text] = w.states[offer.state](moment(offer.state === 'not-yet' ? offer.from : offer.until, lang))
  place.innerHTML = html`${head(offer)}
    <div class="notice" data-state="${offer.state}">
      ${icon('info')}
      <div><strong>${title}</strong>${text}</div>
    </div>`.text
}

/** Her own rating, and while it can be changed the way to do so. */
function show(offer: RatingOffer, rating: MyRating, said = ''): void {
  const changes = Date.parse(rating.changeUntil) > Date.now()
  place.innerHTML = html`${head(offer)}
    <div id="rate-said" role="status" tabindex="-1">
      ${said === '' ? '' : html`<p class="notice good-news">${icon('circle-check')}<span>${said}</span></p>`}
    </div>
    <section class="card stack" aria-labelledby="mine-title">
      <h2 id="mine-title">${w.mine}</h2>
      ${ratingCard(rating, lang)}
      <p class="hint">${changes ? w.changeUntil(moment(rating.changeUntil, lang)) : w.fixed}</p>
      ${changes ? html`<p><button class="button plain" type="button" id="change">${w.change}</button></p>` : ''}
      ${
        rating.earlier.length === 0
          ? ''
          : html`<details>
              <summary>${w.before}</summary>
              ${rating.earlier.toReversed().map((one) => ratingCard({ ...rating, ...one, author: rating.author, changedAt: null, answer: null, fold: null }, lang))}
            </details>`
      }
    </section>`.text
  document.getElementById('change')?.addEventListener('click', () => draw(offer, rating))
  if (said !== '') document.getElementById('rate-said')?.focus()
}

function draw(offer: RatingOffer, before: MyRating | null): void {
  place.innerHTML = html`${head(offer)}
    <p class="soft">${before === null ? w.until(moment(offer.until, lang)) : w.changeUntil(moment(before.changeUntil, lang))}</p>
    ${rateForm(offer, before, lang)}`.text
  const form = document.getElementById('rate') as HTMLFormElement
  const preview = () => {
    const input = readForm(form, offer)
    const shown: PublicRating = {
      ...{ id: '', runName: offer.runName, at: new Date().toISOString(), changedAt: null, answer: null, fold: null },
      ...{ aspects: input.aspects, text: input.text, author: input.anonymous ? null : offer.author },
    }
    ;(document.getElementById('preview') as HTMLElement).innerHTML = ratingCard(shown, lang).text
  }
  form.addEventListener('input', (event) => {
    const name = event.target instanceof HTMLElement ? (event.target.closest<HTMLElement>('[data-field]')?.dataset['field'] ?? '') : ''
    form.querySelector(`#${CSS.escape(name)}-error`)?.replaceChildren()
    preview()
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send(form, offer, before).catch(() => said(problemNotice(undefined, lang).text))
  })
  document.getElementById('leave-it')?.addEventListener('click', () => before && show(offer, before))
  preview()
  if (before !== null) form.querySelector<HTMLElement>('input')?.focus()
}

function said(text: string): void {
  const at = document.getElementById('rate-said')
  if (!at) return
  at.innerHTML = text
  at.focus()
}

async function send(form: HTMLFormElement, offer: RatingOffer, before: MyRating | null): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>('[type=submit]')
  if (!button || button.getAttribute('aria-disabled') === 'true') return
  const body = readForm(form, offer)
  const missing = aspects.filter((aspect) => body.aspects[aspect] === 0)
  for (const error of form.querySelectorAll('.field-error')) error.textContent = ''
  for (const aspect of missing) mark(form, aspect, w.need)
  if (missing[0] !== undefined) return form.querySelector<HTMLElement>(`[name=${missing[0]}]`)?.focus()
  const text = JSON.stringify(body)
  if (sent !== text) forgetAttempts('rate.')
  sent = text
  button.setAttribute('aria-disabled', 'true')
  try {
    const params = { enrollmentId }
    const answer = await attempt(`rate.${enrollmentId}`, (key) =>
      before === null
        ? callAsMe('rateRun', { params, body, key })
        : callAsMe('changeRating', { params, body: { ...body, version: before.version }, key }),
    )
    if (answer.ok) return show(offer, answer.value, before === null ? w.sent : w.saved)
    const wrong = answer.problem.errors?.find(({ pointer }) => pointer === '#/text')
    if (wrong === undefined) return said(problemNotice(answer.problem, lang).text)
    mark(form, 'text', wrong.detail)
    form.querySelector<HTMLElement>('#text')?.focus()
  } finally {
    button.removeAttribute('aria-disabled')
  }
}

function mark(form: HTMLFormElement, name: string, text: string): void {
  const error = form.querySelector(`#${name}-error`)
  if (error) error.innerHTML = html`${icon('circle-alert')}<span>${text}</span>`.text
}

function failed(problem?: Problem): void {
  place.innerHTML = problemNotice(problem, lang, html`<button class="button" type="button">${w.again}</button>`).text
  place.querySelector('button')?.addEventListener('click', () => void load().catch(() => failed()))
}

void load().catch(() => failed())
