import { yuan } from '@skills/contract/money.ts'
import type { PriceLine } from '@skills/contract/price.routes.ts'
import { html, icon, type Html } from '../html.ts'
import { say, type Language } from '../language.ts'
import { moneyText } from './price.text.ts'

/** A program that was considered, as a line of the slip: what it pays, or why not; opened, what would change it, by which rule, and whom to ask. */
export function programLine(line: PriceLine, lang: Language): Html {
  const w = moneyText[lang]
  const [first] = line.reasons
  const source = [line.source.title, line.source.document].filter(Boolean).join(' · ')
  return html`<li class="program" data-program="${line.programId}" data-granted="${line.granted ? 'yes' : 'no'}">
    <p class="program-head">
      ${icon(line.granted ? 'circle-check' : 'circle-minus')}
      <span class="program-name"
        >${say(line.name, lang)}${line.voucher ? html` <span class="label brand">${w.voucherTag}</span>` : ''}</span
      >
      <b class="figures">${line.granted ? `−${yuan(line.fen)}` : w.notGranted}</b>
    </p>
    ${line.granted || !first ? '' : html`<p class="program-why">${say(first.reason, lang)}</p>`}
    ${line.review === 'open' ? html`<p class="program-why label warn" tabindex="-1">${icon('hourglass')}${w.reviewOpen}</p>` : ''}
    <details ${line.reviewable && line.review === null ? 'data-reviewable' : ''}>
      <summary aria-label="${`${line.granted ? w.details : w.why}：${say(line.name, lang)}`}">${line.granted ? w.details : w.why}</summary>
      <div class="stack-s program-more">
        ${
          line.granted
            ? ''
            : html`<ul class="reasons">
                ${line.reasons.map(
                  ({ code, reason, wouldHelp }) =>
                    html`<li data-reason="${code}">
                      ${say(reason, lang)}${wouldHelp ? html`<span class="would">${icon('arrow-right')}<span>${w.help}${say(wouldHelp, lang)}</span></span>` : ''}
                    </li>`,
                )}
              </ul>`
        }
        <p class="small soft">${w.by(say(line.sponsorName, lang))}</p>
        ${source === '' ? '' : html`<p class="small soft">${w.source}${source}${line.source.version ? html` (${w.version(line.source.version)})` : ''}</p>`}
        ${line.review === 'granted' ? html`<p class="small">${line.granted ? w.reviewGranted : w.reviewGrantedBut}</p>` : ''}
        ${line.review === 'refused' ? html`<p class="small">${w.reviewRefused}</p>` : ''}
        ${line.reviewReason === null ? '' : html`<p class="small">${w.reviewReason}${line.reviewReason}</p>`}
        ${!line.granted && line.reviewable && line.review === null ? reviewForm(line, lang) : ''}
      </div>
    </details>
  </li>`
}

/** Asks people to look at a refusal. The statement goes to the union; nothing of it is kept in the page. */
function reviewForm({ programId, voucher }: PriceLine, lang: Language): Html {
  const w = moneyText[lang]
  const id = `statement-${programId}${voucher ? '-voucher' : ''}`
  return html`<form class="review stack-s" data-review="${programId}" ${voucher ? 'data-voucher' : ''} novalidate>
    <div class="field">
      <label for="${id}">${icon('scale')} ${w.reviewAsk} · ${w.reviewLabel}</label><span class="hint" id="${id}-hint">${w.reviewHint}</span
      ><textarea id="${id}" name="statement" rows="3" maxlength="500" aria-describedby="${id}-hint"></textarea>
    </div>
    <div class="review-said" aria-live="assertive"></div>
    <button class="button plain" type="submit">${w.reviewSend}</button>
  </form>`
}
