import type { LearningItem } from '@skills/contract/enrollment.routes.ts'
import { meetingPattern } from '../course/pattern.ts'
import { clockAt } from '@skills/contract/time.ts'
import { html, icon, type Html } from '../html.ts'
import { at, say, type Language } from '../language.ts'
import { learningText } from './learning.text.ts'

/** A seat that is held until it is paid for: how long still, the way to pay, the way to let it go. `now` is milliseconds. */
export function heldCard({ enrollment, run, title, providerName }: LearningItem, lang: Language, now: number): Html {
  const w = learningText[lang]
  const { holdUntil, orderId } = enrollment
  const over = holdUntil === null || Date.parse(holdUntil) <= now
  return html`<li class="ticket learning on-hold" data-enrollment="${enrollment.id}" data-phase="held">
    <div>
      <h3><a href="${at(lang, `/courses/${enrollment.courseId}/`)}">${say(title, lang)}</a></h3>
      <p class="soft">${say(run.name, lang)} · ${say(providerName, lang)}</p>
      <p class="soft small">${meetingPattern(run.meetings, lang)}</p>
    </div>
    ${
      over
        ? html`<p class="soft">${w.overHint}</p>
            <div class="ticket-foot"><a class="button" href="${at(lang, `/orders/return/?order=${orderId ?? ''}`)}">${w.look}</a></div>`
        : html`<div data-hold-until="${holdUntil}"></div>
            <p>${w.heldUntil(clockAt(holdUntil))}</p>
            <div class="ticket-foot">
              <a class="button" href="${at(lang, `/orders/pay/?order=${orderId ?? ''}`)}">${icon('credit-card')}${w.pay}</a
              ><button class="button quiet" type="button" data-cancel="${enrollment.id}">${w.letGo}</button>
            </div>`
    }
  </li>`
}
