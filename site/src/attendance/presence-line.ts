import type { PresenceView } from '@skills/contract/attendance.ts'
import { clockAt } from '@skills/contract/time.ts'
import { html, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { attendanceText } from './attendance.text.ts'

/** What a presence comes to, as labels: minutes, late, early, what is missing, a conflict. */
export function presenceLabels(presence: PresenceView, lang: Language): Html {
  const w = attendanceText[lang]
  const { minutes, lateMinutes, earlyMinutes, missing, conflict, state } = presence
  // That somebody is not there yet is said by her state.
  const warns = missing
    .filter((one) => one !== 'arrival' && !(state === 'here' && one === 'leaving'))
    .map((one) => html`<span class="label warn">${w.missing[one]}</span>`)
  return html`${minutes > 0 ? html`<span class="label good-news figures">${w.minutes(minutes)}</span>` : ''}
  ${minutes > 0 && (lateMinutes ?? 0) > 0 ? html`<span class="label warn">${w.late(lateMinutes ?? 0)}</span>` : ''}
  ${minutes > 0 && state === 'left' && (earlyMinutes ?? 0) > 0 ? html`<span class="label warn">${w.early(earlyMinutes ?? 0)}</span>` : ''}
  ${warns} ${conflict ? html`<span class="label urgent">${w.conflict}</span>` : ''}`
}

/** All evidence of a meeting in the order it came, each with its time and how it was made. */
export function evidenceList({ evidence }: PresenceView, lang: Language): Html {
  const w = attendanceText[lang]
  if (evidence.length === 0) return html`<p class="soft small">${w.noEvidence}</p>`
  return html`<ul class="evidence small">
    ${evidence.map((one) => {
      if (one.type === 'vouch') return html`<li><span class="figures">${clockAt(one.at)}</span> ${w.vouch}</li>`
      if (one.type === 'proof') return html`<li><span class="figures">${clockAt(one.at)}</span> ${w.kinds[one.kind]} · ${w.by[one.by]}</li>`
      const state = one.decided === null ? w.asked : one.decided.confirmed ? w.confirmed : w.refusedOverride
      return html`<li>
        <span class="figures">${clockAt(one.from)}–${clockAt(one.to)}</span> ${one.present ? w.present : w.absent} · ${state} ·
        ${one.reason}
      </li>`
    })}
  </ul>`
}
