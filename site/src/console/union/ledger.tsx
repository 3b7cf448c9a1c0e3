import { moment } from '../../dates.ts'
import { pageLanguage } from '../../language.ts'
import { Money } from '../money.tsx'
import { useAnswer, type AnswerOf } from '../use-answer.ts'
import { usePages } from '../use-pages.ts'
import { PagedTable } from './paged-table.tsx'
import { tabsText } from './tabs.text.ts'
import { unionText } from './union.text.ts'

type Line = AnswerOf<'listMoney'>['items'][number]
const lang = pageLanguage()
const w = tabsText[lang].ledger
const account = (name: string) => (w.accounts as Record<string, string>)[name] ?? name

/** Every movement of a program's money. */
export function Ledger({ programId }: { programId: string }) {
  const pages = usePages('listMoney', programId)
  const { value } = useAnswer('listAllocations', { params: { programId } })
  const runOf = (id: string) => value?.allocations.find(({ allocation }) => allocation.runId === id)
  const about = ({ reference, runId }: Line) => {
    const run = runId === null ? undefined : runOf(runId)
    return reference ?? (run ? `${run.runTitle[lang]} · ${run.runName[lang]}` : (runId ?? '—'))
  }
  return (
    <PagedTable<Line>
      pages={pages}
      label={unionText[lang].tabs.ledger}
      none={w.none}
      noneHint={w.noneHint}
      rowKey={({ id, from }) => `${id}/${from}`}
      columns={[
        { title: w.at, render: (_, { at }) => moment(at, lang) },
        { title: w.from, render: (_, { from }) => account(from) },
        { title: w.to, render: (_, { to }) => account(to) },
        { title: w.sum, align: 'right', render: (_, { fen }) => <Money fen={fen} /> },
        { title: w.about, render: (_, line) => about(line) },
      ]}
    />
  )
}
