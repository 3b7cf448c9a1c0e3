import type { CreditView } from '@skills/contract/attendance.ts'
import type { LearningItem } from '@skills/contract/enrollment.routes.ts'
import { attendanceText } from '../attendance/attendance.text.ts'
import { word } from '../catalog/words.ts'
import { meetingPattern } from '../course/pattern.ts'
import { place } from '../course/place.ts'
import { meetingTime, moment } from '../dates.ts'
import { html, icon, type Html } from '../html.ts'
import { at, say, type Language } from '../language.ts'
import type { OrderView } from '@skills/contract/orders.routes.ts'
import { learningText } from './learning.text.ts'
import { moneyBack, paidLate } from './money-back.ts'

/** Half an hour before a meeting its codes are taken. */
const doorsMs = 30 * 60_000

export interface Beside {
  order: OrderView | undefined
  credit: CreditView | undefined
}

/** One enrollment with all that is needed to get there, and the way out; of one that is gone, where its money is. `order` and the hours that were credited where they are known. */
export function learningCard(item: LearningItem, { order, credit }: Beside, lang: Language): Html {
  const w = learningText[lang]
  const { enrollment, run, nextMeeting, phase } = item
  const active = enrollment.state === 'active'
  const doorsOpen = nextMeeting !== null && Date.parse(nextMeeting.startsAt) - Date.now() < doorsMs
  const meetings = [...run.meetings].sort((a, b) => a.startsAt.localeCompare(b.startsAt))
  const [date = '', clock = ''] = nextMeeting ? meetingTime(nextMeeting.startsAt, nextMeeting.endsAt, lang).split(/ (?=\d\d:)/) : []
  return html`<li class="ticket learning" data-enrollment="${enrollment.id}" data-phase="${phase}">
    <div>
      <p class="small soft">
        ${
          enrollment.state === 'lapsed'
            ? (paidLate(order) ? w.lateAt : w.lapsedAt)(moment(enrollment.claimedAt, lang))
            : enrollment.cancelledAt
              ? w.cancelledAt(moment(enrollment.cancelledAt, lang))
              : w.claimedAt(moment(enrollment.claimedAt, lang))
        }
      </p>
      <h3><a href="${at(lang, `/courses/${enrollment.courseId}/`)}">${say(item.title, lang)}</a></h3>
      <p class="soft">${say(run.name, lang)} · ${say(item.providerName, lang)}</p>
    </div>
    ${!active && enrollment.orderId !== null ? moneyBack(enrollment.orderId, order, lang) : ''}
    ${active && nextMeeting ? html`<p class="next-up"><span class="small">${w.next}</span><strong>${date}</strong><span class="figures">${clock}</span></p>` : ''}
    ${active && (phase === 'running' || doorsOpen) ? html`<p><a class="button" href="${at(lang, '/check-in/')}">${icon('qr-code')}${w.checkIn}</a></p>` : ''}
    ${active && credit ? credited(credit, enrollment.id, lang) : ''}
    ${
      active
        ? html`<p>${place(item.venue, nextMeeting?.room ?? meetings[0]?.room ?? null, lang)}</p>
            <details>
              <summary>${w.all(meetings.length)}</summary>
              <p class="soft small">${meetingPattern(meetings, lang)}</p>
              <ol class="meetings">
                ${meetings.map((meeting) => html`<li><span>${meetingTime(meeting.startsAt, meeting.endsAt, lang)}</span><span class="label">${word('meeting', meeting.kind, lang)}</span></li>`)}
              </ol>
            </details>
            <div class="ticket-foot">
              <a class="button plain" href="${at(lang, `/messages/?run=${run.id}`)}">${icon('messages-square')}${w.messages}</a>
              <button class="button plain" type="button" data-ics="${enrollment.id}">${icon('download')}${w.ics}</button>${
                item.cancelUntil
                  ? html`<button class="button danger" type="button" data-cancel="${enrollment.id}">${w.cancel}</button>`
                  : ''
              }${complainLink(item, lang)}
            </div>
            <p class="hint">${item.cancelUntil ? w.until(moment(item.cancelUntil, lang)) : phase === 'past' ? '' : w.tooLate}</p>`
        : enrollment.state === 'cancelled'
          ? complainLink(item, lang)
          : ''
    }
  </li>`
}

const complainLink = ({ enrollment, title }: LearningItem, lang: Language): Html =>
  html`<a
    class="button quiet"
    href="${at(lang, `/complaints/?enrollment=${enrollment.id}`)}"
    aria-label="${learningText[lang].complainAria(say(title, lang))}"
    >${learningText[lang].complain}</a
  >`

/** What attending came to. */
function credited({ outcome, hours, minutes, outOfMinutes }: CreditView, enrollmentId: string, lang: Language): Html {
  const w = attendanceText[lang]
  return html`<p class="row" data-credit="${outcome}">
    <span class="label ${outcome === 'completed' ? 'good-news' : 'warn'}">${w.credit[outcome]}</span>
    <strong class="figures">${w.hours(hours, minutes, outOfMinutes)}</strong>
    <a href="${at(lang, '/attendance/')}">${learningText[lang].attendance}</a>
    ${minutes > 0 ? html`<a href="${at(lang, `/learning/rate/?enrollment=${enrollmentId}`)}">${icon('star')}${learningText[lang].rate}</a>` : ''}
  </p>`
}
