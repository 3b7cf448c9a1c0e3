import type { Term } from '@skills/contract/taxonomy.ts'
import { Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { loadIndex, loadRows } from '../../catalog/load.ts'
import { tradeName } from '../../catalog/words.ts'
import { pageLanguage } from '../../language.ts'
import { Chart } from '../chart.tsx'
import { DataTable } from '../data-table.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { useTaxonomy } from '../union/rules-view.tsx'
import { countTerms, topTrades, type TermCounts } from './taxonomy-counts.ts'
import { taxonomyText } from './taxonomy.text.ts'

const lang = pageLanguage()
const w = taxonomyText[lang]
const charted = 10
/** Which count belongs to which list; of the others nothing is counted. */
const countOf: Record<string, 'trade' | 'level' | 'industry' | 'region'> = {
  specialOperations: 'trade',
  trades: 'trade',
  levels: 'level',
  industries: 'industry',
  regions: 'region',
}

/** The lists of the taxonomy to look through: versions, sources, words, and how many public courses use each. Nothing is changed here. */
export default function TaxonomyPage() {
  const taxonomy = useTaxonomy()
  const counts = usePublicCounts()
  const [name, setName] = useState('specialOperations')
  const [typed, setTyped] = useState('')
  const list = taxonomy.lists[name]
  if (list === undefined) return <NothingYet title={w.missing} hint={w.missingHint} level={2} />
  const wanted = typed.trim().toLowerCase()
  const found = list.terms.filter(({ code, name: { zh, en } }) => `${code} ${zh} ${en}`.toLowerCase().includes(wanted))
  const counted = countOf[name]
  const names = new Map(list.terms.map((term) => [term.code, term.name[lang]]))
  return (
    <section className="stack" aria-labelledby="taxonomy-title">
      <div>
        <h2 id="taxonomy-title">{w.title}</h2>
        <p className="soft">{w.hint(taxonomy.version)}</p>
      </div>
      {counts !== undefined && <Popular counts={counts} say={(code) => tradeName(taxonomy, code, lang)} />}
      <div className="stack-s">
        <label htmlFor="taxonomy-list">{w.list}</label>
        <Select
          id="taxonomy-list"
          className="wide-select"
          value={name}
          options={Object.keys(taxonomy.lists).map((value) => ({ value, label: w.lists[value] ?? value }))}
          onChange={setName}
        />
        <label htmlFor="taxonomy-search">{w.search}</label>
        <Input
          id="taxonomy-search"
          type="search"
          placeholder={w.placeholder}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <dl className="details">
        <div>
          <dt>{w.version}</dt>
          <dd>{list.version}</dd>
        </div>
        <div>
          <dt>{w.source}</dt>
          <dd>{list.source}</dd>
        </div>
      </dl>
      {found.length === 0 ? (
        <NothingYet title={w.none} hint={w.noneHint} />
      ) : (
        <DataTable<Term>
          label={w.lists[name] ?? name}
          rowKey="code"
          dataSource={found}
          columns={[
            { title: w.zh, render: (_, term) => term.name.zh },
            { title: w.en, render: (_, term) => <span lang="en">{term.name.en}</span> },
            { title: w.code, dataIndex: 'code' },
            { title: w.parent, render: (_, { parent }) => (parent === undefined ? '' : (names.get(parent) ?? parent)) },
            ...(counted === undefined || counts === undefined
              ? []
              : [{ title: w.courses, align: 'right' as const, render: (_: unknown, { code }: Term) => counts[counted].get(code) ?? 0 }]),
          ]}
        />
      )}
    </section>
  )
}

function Popular({ counts, say }: { counts: TermCounts; say: (code: string) => string }) {
  const top = topTrades(counts, charted)
  if (top.length === 0) return null
  return (
    <div className="card stack-s">
      <h3>{w.chart}</h3>
      <Chart
        lying
        label={`${w.chart}: ${top.map(([code, count]) => `${say(code)} ${w.count(count)}`).join(', ')}`}
        names={top.map(([code]) => say(code))}
        series={[{ name: w.courses, color: 'brand', values: top.map(([, count]) => count) }]}
        say={w.count}
        axis={(count) => (Number.isInteger(count) ? w.count(count) : '')}
      />
      <p className="small soft">{`${w.other}: ${w.count(counts.withoutTrade)}`}</p>
    </div>
  )
}

/** What the published catalog has of each term; undefined until it is read, or where it cannot be. */
function usePublicCounts(): TermCounts | undefined {
  const [counts, setCounts] = useState<TermCounts>()
  useEffect(() => {
    loadIndex()
      .then(({ rows }) => Promise.all(rows.map(({ file }) => loadRows(file))))
      .then(
        (files) => setCounts(countTerms(files.flat())),
        () => undefined,
      )
  }, [])
  return counts
}
