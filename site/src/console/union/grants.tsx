import type { Program } from '@skills/contract/funding.ts'
import type { Problem } from '@skills/contract/client.ts'
import { yuan } from '@skills/contract/money.ts'
import { dateAt } from '@skills/contract/time.ts'
import { Button, Skeleton, Tag } from 'antd'
import { useState } from 'react'
import { DataTable } from '../data-table.tsx'
import { moment } from '../../dates.ts'
import { pageLanguage } from '../../language.ts'
import { Chart } from '../chart.tsx'
import { download } from '../download.ts'
import { shortYuan } from '../fen.ts'
import { Money } from '../money.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import type { AnswerOf } from '../use-answer.ts'
import { usePages } from '../use-pages.ts'
import { monthsOf } from './months.ts'
import { tabsText } from './tabs.text.ts'
import { unionText } from './union.text.ts'

type Line = AnswerOf<'listGrants'>['items'][number]
const lang = pageLanguage()
const w = tabsText[lang].grants
const color = { reserved: 'warning', spent: 'success', voided: 'default', returned: 'default' } as const

/** Who got what of a program: by month as a picture, line by line, and as a file. */
export function Grants({ program }: { program: Program }) {
  const { items, next, failed, loading, more } = usePages('listGrants', program.id)
  if (items === undefined)
    return failed ? <ProblemAlert failed={failed} again={more} /> : <Skeleton active title={false} paragraph={{ rows: 6 }} />
  if (items.length === 0) return <NothingYet title={w.none} hint={w.noneHint} />
  const months = monthsOf(items)
  return (
    <div className="stack">
      <Exports program={program} />
      <div className="card">
        <Chart
          label={w.chart}
          names={months.map(({ month }) => w.month(month))}
          series={[
            { name: w.states.spent, color: 'brand', values: months.map(({ spentFen }) => spentFen) },
            { name: w.states.reserved, color: 'tag', values: months.map(({ reservedFen }) => reservedFen) },
          ]}
          say={yuan}
          axis={(fen) => shortYuan(fen, lang)}
        />
        {next !== null && <p className="small soft">{w.chartPart}</p>}
      </div>
      <DataTable<Line>
        label={unionText[lang].tabs.grants}
        rowKey={(line) => `${line.at}/${line.runId}/${line.maskedName}/${line.fen}/${line.state}`}
        dataSource={items}
        pagination={false}
        columns={[
          { title: w.at, render: (_, { at }) => moment(at, lang) },
          { title: w.who, dataIndex: 'maskedName' },
          { title: w.run, render: (_, { runTitle }) => runTitle[lang] },
          { title: w.sum, align: 'right', render: (_, { fen }) => <Money fen={fen} /> },
          { title: w.state, render: (_, { state }) => <Tag color={color[state]}>{w.states[state]}</Tag> },
          {
            title: w.rules,
            render: (_, { ruleSet, exception }) => (
              <>
                {ruleSet} {exception && <Tag color="warning">{w.exception}</Tag>}
              </>
            ),
          },
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

function Exports({ program }: { program: Program }) {
  const [busy, setBusy] = useState<'csv' | 'xlsx'>()
  const [failed, setFailed] = useState<{ problem: Problem | undefined }>()
  const get = async (format: 'csv' | 'xlsx') => {
    setBusy(format)
    setFailed(undefined)
    const day = dateAt(new Date().toISOString())
    try {
      const refused = await download('exportGrants', { programId: program.id }, { format }, `${w.file}-${program.scheme}-${day}.${format}`)
      if (refused) setFailed(refused)
    } catch {
      setFailed({ problem: undefined })
    }
    setBusy(undefined)
  }
  return (
    <>
      <div className="row end">
        {(['csv', 'xlsx'] as const).map((format) => (
          <Button key={format} loading={busy === format} disabled={busy !== undefined} onClick={() => void get(format)}>
            {busy === format ? w.exporting : w[format]}
          </Button>
        ))}
      </div>
      <ProblemAlert failed={failed} />
    </>
  )
}
