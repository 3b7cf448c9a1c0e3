import type { WaitlistEntry } from '@skills/contract/waitlist.routes.ts'
import { moment } from '../dates.ts'
import { html, icon, type Html } from '../html.ts'
import { at, say, type Language } from '../language.ts'
import { numberSlip } from './waiting-panel.ts'
import { waitingText } from './waiting.text.ts'

/** Where a person waits, or the seat that is offered, as it stands in my learning. */
export function entryCard(entry: WaitlistEntry, lang: Language): Html {
  const w = waitingText[lang]
  const href = at(lang, `/claim/?run=${entry.runId}`)
  const title = html`<h3><a href="${href}">${say(entry.title, lang)}</a></h3>`
  if (entry.state === 'offered')
    return html`<li class="ticket learning offered" data-entry="${entry.runId}" data-phase="offered">
      ${title}
      <p><strong>${w.offerTitle}</strong></p>
      <div data-offer-until="${entry.offerUntil}"></div>
      <p>${entry.offerUntil ? w.offerUntil(moment(entry.offerUntil, lang)) : ''}</p>
      <div class="waiting-said" aria-live="assertive"></div>
      <div class="ticket-foot">
        <a class="button" href="${href}">${icon('ticket')}${w.take}</a
        ><button class="button quiet" type="button" data-leave-queue="${entry.runId}">${w.decline}</button>
      </div>
    </li>`
  return html`<li class="ticket learning waits" data-entry="${entry.runId}" data-phase="waiting">
    ${title} ${numberSlip(entry, 0, lang)}
    <div class="waiting-said" aria-live="assertive"></div>
    <div class="ticket-foot">
      <a class="button plain" href="${href}">${w.course}</a
      ><button class="button quiet" type="button" data-leave-queue="${entry.runId}">${w.leave}</button>
    </div>
  </li>`
}
