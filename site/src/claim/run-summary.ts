import type { CourseSnapshot } from '@skills/contract/snapshot.ts'
import type { Run } from '@skills/contract/catalog.ts'
import { sceneOf } from '../art/scene-of.ts'
import { priceTag } from '../catalog/price.ts'
import { registrationAt, seatMeter } from '../catalog/seats.ts'
import { courseText } from '../course/course.text.ts'
import { meetingPattern, weekStrip } from '../course/pattern.ts'
import { place } from '../course/place.ts'
import { moment, span } from '../dates.ts'
import { html, type Html } from '../html.ts'
import { at, say, type Language } from '../language.ts'

/** The run that is about to be claimed, so that nobody claims the wrong one. */
export function runSummary({ course, provider, venues }: CourseSnapshot, run: Run, free: number, lang: Language, now: number): Html {
  const w = courseText[lang]
  const meetings = [...run.meetings].sort((a, b) => a.startsAt.localeCompare(b.startsAt))
  const [first, last] = [meetings[0], meetings.at(-1)]
  return html`<article class="card stack">
    <img class="course-art" src="${course.images[0]?.src ?? sceneOf(course)}" width="320" height="200" alt="" />
    <div class="ticket-head">
      <div>
        <h2><a href="${at(lang, `/courses/${course.id}/`)}">${say(course.title, lang)}</a></h2>
        <p>${say(run.name, lang)}</p>
        <p class="soft small">${say(provider.name, lang)}</p>
      </div>
      ${priceTag(run.priceFen, lang)}
    </div>
    ${
      run.mergedInto === undefined
        ? ''
        : html`<p class="notice">
            ${w.merged} <a href="${at(lang, `/claim/?run=${run.mergedInto}&course=${course.id}`)}">${w.mergedInto}</a>
          </p>`
    }
    ${weekStrip(meetings, lang)}
    <dl class="facts">
      <div>
        <dt>${w.meets}</dt>
        <dd>${meetingPattern(meetings, lang)}</dd>
      </div>
      <div>
        <dt>${w.dates}</dt>
        <dd>${first && last ? span(first.startsAt, last.endsAt, lang) : ''}</dd>
      </div>
      <div>
        <dt>${w.venue}</dt>
        <dd>
          ${place(
            venues.find((venue) => venue.id === (run.venueId ?? first?.venueId)),
            first?.room ?? null,
            lang,
          )}
        </dd>
      </div>
      <div>
        <dt>${w.registration}</dt>
        <dd>${moment(run.opensAt, lang)} – ${moment(run.closesAt, lang)}</dd>
      </div>
    </dl>
    ${seatMeter(run.id, free, run.capacity, registrationAt(run.opensAt, run.closesAt, now), lang)}
    <p class="hint">${run.cancelUntilMinutes === 0 ? w.cancelNever : w.cancelBy(w.minutes(run.cancelUntilMinutes))}</p>
  </article>`
}
