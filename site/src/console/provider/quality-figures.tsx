import { figureLines } from '../../complaint/quality-block.ts'
import { at, pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { Chart } from '../chart.tsx'
import { DataTable } from '../data-table.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { useAnswer, type AnswerOf } from '../use-answer.ts'
import { qualityText } from './quality.text.ts'

const lang = pageLanguage()
const w = qualityText[lang]
type Figures = NonNullable<AnswerOf<'getQuality'>['quality']>

/** The quality figures of a provider as everybody sees them, with a picture of the rates. */
export function QualityFigures({ providerId }: { providerId: string }) {
  const asked = useAnswer('getQuality', { params: { providerId } })
  return (
    <section className="stack" aria-labelledby="figures-title">
      <h3 id="figures-title">{w.figures}</h3>
      <Answered asked={asked}>
        {({ quality }) => (quality === null ? <NothingYet title={w.none} hint={w.noneHint} /> : <Shown figures={quality} />)}
      </Answered>
    </section>
  )
}

function Shown({ figures }: { figures: Figures }) {
  const lines = figureLines(figures, lang)
  const { response, upheld, cancellation, attendance } = figures.rates
  // The complaint rate is per hundred learners and stands in the table: beside percentages a bar of it would mislead.
  const drawn = [response, null, upheld, cancellation, attendance].flatMap((rate, place) =>
    rate === null ? [] : [{ name: lines[place]?.name ?? '', rate }],
  )
  return (
    <>
      <p className="soft small">{`${figures.since} – ${figures.until} · ${figures.formula}`}</p>
      {attendance === null && <p className="hint">{w.few}</p>}
      {drawn.length > 0 && (
        <Chart
          label={w.chart}
          lying
          names={drawn.map(({ name }) => name)}
          series={[{ name: w.rates, color: 'brand', values: drawn.map(({ rate }) => rate / 100) }]}
          say={(value) => `${value.toFixed(1)}%`}
        />
      )}
      <DataTable
        label={w.figure}
        rowKey="name"
        dataSource={lines}
        columns={[
          { title: w.figure, dataIndex: 'name' },
          { title: w.rate, render: (_, { rate }) => <span className="figures">{rate ?? '—'}</span> },
          { title: w.counts, render: (_, { counts }) => <span className="figures">{counts ?? '—'}</span> },
        ]}
      />
      <p>
        <a href={at(lang, '/about/quality/')}>{w.how}</a>
      </p>
    </>
  )
}
