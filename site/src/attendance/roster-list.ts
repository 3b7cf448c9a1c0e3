import type { AttendanceLine } from '@skills/contract/attendance.ts'
import { html, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { attendanceText } from './attendance.text.ts'
import { evidenceList, presenceLabels } from './presence-line.ts'

/** The lines of a meeting's roster, each with what can be done about it. */
export function rosterList(lines: readonly AttendanceLine[], lang: Language): Html {
  const w = attendanceText[lang]
  return html`${lines.map((line) => {
    const { enrollmentId, maskedName, presence } = line
    const open = presence.evidence.filter((one) => one.type === 'override' && one.decided === null)
    return html`<li class="roster-line" data-state="${presence.state}" data-enrollment="${enrollmentId}">
      <div class="row">
        <strong>${maskedName}</strong
        ><span class="label ${presence.state === 'here' ? 'good-news' : ''}">${w.states[presence.state]}</span
        >${presenceLabels(presence, lang)}
      </div>
      ${open.map((one) =>
        one.type === 'override'
          ? html`<div class="notice warn">
              <div>
                ${w.asked}: ${one.present ? w.present : w.absent}, ${one.reason}
                ${one.mayDecide ? html`<p class="row"><button class="button plain" type="button" data-line="${enrollmentId}" data-does="confirm" data-override="${one.id}">${w.confirm}</button><button class="button quiet" type="button" data-line="${enrollmentId}" data-does="refuse" data-override="${one.id}">${w.refuse}</button></p>` : ''}
              </div>
            </div>`
          : '',
      )}
      <div class="row">
        ${presence.missing.includes('confirmation') ? html`<button class="button plain" type="button" data-line="${enrollmentId}" data-does="vouch">${w.vouch}</button>` : ''}
        <button class="button quiet" type="button" data-line="${enrollmentId}" data-does="correct" aria-label="${w.correct}: ${maskedName}">
          ${w.correct}
        </button>
      </div>
      <details>
        <summary>${w.evidence}</summary>
        ${evidenceList(presence, lang)}
      </details>
    </li>`
  })}`
}
