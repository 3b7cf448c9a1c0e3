import type { Program } from '@skills/contract/funding.ts'
import { dateAt } from '@skills/contract/time.ts'
import { Tag } from 'antd'
import { useEffect, useState } from 'react'
import { loadTaxonomy } from '../../catalog/load.ts'
import { noTaxonomy } from '../../catalog/words.ts'
import { pageLanguage } from '../../language.ts'
import { fundingSaid, ruleSaid, stackingSaid } from './program-words.ts'
import { tabsText } from './tabs.text.ts'

const lang = pageLanguage()
const w = tabsText[lang].rules

/** The words of the catalog, once they are there. */
export function useTaxonomy() {
  const [taxonomy, setTaxonomy] = useState(noTaxonomy)
  useEffect(() => void loadTaxonomy().then(setTaxonomy), [])
  return taxonomy
}

/** What a program pays, for whom, since when and by which document. */
export function RulesView({ program }: { program: Program }) {
  const taxonomy = useTaxonomy()
  const today = dateAt(new Date().toISOString())
  const sets = program.ruleSets.toSorted((a, b) => (a.from < b.from ? 1 : -1))
  return (
    <div className="stack">
      <dl className="details">
        <div>
          <dt>{w.funding}</dt>
          <dd>{fundingSaid(program.funding, lang)}</dd>
        </div>
        <div>
          <dt>{w.stacking}</dt>
          <dd>{stackingSaid(program.stacking, lang)}</dd>
        </div>
        <div>
          <dt>{w.period}</dt>
          <dd>{w.from(program.period.from, program.period.until)}</dd>
        </div>
        <div>
          <dt>{w.scheme}</dt>
          <dd>{program.scheme}</dd>
        </div>
      </dl>
      {sets.map((set) => {
        const state = set.from > today ? 'later' : set.until !== null && set.until < today ? 'over' : 'inForce'
        return (
          <article key={set.version} className="card rule-set">
            <h3>
              {set.version} <Tag color={state === 'inForce' ? 'success' : 'default'}>{w[state]}</Tag>
            </h3>
            <p className="soft small">
              {w.from(set.from, set.until)} · {w.source} {set.source.title} {set.source.document}
            </p>
            {set.earns && <p className="small">{w.earns(set.earns.fullFromPercent, set.earns.shareFromPercent, set.earns.belowPercent)}</p>}
            {set.rules.length === 0 ? (
              <p>{w.none}</p>
            ) : (
              <ul>
                {set.rules.map((rule, at) => (
                  <li key={at}>{ruleSaid(rule, taxonomy, lang)}</li>
                ))}
              </ul>
            )}
          </article>
        )
      })}
    </div>
  )
}
