import { yuan } from '@skills/contract/money.ts'
import type { Price } from '@skills/contract/price.routes.ts'
import { clockAt } from '@skills/contract/time.ts'
import { priceTag } from '../catalog/price.ts'
import { html, icon, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { moneyText } from './price.text.ts'
import { programLine } from './program-line.ts'
import { refundSentence } from './refund-policy.ts'
import { splitBar } from './split-bar.ts'

/** A price as a till slip: the list price, every program with its reasons, who pays what, the sum that is left. `voucher` says whether one was given. */
export function priceSlip(price: Price, voucher: boolean, lang: Language): Html {
  const w = moneyText[lang]
  const { split } = price
  const less = (name: string, fen: number) =>
    fen > 0 ? html`<p class="slip-line"><span>${name}</span><b class="figures">−${yuan(fen)}</b></p>` : ''
  return html`<section class="slip" aria-labelledby="price-title">
    <div class="slip-in">
      <h2 id="price-title">${icon('receipt')}${w.title}</h2>
      <p class="slip-line"><span>${w.list}</span><b class="figures">${yuan(split.listFen)}</b></p>
      ${
        price.programs.length === 0
          ? html`<p class="soft small">${w.none}</p>`
          : html`<ul class="programs">
              ${price.programs.map((line) => programLine(line, lang))}
            </ul>`
      }
      ${less(w.employer, split.employerFen)}${less(w.discount, split.discountFen)} ${splitBar(split, lang)}
      <p class="slip-total">
        <span>${w.you}</span>
        <span class="slip-sum"
          >${split.payableFen < split.listFen ? html`<s class="figures soft"><span class="unseen">${w.list} </span>${yuan(split.listFen)}</s>` : ''}${priceTag(split.payableFen, lang, true)}</span
        >
      </p>
      <p class="hint">${w.validUntil(clockAt(price.quoteExpiresAt))}</p>
      ${voucherForm(price.voucherRefused, voucher, lang)}
      <div class="slip-terms small">
        <p><strong>${w.refund}</strong> ${refundSentence(price.refundPolicy, lang)}</p>
        <p class="soft">${w.refundWhole}</p>
      </div>
    </div>
  </section>`
}

function voucherForm(refused: boolean, given: boolean, lang: Language): Html {
  const w = moneyText[lang]
  if (given && !refused)
    return html`<p class="voucher-in" tabindex="-1">
      ${icon('ticket-percent')}<span>${w.voucherUsed}</span>
      <button id="voucher-drop" class="button quiet" type="button">${w.voucherDrop}</button>
    </p>`
  return html`<details id="voucher" ${refused ? 'open' : ''}>
    <summary>${w.voucher}</summary>
    <form id="voucher-form" class="voucher" novalidate>
      <div class="field">
        <label for="voucher-code">${w.voucherCode}</label><span class="hint" id="voucher-hint">${w.voucherHint}</span
        ><input
          id="voucher-code"
          name="voucher"
          maxlength="40"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          aria-describedby="voucher-hint voucher-error"
          ${refused ? 'aria-invalid=true' : ''}
        />
      </div>
      <button class="button plain" type="submit">${w.voucherUse}</button>
      <p class="field-error" id="voucher-error" aria-live="assertive">
        ${refused ? html`${icon('circle-alert')}<span>${w.voucherNo}</span>` : ''}
      </p>
    </form>
  </details>`
}
