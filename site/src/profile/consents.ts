import type { Consent } from '@skills/contract/people.routes.ts'
import { html, type Html } from '../html.ts'
import { say, type Language } from '../language.ts'
import { profileText } from './profile.text.ts'

/** Whether a consent stands for the notice as it is now. */
const stands = (consent: Consent) => consent.given && consent.givenVersion === consent.noticeVersion

/** One purpose with its notice and the two things a person can do. */
export function consentCard(consent: Consent, lang: Language): Html {
  const w = profileText[lang]
  const name = w.purposes[consent.purpose] ?? consent.purpose
  const ok = stands(consent)
  return html`<li class="consent" data-purpose="${consent.purpose}">
    <p class="row">
      <strong>${name}</strong><span class="label ${consent.optional ? '' : 'warn'}">${consent.optional ? w.optional : w.required}</span
      ><span class="label ${ok ? 'good-news' : ''}">${ok ? w.given : w.notGiven}</span>
    </p>
    ${consent.given && !ok ? html`<p class="small soft">${w.outdated}</p>` : ''}
    <details ${!consent.optional && !ok ? 'open' : ''}>
      <summary>${w.read}</summary>
      <p class="notice-text">${say(consent.notice, lang)}</p>
      <p class="hint">${w.version(consent.noticeVersion)}</p>
    </details>
    ${
      ok
        ? html`<button
            class="button plain"
            type="button"
            data-consent="${consent.purpose}"
            data-give="no"
            aria-label="${`${w.withdraw}：${name}`}"
          >
            ${w.withdraw}
          </button>`
        : html`<button class="button" type="button" data-consent="${consent.purpose}" data-give="yes" aria-label="${`${w.agree}：${name}`}">
            ${w.agree}
          </button>`
    }
  </li>`
}
