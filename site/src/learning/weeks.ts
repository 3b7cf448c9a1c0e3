import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { weekdayName, weekdayOf } from '../dates.ts'
import { html, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { learningText } from './learning.text.ts'

/** Four weeks from this Monday as a little calendar: days with meetings are marked with how many. `now` is an instant. */
export function weeks(starts: readonly string[], lang: Language, now: string): Html {
  const w = learningText[lang]
  const counts = new Map<string, number>()
  for (const start of starts) counts.set(dateAt(start), (counts.get(dateAt(start)) ?? 0) + 1)
  const today = dateAt(now)
  const back = (weekdayOf(today) + 6) % 7
  const days = Array.from({ length: 28 }, (_, i) => dateAt(plusMinutes(now, (i - back) * 24 * 60)))
  return html`<section class="card month">
    <h2>${w.week}</h2>
    <div class="month-grid">
      ${[1, 2, 3, 4, 5, 6, 0].map((name) => html`<span class="month-head" aria-hidden="true">${weekdayName(name, lang).replace('周', '')}</span>`)}
      ${days.map((date) => {
        const count = counts.get(date) ?? 0
        const month = Number(date.slice(8)) === 1 || date === days[0]
        const name = month ? `${Number(date.slice(5, 7))}/${Number(date.slice(8))}` : String(Number(date.slice(8)))
        return html`<span class="month-day${count > 0 ? ' busy' : ''}${date === today ? ' today' : ''}"
          >${name}${count > 0 ? html`<span class="unseen">${w.meeting(count)}</span>` : ''}</span
        >`
      })}
    </div>
  </section>`
}
