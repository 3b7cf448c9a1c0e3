import type { Obstacle } from '@skills/contract/enrollment.routes.ts'
import type { Price } from '@skills/contract/price.routes.ts'
import type { WaitlistEntry } from '@skills/contract/waitlist.routes.ts'
import { html, icon, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { confirmWords } from '../price/confirm-words.ts'
import { offerNotice, waitingPanel } from '../waiting/waiting-panel.ts'
import { claimText } from './claim.text.ts'
import { waysOn } from './ways-on.ts'

/** What is known before the button is pressed. */
export interface ClaimView {
  obstacles: Obstacle[]
  needsHealth: boolean
  /** Asked for only where no seat is free. */
  queue: { entry: WaitlistEntry | null; waiting: number } | undefined
  courseId: string
  /** This page, to come back to. */
  back: string
  price: Price | undefined
  slip: Html
  /** Whether the health commitment is ticked already. */
  ticked: boolean
  /** What has just happened and must be read first. */
  note: Html | undefined
}

/** What stands beside the run: what is missing, the offer or the queue, the price, and the button, in the order in which they are needed. */
export function claimView(view: ClaimView, lang: Language): Html {
  const w = claimText[lang]
  const { obstacles, queue, price } = view
  const notOpen = obstacles.find((one) => one.code === 'registration-not-open')
  const full = queue !== undefined && queue.entry?.state !== 'offered' && obstacles.some((one) => one.code === 'sold-out')
  const missing = obstacles.filter((one) => one !== notOpen && !(full && one.code === 'sold-out'))
  const button = price ? confirmWords(price, lang) : w.claim
  return html`${view.note ?? ''}
  ${
    missing.length > 0
      ? html`<section class="stack" aria-labelledby="missing">
          <h2 id="missing">${w.missing}</h2>
          ${missing.map((one) => missingNotice(one, view, lang))}
        </section>`
      : ''
  }
  ${
    notOpen
      ? html`<div class="notice warn">
          ${icon('hourglass')}
          <div>
            <strong>${w.notOpen}</strong>${notOpen.detail[lang]}
            <div id="clock"></div>
            <span class="small soft">${w.wait}</span>
          </div>
        </div>`
      : ''
  }
  ${queue?.entry?.state === 'offered' ? offerNotice(queue.entry, lang) : ''}
  ${full ? waitingPanel(queue.entry, queue.waiting, { mayJoin: missing.length === 0 && !notOpen, priced: price !== undefined }, lang) : ''}
  ${
    obstacles.length === 0 && !price
      ? html`<div class="notice good-news">
          ${icon('circle-check')}
          <div><strong>${w.ready}</strong>${w.readyHint}</div>
        </div>`
      : ''
  }
  ${view.slip}
  ${
    missing.length > 0
      ? html`<button id="recheck" class="button plain" type="button">${icon('refresh-cw')}${w.recheck}</button>`
      : full
        ? ''
        : html`${view.needsHealth ? commitment(view.ticked, lang) : ''}
            <div id="said" aria-live="assertive"></div>
            <div class="go-bar">
              <button id="go" class="button big block" type="button" ${notOpen ? 'disabled' : ''}>${button}</button>
            </div>
            ${price && price.split.payableFen > 0 ? html`<p class="hint">${w.holdHint(price.holdMinutes)}</p>` : ''}`
  }`
}

const commitment = (ticked: boolean, lang: Language) =>
  html`<fieldset class="card">
    <legend class="unseen">${claimText[lang].healthTitle}</legend>
    <label class="tick"><input id="health" type="checkbox" ${ticked ? 'checked' : ''} /><span>${claimText[lang].health}</span></label>
  </fieldset>`

function missingNotice(one: Obstacle, { courseId, back }: ClaimView, lang: Language): Html {
  return html`<div class="notice warn" data-code="${one.code}">
    ${icon('triangle-alert')}
    <div>
      ${one.detail[lang]}
      <p class="row">${waysOn(one.code, courseId, back, lang).actions}</p>
    </div>
  </div>`
}
