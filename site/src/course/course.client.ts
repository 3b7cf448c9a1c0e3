import { showLiveSeats } from '../catalog/live-seats.ts'
import { registrationLabel } from '../catalog/seats.ts'
import { loadCourse, loadTaxonomy } from '../catalog/load.ts'
import { at, pageLanguage, say } from '../language.ts'
import { html } from '../html.ts'
import { empty } from '../page/empty.ts'
import { showQuality } from '../complaint/provider-quality.ts'
import { showRatings } from '../rating/course-ratings.ts'
import { coursePage } from './course-page.ts'
import { courseText } from './course.text.ts'
import { courseJsonLd } from './json-ld.ts'

const lang = pageLanguage()
const w = courseText[lang]
const place = document.getElementById('course') as HTMLElement
const id = /\/courses\/([^/]+)\//.exec(location.pathname)?.[1] ?? ''

function addJsonLd(data: object): void {
  if (document.querySelector('script[type="application/ld+json"]')) return
  const block = document.createElement('script')
  block.type = 'application/ld+json'
  block.textContent = JSON.stringify(data)
  document.head.append(block)
}

/** Shows what is published now: fills the shell, and brings a page that was built earlier up to date. */
async function start(): Promise<void> {
  const opened = new Set([...place.querySelectorAll('details[open]')].map((one) => one.closest('.ticket')?.id))
  const [snapshot, taxonomy] = await Promise.all([loadCourse(id), loadTaxonomy()])
  if (!snapshot) {
    place.innerHTML = html`<div class="wrap">
      ${empty(w.goneTitle, w.gone, '', html`<a class="button" href="${at(lang, '/courses/')}">${w.see}</a>`, 1)}
    </div>`.text
    return
  }
  if (snapshot.version !== place.dataset['version']) {
    place.innerHTML = coursePage(snapshot, taxonomy, lang, Date.now()).text
    for (const ticket of opened) place.querySelector(`#${CSS.escape(ticket ?? '')} details`)?.setAttribute('open', '')
    document.title = document.title.replace(/^[^·]*/, `${say(snapshot.course.title, lang)} `)
    addJsonLd(courseJsonLd(snapshot, lang, location.origin))
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView()
  }
  const ratings = place.querySelector<HTMLElement>('[data-place=ratings]')
  if (ratings) showRatings(ratings, id)
  const quality = place.querySelector<HTMLElement>('[data-place=quality]')
  if (quality) void showQuality(quality, quality.dataset['provider'] ?? '')
  await live()
}

/** Seats now, and again whenever the reader comes back to the page. A run that takes nobody has a button that stands back. */
async function live(): Promise<void> {
  for (const seats of await showLiveSeats(place)) {
    const ticket = document.getElementById(seats.runId)
    const claim = ticket?.querySelector<HTMLAnchorElement>('.ticket-foot a')
    const label = ticket?.querySelector<HTMLElement>('[data-opens]')
    if (label) label.outerHTML = registrationLabel(seats.registration, label.dataset['opens'] ?? '', lang).text
    claim?.classList.toggle('plain', seats.registration !== 'open' || seats.free === 0)
    const full = seats.registration === 'open' && seats.free === 0
    const name = ticket?.querySelector('h3')?.textContent ?? ''
    if (claim) {
      claim.textContent = full ? w.wait : w.claim
      claim.setAttribute('aria-label', full ? w.waitAria(name) : w.claimAria(name))
    }
  }
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void live()
})
void start().catch(() => {
  if (place.dataset['version']) return
  place.innerHTML = html`<div class="wrap">${empty(w.failedTitle, w.failed, w.again, '', 1)}</div>`.text
  place.querySelector('button')?.addEventListener('click', () => location.reload())
})
