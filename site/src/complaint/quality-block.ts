import type { QualityFigures } from '@skills/contract/quality.ts'
import { qualityText } from '../about/quality.text.ts'
import { html, type Html } from '../html.ts'
import { at, type Language } from '../language.ts'

/** Basis points as a percentage with one decimal. */
const percent = (bp: number) => `${(Math.round(bp / 10) / 10).toFixed(1)}%`

/** Each figure with what it is made of: its name, the rate as people read it (null: none), and the counts. */
export function figureLines(
  { counts, rates }: QualityFigures,
  lang: Language,
): { name: string; rate: string | null; counts: string | null }[] {
  const w = qualityText[lang].block
  const line = (name: string, rate: number | null, part: number, whole: number, say = percent) => ({
    name,
    rate: rate === null ? null : say(rate),
    counts: w.of(part, whole),
  })
  const perHundred = (bp: number) => (bp / 100).toFixed(2)
  return [
    line(w.response, rates.response, counts.answeredInTime, counts.answersDue),
    line(w.complaint, rates.complaint, counts.complaints, counts.attended, perHundred),
    line(w.upheld, rates.upheld, counts.upheld, counts.decided),
    line(w.cancellation, rates.cancellation, counts.cancelled, counts.runs),
    line(w.attendance, rates.attendance, counts.completed, counts.credited),
    { name: w.pass, rate: w.noPass, counts: null },
  ]
}

/** The figures of a provider as a page shows them, with the way to how they are reckoned. */
export function qualityBlock(figures: QualityFigures | null, lang: Language): Html {
  const w = qualityText[lang].block
  const how = html`<a href="${at(lang, '/about/quality/')}">${w.how}</a>`
  if (figures === null) return html`<p class="soft small">${w.none} ${how}</p>`
  const few = figures.rates.attendance === null
  return html`<h3>${w.title}</h3>
    <p class="soft small">${w.window(figures.since, figures.until)}</p>
    ${few ? html`<p class="hint">${w.few}</p>` : ''}
    <dl class="quality-figures">
      ${figureLines(figures, lang).map(
        ({ name, rate, counts }) =>
          html`<div>
            <dt>${name}</dt>
            <dd class="figures">
              ${rate ?? counts ?? w.noData}${rate !== null && counts !== null ? html`<span class="small soft">${counts}</span>` : ''}
            </dd>
          </div>`,
      )}
    </dl>
    <p class="small">${how}</p>`
}
