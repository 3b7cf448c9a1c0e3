import { Button, Skeleton } from 'antd'
import { DataTable } from '../data-table.tsx'
import { moment } from '../../dates.ts'
import { pageLanguage } from '../../language.ts'
import { Money } from '../money.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { useAnswer, type AnswerOf } from '../use-answer.ts'
import { usePages } from '../use-pages.ts'
import { tabsText } from './tabs.text.ts'
import { unionText } from './union.text.ts'

type Line = AnswerOf<'listMoney'>['items'][number]
const lang = pageLanguage()
const w = tabsText[lang].ledger
const account = (name: string) => (w.accounts as Record<string, string>)[name] ?? name

/** Every movement of a program's money. */
export function Ledger({ programId }: { programId: string }) {
  const { items, next, failed, loading, more } = usePages('listMoney', programId)
  const { value } = useAnswer('listAllocations', { params: { programId } })
  const runOf = (id: string) => value?.allocations.find(({ allocation }) => allocation.runId === id)
  const about = ({ reference, runId }: Line) => {
    const run = runId === null ? undefined : runOf(runId)
    return reference ?? (run ? `${run.runTitle[lang]} · ${run.runName[lang]}` : (runId ?? '—'))
  }
  if (items === undefined)
    return failed ? <ProblemAlert failed={failed} again={more} /> : <Skeleton active title={false} paragraph={{ rows: 6 }} />
  if (items.length === 0) return <NothingYet title={w.none} hint={w.noneHint} />
  return (
    <div className="stack">
      <DataTable<Line>
        label={unionText[lang].tabs.ledger}
        rowKey={({ id, from }) => `${id}/${from}`}
        dataSource={items}
        pagination={false}
        columns={[
          { title: w.at, render: (_, { at }) => moment(at, lang) },
          { title: w.from, render: (_, { from }) => account(from) },
          { title: w.to, render: (_, { to }) => account(to) },
          { title: w.sum, align: 'right', render: (_, { fen }) => <Money fen={fen} /> },
          { title: w.about, render: (_, line) => about(line) },
        ]}
      />
      <ProblemAlert failed={failed} />
      {next !== null && (
        <Button loading={loading} onClick={more}>
          {w.more}
        </Button>
      )}
    </div>
  )
}
