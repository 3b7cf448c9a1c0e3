import { html, icon } from '../html.ts'
import { attempt, callAsMe } from '../identity/my-api.ts'
import { pageLanguage } from '../language.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { learningText } from './learning.text.ts'

const lang = pageLanguage()
const w = learningText[lang]
const place = document.getElementById('calendar') as HTMLElement
const openButton = document.getElementById('open-calendar') as HTMLButtonElement
const closeButton = document.getElementById('close-calendar') as HTMLButtonElement

async function open(): Promise<void> {
  const answer = await attempt('calendar.open', (key) => callAsMe('openCalendar', { body: {}, key }))
  if (!answer.ok) {
    place.innerHTML = problemNotice(answer.problem, lang).text
    return
  }
  const path = answer.value.path
  const address = new URL(path.startsWith('/api/') ? path : `/api${path}`, location.origin).href
  place.innerHTML = html`<div class="field">
      <label for="calendar-address">${w.address}</label><input id="calendar-address" readonly value="${address}" />
    </div>
    <button class="button" type="button">${icon('copy')}<span>${w.copy}</span></button>`.text
  place.querySelector('input')?.select()
  place.querySelector('button')?.addEventListener('click', (event) => {
    void navigator.clipboard.writeText(address).then(() => {
      const name = (event.target as Element).closest('button')?.querySelector('span')
      if (name) name.textContent = w.copied
    })
  })
}

async function close(): Promise<void> {
  const answer = await attempt('calendar.close', (key) => callAsMe('closeCalendar', { key }))
  place.innerHTML = answer.ok
    ? html`<p role="status" class="notice good-news">${icon('circle-check')}<span>${w.closed}</span></p>`.text
    : problemNotice(answer.problem, lang).text
}

/** Does one thing at a time; what fails is said, and the same key is used again. */
function once(button: HTMLButtonElement, action: () => Promise<void>): void {
  button.addEventListener('click', () => {
    if (button.disabled) return
    button.disabled = true
    void action()
      .catch(() => (place.innerHTML = problemNotice(undefined, lang).text))
      .finally(() => (button.disabled = false))
  })
}
once(openButton, open)
once(closeButton, close)
