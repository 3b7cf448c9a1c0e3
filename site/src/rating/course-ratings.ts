import type { PublicRating } from '@skills/contract/ratings.ts'
import { api } from '../api.ts'
import { html } from '../html.ts'
import { pageLanguage } from '../language.ts'
import { ratingCard, ratingSummary } from './rating-card.ts'
import { ratingText } from './rating.text.ts'

const lang = pageLanguage()
const w = ratingText[lang]

/** Fills the place of a course's ratings once it comes near the screen; the rest of the page never waits for it. A place that is filled already is left alone. */
export function showRatings(place: HTMLElement, courseId: string): void {
  if (place.dataset['ratings'] !== undefined) return
  place.dataset['ratings'] = 'waits'
  const watch = new IntersectionObserver(
    (seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return
      watch.disconnect()
      void load(place, courseId, [], undefined).catch(() => failed(place, courseId))
    },
    { rootMargin: '400px' },
  )
  watch.observe(place)
}

async function load(place: HTMLElement, courseId: string, before: readonly PublicRating[], cursor: string | undefined): Promise<void> {
  const answer = await api.call('listRatings', {
    params: { courseId },
    query: { limit: '10', ...(cursor === undefined ? {} : { cursor }) },
  })
  if (!answer.ok) return failed(place, courseId)
  const { items, next, figures } = answer.value
  const all = [...before, ...items]
  place.dataset['ratings'] = 'shown'
  place.innerHTML = html`${ratingSummary(figures, lang)}
    <div class="rating-list">${all.map((one) => ratingCard(one, lang))}</div>
    ${next === null ? '' : html`<button class="button plain" type="button">${w.more}</button>`}`.text
  const button = place.querySelector('button')
  button?.addEventListener('click', () => {
    if (button.disabled) return
    button.disabled = true
    void load(place, courseId, all, next ?? undefined)
      // The first that is new is read on from, and the button is gone.
      .then(() => focusOn(place, items.length === 0 ? 0 : all.length))
      .catch(() => failed(place, courseId))
  })
}

function focusOn(place: HTMLElement, index: number): void {
  const card = place.querySelectorAll<HTMLElement>('.rating')[index]
  card?.setAttribute('tabindex', '-1')
  card?.focus()
}

function failed(place: HTMLElement, courseId: string): void {
  place.innerHTML = html`<p class="soft" role="alert">${w.failed} <button class="button quiet" type="button">${w.again}</button></p>`.text
  place
    .querySelector('button')
    ?.addEventListener('click', () => void load(place, courseId, [], undefined).catch(() => failed(place, courseId)))
}
