import type { Program } from '@skills/contract/funding.ts'
import { yuan } from '@skills/contract/money.ts'
import { Tag } from 'antd'
import { moment } from '../../dates.ts'
import { pageLanguage } from '../../language.ts'
import { Chart } from '../chart.tsx'
import { shortYuan } from '../fen.ts'
import { Money } from '../money.tsx'
import type { AnswerOf } from '../use-answer.ts'
import { usePages } from '../use-pages.ts'
import { GrantExports } from './grant-exports.tsx'
import { monthsOf } from './months.ts'
import { PagedTable } from './paged-table.tsx'
import { tabsText } from './tabs.text.ts'
import { unionText } from './union.text.ts'

type Line = AnswerOf<'listGrants'>['items'][number]
const lang = pageLanguage()
const w = tabsText[lang].grants
const color = { reserved: 'warning', spent: 'success', voided: 'default', returned: 'default' } as const

/** Who got what of a program: by month as a picture, line by line, and as files. */
export function Grants({ program }: { program: Program }) {
  const pages = usePages('listGrants', program.id)
  return (
    <PagedTable<Line>
      pages={pages}
      label={unionText[lang].tabs.grants}
      none={w.none}
      noneHint={w.noneHint}
      rowKey={(line) => `${line.at}/${line.runId}/${line.maskedName}/${line.fen}/${line.state}`}
      above={(items) => (
        <>
          <GrantExports program={program} />
          <ByMonth items={items} part={pages.next !== null} />
        </>
      )}
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
  )
}

function ByMonth({ items, part }: { items: readonly Line[]; part: boolean }) {
  const months = monthsOf(items)
  return (
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
      {part && <p className="small soft">{w.chartPart}</p>}
    </div>
  )
}
