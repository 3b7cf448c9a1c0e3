import { clockAt } from '@skills/contract/time.ts'
import { meetingTime } from '../dates.ts'
import { html, type Html } from '../html.ts'
import { say, type Language } from '../language.ts'
import { attendanceText } from './attendance.text.ts'
import type { HerMeeting } from './open-meetings.ts'

/** What a meeting is, when and where. */
export function placeOf({ run, meeting }: HerMeeting, lang: Language): Html {
  return html`<h2>${say(run.title, lang)}</h2>
    <p class="soft">${say(run.runName, lang)} · ${say(run.providerName, lang)}</p>
    <p>
      <strong class="figures">${meetingTime(meeting.startsAt, meeting.endsAt, lang)}</strong
      >${meeting.venue ? html` · ${say(meeting.venue.name, lang)}` : ''}
      ${meeting.room === null ? '' : html` · ${attendanceText[lang].room(meeting.room)}`}
    </p>`
}

/** The choice between several open meetings, in the order of their times, of which `now` is shown; nothing where there is one. */
export function choiceOf(open: readonly HerMeeting[], now: HerMeeting, lang: Language): Html | string {
  if (open.length < 2) return ''
  const w = attendanceText[lang]
  const inOrder = open.toSorted((a, b) => (a.meeting.startsAt < b.meeting.startsAt ? -1 : 1))
  return html`<fieldset class="choices" id="which">
    <legend>${w.which}</legend>
    ${inOrder.map(
      ({ run, meeting }) =>
        html`<label
          ><input type="radio" name="which" value="${meeting.meetingId}" ${meeting === now.meeting ? html`checked` : ''} />
          ${clockAt(meeting.startsAt)}–${clockAt(meeting.endsAt)} · ${say(run.title, lang)} · ${w.states[meeting.presence.state]}</label
        >`,
    )}
  </fieldset>`
}
