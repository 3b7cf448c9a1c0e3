import type { CourseRow } from '@skills/contract/snapshot.ts'
import { card } from '../catalog/card.ts'
import { loadIndex, loadRows } from '../catalog/load.ts'
import { registrationAt } from '../catalog/seats.ts'
import { html, type Html } from '../html.ts'
import { at, type Language } from '../language.ts'
import { claimText } from './claim.text.ts'

/** Up to four other courses of the same trade or industry that take people now, nearest first. */
export async function alternatives(
  course: { id: string; trade: string | null; industry: string },
  lang: Language,
  now: number,
): Promise<Html> {
  const w = claimText[lang]
  const index = await loadIndex()
  const names = new Map(index.providers.map((provider) => [provider.id, provider.name[lang]]))
  const rows = index.rows[0] ? await loadRows(index.rows[0].file) : []
  const near = (row: CourseRow) => (course.trade !== null && row.d === course.trade ? 0 : row.n === course.industry ? 1 : 2)
  const open = (row: CourseRow) => row.r.find((run) => registrationAt(run[1], run[2], now) === 'open' && run[7] > 0)
  const found = rows
    .filter((row) => row.id !== course.id && open(row))
    .sort((a, b) => near(a) - near(b))
    .slice(0, 4)
  return html`<section class="section">
    <h2>${w.alternatives}</h2>
    ${
      found.length === 0
        ? html`<p><a class="button plain" href="${at(lang, '/courses/')}">${w.noAlternatives}</a></p>`
        : html`<ul class="goods">
            ${found.map((row) => card(row, lang, now, names.get(row.p) ?? '', open(row)))}
          </ul>`
    }
  </section>`
}
