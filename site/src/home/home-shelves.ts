import { card } from '../catalog/card.ts'
import { termName, type Taxonomy } from '../catalog/words.ts'
import { aisleOf } from '../art/scene-of.ts'
import { html, icon, type Html } from '../html.ts'
import { at, type Language } from '../language.ts'
import { empty } from '../page/empty.ts'
import { homeText } from './home.text.ts'
import type { Place, Shelves } from './shelves.ts'

type ProviderName = (id: string) => string

/** The shelves of the home page, those with something on them. */
export function homeShelves(shelves: Shelves, lang: Language, now: number, providerName: ProviderName): Html {
  const w = homeText[lang]
  const shelf = (title: string, hint: string, query: string, places: Place[]) =>
    places.length === 0
      ? ''
      : html`<section class="section shelf">
          <div class="section-head">
            <h2>${title}</h2>
            <p class="soft">${hint}</p>
            <a href="${at(lang, `/courses/${query}`)}" aria-label="${`${w.all}：${title}`}">${w.all}${icon('arrow-right')}</a>
          </div>
          <ul class="aisle-row" tabindex="0" aria-label="${title}">
            ${places.map(({ row, run }) => card(row, lang, now, providerName(row.p), run))}
          </ul>
        </section>`
  const all = [
    shelf(w.fresh, w.freshHint, '?seats=yes', shelves.open),
    shelf(w.few, w.fewHint, '?seats=yes', shelves.few),
    shelf(w.soon, w.soonHint, '?sort=soon', shelves.soon),
  ]
  return all.every((one) => one === '') ? empty(w.emptyTitle, w.emptyHint) : html`${all}`
}

/** The signs that hang over the aisles: a number, an industry, how much is there. */
export function aisleSigns(taxonomy: Taxonomy, industries: Map<string, number>, lang: Language): Html {
  const w = homeText[lang]
  const codes = taxonomy.lists['industries']?.terms.map((term) => term.code) ?? [...industries.keys()]
  return html`${codes.map(
    (code, i) =>
      html`<li class="sign-board">
        <a href="${at(lang, `/courses/?industry=${code}`)}"
          ><span class="sign-number figures" aria-hidden="true">${i + 1}</span
          ><span
            ><strong>${termName(taxonomy, 'industries', code, lang)}</strong
            ><span class="sign-count">${industries.size > 0 ? w.courses(industries.get(code) ?? 0) : '\u00a0'}</span></span
          ><img src="/art/${aisleOf(code)}-0.svg" width="320" height="200" alt="" loading="lazy"
        /></a>
      </li>`,
  )}`
}
