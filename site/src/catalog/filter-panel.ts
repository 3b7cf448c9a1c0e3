import { html, icon, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { priceSteps, type Counts } from './browse.ts'
import { catalogText } from './catalog.text.ts'
import { filtersSet, lists, type ListFacet, type Wish } from './wish.ts'
import { names, termName, tradeName, word, type Taxonomy } from './words.ts'

/** What a value of a facet is called. */
function valueName(facet: ListFacet, value: string, taxonomy: Taxonomy, lang: Language): string {
  if (facet === 'industry') return termName(taxonomy, 'industries', value, lang)
  if (facet === 'region') return termName(taxonomy, 'regions', value, lang)
  if (facet === 'trade') return tradeName(taxonomy, value, lang)
  return facet === 'price' ? (catalogText[lang].steps[value] ?? value) : word(facet, value, lang)
}

/** The values of a facet in the order to show them: fixed words and industries always, places and trades where there is something. */
function valuesOf(facet: ListFacet, counts: Counts | undefined, wish: Wish, taxonomy: Taxonomy): string[] {
  if (facet === 'price') return [...priceSteps]
  if (facet === 'level' || facet === 'delivery' || facet === 'language') return Object.keys(names[facet])
  const terms = facet === 'industry' ? 'industries' : facet === 'region' ? 'regions' : undefined
  const there = new Set([...(counts?.[facet].keys() ?? []), ...wish[facet]])
  if (facet === 'industry') return taxonomy.lists['industries']?.terms.map((term) => term.code) ?? [...there]
  if (terms) return [...there].sort()
  return [...there].sort((a, b) => (counts?.[facet].get(b) ?? 0) - (counts?.[facet].get(a) ?? 0) || a.localeCompare(b)).slice(0, 60)
}

const open: readonly ListFacet[] = ['industry', 'price', 'delivery']

/** The panel of filters. Without counts (at build, or before the catalog is there) the numbers are left out. */
export function filterPanel(wish: Wish, counts: Counts | undefined, taxonomy: Taxonomy, lang: Language): Html {
  const w = catalogText[lang]
  const group = (facet: ListFacet) =>
    html`<details class="facet" data-facet="${facet}" ${open.includes(facet) || wish[facet].length > 0 ? 'open' : ''}>
      <summary>${w[facet]}</summary>
      <fieldset class="facet-values">
        <legend class="unseen">${w[facet]}</legend>
        ${valuesOf(facet, counts, wish, taxonomy).map((value) => {
          const count = counts?.[facet].get(value) ?? 0
          return html`<label class="tick"
            ><input type="checkbox" name="${facet}" value="${value}" ${wish[facet].includes(value) ? 'checked' : ''} /><span
              >${valueName(facet, value, taxonomy, lang)}</span
            ><span class="count figures">${counts ? count : ''}</span></label
          >`
        })}
      </fieldset>
    </details>`
  return html`<div class="facets">
    <label class="tick only-seats"
      ><input type="checkbox" name="seats" value="yes" ${wish.seats ? 'checked' : ''} /><span>${w.onlySeats}</span
      ><span class="count figures">${counts ? counts.seats : ''}</span></label
    >
    ${group('industry')}
    <fieldset class="facet dates">
      <legend>${w.dates}</legend>
      <label class="field"><span class="hint">${w.from}</span><input type="date" name="from" value="${wish.from}" /></label>
      <label class="field"><span class="hint">${w.to}</span><input type="date" name="to" value="${wish.to}" /></label>
    </fieldset>
    ${lists.filter((facet) => facet !== 'industry').map(group)}
  </div>`
}

/** The filters that are set, each a button that takes it off. */
export function chosen(wish: Wish, taxonomy: Taxonomy, lang: Language): Html {
  const w = catalogText[lang]
  if (filtersSet(wish) === 0) return html``
  const chip = (name: string, facet: string, value: string) =>
    html`<button class="chip" type="button" data-off="${facet}" data-value="${value}" aria-label="${w.remove(name)}">
      ${name}${icon('x')}
    </button>`
  return html`${lists.flatMap((facet) => wish[facet].map((value) => chip(valueName(facet, value, taxonomy, lang), facet, value)))}${wish.seats ? chip(w.onlySeats, 'seats', '') : ''}${wish.from || wish.to ? chip(`${wish.from || '…'} – ${wish.to || '…'}`, 'dates', '') : ''}<button
      class="button quiet"
      type="button"
      data-off="all"
    >
      ${w.clear}
    </button>`
}
