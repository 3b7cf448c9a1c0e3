import { rank, recordsIn, type RankParts } from '@skills/contract/ranking.ts'
import type { CatalogIndex, CourseRow } from '@skills/contract/snapshot.ts'
import { html, type Html } from '../html.ts'
import { at, type Language } from '../language.ts'
import { rankingText } from './ranking.text.ts'

/** How many courses the page works out. */
const shown = 20
const points = (hundredths: number) => (hundredths / 100).toFixed(2)

/** Points as cells of a row. */
export const pointCells = ({ stars, record, run, fresh, total }: RankParts): Html =>
  html`${[stars, record, run, fresh].map((one) => html`<td class="figures">${points(one)}</td>`)}
    <td class="figures"><strong>${points(total)}</strong></td>`

/** The first courses of the recommended order on a civil date with the points of each, or that there are none. */
export function rankingTable(rows: readonly CourseRow[], providers: CatalogIndex['providers'], date: string, lang: Language): Html {
  const w = rankingText[lang]
  if (rows.length === 0) return html`<p>${w.none}</p>`
  const names = new Map(providers.map(({ id, name }) => [id, name[lang]]))
  const ranked = rank(
    rows.map((row) => ({ row })),
    recordsIn(providers),
    date,
  ).slice(0, shown)
  return html`<p class="soft">${w.date(date)}</p>
    <div class="ranking-scroll" role="region" tabindex="0" aria-label="${w.table}">
      <table class="ranking">
        <thead>
          <tr>
            ${w.columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${ranked.map(
            ({ entry: { row }, parts, behind }, place) =>
              html`<tr>
                <td class="figures">${place + 1}</td>
                <th scope="row">
                  <a href="${at(lang, `/courses/${row.id}/`)}">${lang === 'zh' ? row.t : row.e}</a>
                  <span class="soft">${names.get(row.p) ?? ''}${behind ? ` · ${w.repeats}` : ''}</span>
                </th>
                ${pointCells(parts)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`
}
