import type { Reveal } from '@skills/contract/learners.routes.ts'
import { moment } from '../dates.ts'
import { html, type Html } from '../html.ts'
import { say, type Language } from '../language.ts'
import { revealsText } from './reveals.text.ts'

/** Who of a provider looked at her name or mobile: when, for which course, what for and in which words. */
export function revealsList(reveals: readonly Reveal[], lang: Language): Html {
  const w = revealsText[lang]
  if (reveals.length === 0) return html`<p class="soft">${w.none}</p>`
  return html`<ul class="notices">
    ${reveals.map(
      (one) =>
        html`<li data-reveal="${one.what}">
          <strong>${w.what[one.what]} · ${w.purposes[one.purpose]}</strong><span class="small soft">${moment(one.at, lang)}</span>
          <p>${w.by(say(one.providerName, lang), one.byName)}</p>
          <p class="small">${say(one.runTitle, lang)}</p>
          <p class="small soft">“${one.sentence}”</p>
        </li>`,
    )}
  </ul>`
}
