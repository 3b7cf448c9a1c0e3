import { until } from './dates.ts'
import { html, type Html } from './html.ts'
import type { Language } from './language.ts'

const words = {
  zh: { days: '天', hours: '时', minutes: '分', seconds: '秒', left: (n: number) => `还剩 ${n} 分钟` },
  en: { days: 'd', hours: 'h', minutes: 'min', seconds: 's', left: (n: number) => `${n} minute${n === 1 ? '' : 's'} left` },
}

/** Minutes before the end at which what is left is said aloud. */
const saidAt = [10, 5, 1]

/** A clock that counts down to an instant; `left` is what is left, `label` what it is for. */
function countdown(left: NonNullable<ReturnType<typeof until>>, label: string, lang: Language): Html {
  const w = words[lang]
  const cell = (n: number, name: string) =>
    html`<span class="tick-cell"><b class="figures">${String(n).padStart(2, '0')}</b><small>${name}</small></span>`
  const { days, hours } = left
  return html`<span class="unseen">${label}</span
    >${days > 0 ? cell(days, w.days) : ''}${days > 0 || hours > 0 ? cell(hours, w.hours) : ''}${cell(left.minutes, w.minutes)}${cell(left.seconds, w.seconds)}`
}

/**
 * Draws the clock into a place once a second and calls `arrived` when the time has come. A reader's ear hears what is left ten, five and one minute
 * before, politely, and not every second.
 */
export function startCountdown(place: HTMLElement, instant: string, label: string, lang: Language, arrived: () => void): void {
  const left = until(instant, Date.now())
  if (!left) return arrived()
  place.innerHTML = html`<div class="countdown" role="timer">${countdown(left, label, lang)}</div>
    <p class="unseen" aria-live="polite"></p>`.text
  const [clock, voice] = [...place.children]
  if (!clock || !voice) return
  const minutesLeft = () => (Date.parse(instant) - Date.now()) / 60_000
  const unsaid = saidAt.filter((minutes) => minutes < minutesLeft())
  const timer = setInterval(() => {
    if (!clock.isConnected) return clearInterval(timer)
    const now = until(instant, Date.now())
    if (!now) {
      clearInterval(timer)
      return arrived()
    }
    clock.innerHTML = countdown(now, label, lang).text
    clock.classList.toggle('hurry', minutesLeft() < 5)
    // A page in the background ticks rarely: whatever was passed meanwhile is said once, as it is then.
    let due: number | undefined
    while (unsaid[0] !== undefined && minutesLeft() <= unsaid[0]) due = unsaid.shift()
    if (due !== undefined) voice.textContent = words[lang].left(due)
  }, 1000)
}
