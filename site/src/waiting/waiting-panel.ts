import type { WaitlistEntry } from '@skills/contract/waitlist.routes.ts'
import { moment } from '../dates.ts'
import { html, icon, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { waitingText } from './waiting.text.ts'

/** A number slip as at a counter: where a person stands in a queue. `waiting` counts everybody, 0 when that is not known. */
export function numberSlip(entry: WaitlistEntry, waiting: number, lang: Language): Html {
  const w = waitingText[lang]
  return html`<p class="number-slip">
    <span class="small">${w.number}</span><b class="figures">${w.place(entry.place ?? 1)}</b>${
      waiting > 0
        ? html`<span class="small">${w.of(waiting)}</span>`
        : html`<span class="small">${w.since(moment(entry.joinedAt, lang))}</span>`
    }
  </p>`
}

/** The queue of a run that is full, as its claim page shows it. `mayJoin` is false while something else stands in the way; where seats are `priced`, that is reckoned anew when a turn comes. */
export function waitingPanel(
  entry: WaitlistEntry | null,
  waiting: number,
  { mayJoin, priced }: { mayJoin: boolean; priced: boolean },
  lang: Language,
): Html {
  const w = waitingText[lang]
  if (entry?.state === 'waiting')
    return html`<section class="card stack waiting" data-code="sold-out" data-waiting="yes" aria-labelledby="waiting-title">
      <h2 id="waiting-title">${icon('users')}${w.title}</h2>
      ${numberSlip(entry, waiting, lang)}
      <p class="soft small">${w.told}${priced ? html` ${w.anew}` : ''}</p>
      <div id="waiting-said" aria-live="assertive"></div>
      <button id="leave-queue" class="button danger" type="button">${w.leave}</button>
    </section>`
  return html`<section class="card stack waiting" data-code="sold-out" aria-labelledby="waiting-title">
    <h2 id="waiting-title">${icon('users')}${w.fullTitle}</h2>
    <p>${w.full}${priced ? html` ${w.anew}` : ''}</p>
    <p class="soft">${w.count(waiting)}</p>
    <div id="waiting-said" aria-live="assertive"></div>
    ${mayJoin ? html`<button id="join-queue" class="button big block" type="button">${w.join}</button>` : ''}
  </section>`
}

/** The offer of a seat, above the price and the button that takes it. */
export function offerNotice(entry: WaitlistEntry, lang: Language): Html {
  const w = waitingText[lang]
  return html`<div class="notice good-news" data-offer="${entry.runId}">
    ${icon('bell')}
    <div>
      <strong>${w.offerTitle}</strong>${entry.offerUntil ? w.offerUntil(moment(entry.offerUntil, lang)) : ''}
      <div id="offer-clock"></div>
      <div id="waiting-said" aria-live="assertive"></div>
      <p class="row"><button id="leave-queue" class="button plain" type="button">${w.decline}</button></p>
    </div>
  </div>`
}
