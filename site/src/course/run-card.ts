import type { Run, Venue } from '@skills/contract/catalog.ts'
import { priceTag } from '../catalog/price.ts'
import { registrationAt, registrationLabel, seatMeter } from '../catalog/seats.ts'
import { word } from '../catalog/words.ts'
import { meetingTime, moment, span } from '../dates.ts'
import { html, icon, type Html } from '../html.ts'
import { at, say, type Language } from '../language.ts'
import { refundSentence } from '../price/refund-policy.ts'
import { courseText } from './course.text.ts'
import { meetingPattern, weekStrip } from './pattern.ts'
import { place } from './place.ts'

/** A run as a ticket: when, where, how many seats, and the way to claim one. */
export function runCard(run: Run, free: number, venues: readonly Venue[], lang: Language, now: number): Html {
  const w = courseText[lang]
  const meetings = [...run.meetings].sort((a, b) => a.startsAt.localeCompare(b.startsAt))
  const first = meetings[0]
  const last = meetings.at(-1)
  const registration = run.state === 'cancelled' ? 'cancelled' : registrationAt(run.opensAt, run.closesAt, now)
  const venue = venues.find((one) => one.id === (run.venueId ?? first?.venueId))
  return html`<li class="ticket" id="${run.id}">
    <div class="ticket-head">
      <div>
        <h3>${say(run.name, lang)}</h3>
        ${registrationLabel(registration, run.opensAt, lang)}
      </div>
      ${priceTag(run.priceFen, lang)}
    </div>
    ${run.mergedInto === undefined ? '' : html`<p class="notice">${w.merged} <a href="#${run.mergedInto}">${w.mergedInto}</a></p>`}
    ${weekStrip(meetings, lang)}
    <dl class="facts">
      <div>
        <dt>${icon('clock')}<span>${w.meets}</span></dt>
        <dd>${meetingPattern(meetings, lang)}</dd>
      </div>
      <div>
        <dt>${icon('calendar-days')}<span>${w.dates}</span></dt>
        <dd>${first && last ? span(first.startsAt, last.endsAt, lang) : ''}</dd>
      </div>
      <div>
        <dt>${icon('map-pin')}<span>${w.venue}</span></dt>
        <dd>${place(venue, first?.room ?? null, lang)}</dd>
      </div>
      <div>
        <dt>${icon('ticket')}<span>${w.registration}</span></dt>
        <dd>${moment(run.opensAt, lang)} – ${moment(run.closesAt, lang)}</dd>
      </div>
    </dl>
    <details>
      <summary>${w.allMeetings(meetings.length)}</summary>
      <ol class="meetings">
        ${meetings.map((meeting) => html`<li><span>${meetingTime(meeting.startsAt, meeting.endsAt, lang)}</span><span class="label">${word('meeting', meeting.kind, lang)}</span></li>`)}
      </ol>
    </details>
    <div class="ticket-foot">
      ${seatMeter(run.id, free, run.capacity, registration, lang)}
      ${
        registration === 'cancelled'
          ? ''
          : html`<a
              class="button"
              href="${at(lang, `/claim/?run=${run.id}&course=${run.courseId}`)}"
              aria-label="${registration === 'open' && free === 0 ? w.waitAria(say(run.name, lang)) : w.claimAria(say(run.name, lang))}"
              >${registration === 'open' && free === 0 ? w.wait : w.claim}</a
            >`
      }
    </div>
    ${run.priceFen > 0 ? html`<p class="hint">${w.priceHint}${run.refundPolicy ? html` ${w.refund}${refundSentence(run.refundPolicy, lang)}` : ''}</p>` : ''}
    <p class="hint">${run.cancelUntilMinutes === 0 ? w.cancelNever : w.cancelBy(w.minutes(run.cancelUntilMinutes))}</p>
  </li>`
}
