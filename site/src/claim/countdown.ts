import { until } from '../dates.ts'
import { html, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { claimText } from './claim.text.ts'

/** A clock that counts down to an instant; `left` is what is left. */
function countdown(left: NonNullable<ReturnType<typeof until>>, lang: Language): Html {
  const w = claimText[lang]
  const cell = (n: number, name: string) =>
    html`<span class="tick-cell"><b class="figures">${String(n).padStart(2, '0')}</b><small>${name}</small></span>`
  return html`<div class="countdown" role="timer">
    <span class="unseen">${w.opensIn}</span
    >${left.days > 0 ? cell(left.days, w.days) : ''}${cell(left.hours, w.hours)}${cell(left.minutes, w.minutes)}${cell(left.seconds, w.seconds)}
  </div>`
}

/** Draws the clock into a place once a second and calls `arrived` when the time has come. */
export function startCountdown(place: HTMLElement, instant: string, lang: Language, arrived: () => void): void {
  const draw = () => {
    const left = until(instant, Date.now())
    if (!left) return true
    place.innerHTML = countdown(left, lang).text
    return false
  }
  if (draw()) return arrived()
  const timer = setInterval(() => {
    if (!place.isConnected) clearInterval(timer)
    else if (draw()) {
      clearInterval(timer)
      arrived()
    }
  }, 1000)
}
