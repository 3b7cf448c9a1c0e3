import type { AllocationView } from '@skills/contract/sponsors.routes.ts'
import { yuan } from '@skills/contract/money.ts'
import { App, Button, Tag } from 'antd'
import { useState } from 'react'
import { DataTable } from '../data-table.tsx'
import { moment, span } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { Chart } from '../chart.tsx'
import { shortYuan } from '../fen.ts'
import { Money } from '../money.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { AllocationDialog } from './allocation-dialog.tsx'
import type { ProgramParts } from './program-page.tsx'
import { setAsideText } from './set-aside.text.ts'
import { StepButtons } from './step-buttons.tsx'
import { unionText } from './union.text.ts'

const lang = pageLanguage()
const w = setAsideText[lang].allocations
const parts = unionText[lang].parts
const stateColor = { open: 'success', frozen: 'warning', closed: 'default' } as const

/** What a program has set aside for runs: a picture, the table, and what can be done with each. */
export function Allocations({ view, manages, changed }: ProgramParts) {
  const { program } = view
  const asked = useAnswer('listAllocations', { params: { programId: program.id } })
  const [adding, setAdding] = useState(false)
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const both = () => {
    asked.again()
    changed()
  }
  const step = ({ allocation, availableFen }: AllocationView, to: 'open' | 'frozen' | 'closed') =>
    modal.confirm({
      title: to === 'closed' ? w.sureClose(yuan(availableFen)) : to === 'frozen' ? w.sureFreeze : w.sureResume,
      okText: to === 'closed' ? w.close : to === 'frozen' ? w.freeze : w.resume,
      okButtonProps: { danger: to === 'closed' },
      onOk: async () => {
        const { runId } = allocation
        const done = await doing.run(`allocation/${program.id}/${runId}/${to}`, (key) =>
          callAsMe('stepAllocation', { params: { programId: program.id, runId }, body: { to }, key }),
        )
        if (done) message.success(w.done)
        both()
      },
    })
  const may = manages && program.state !== 'closed'
  const add = manages && program.state === 'active' && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {w.add}
    </Button>
  )
  return (
    <>
      <ProblemAlert failed={doing.failed} />
      <Answered asked={asked}>
        {({ allocations: unsorted }) => {
          const allocations = unsorted.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
          return allocations.length === 0 ? (
            <NothingYet title={w.none} hint={w.noneHint}>
              {add}
            </NothingYet>
          ) : (
            <div className="stack">
              <div className="row end">{add}</div>
              <div className="card">
                <Chart
                  lying
                  label={w.chart}
                  names={allocations.slice(0, 12).map(({ runTitle, startsAt }) => `${span(startsAt, startsAt, lang)} ${runTitle[lang]}`)}
                  series={[
                    { name: parts.spent, color: 'brand', values: allocations.slice(0, 12).map(({ spentFen }) => spentFen) },
                    { name: parts.reserved, color: 'tag', values: allocations.slice(0, 12).map(({ reservedFen }) => reservedFen) },
                    {
                      name: parts.available,
                      color: 'line-strong',
                      values: allocations.slice(0, 12).map(({ availableFen }) => availableFen),
                    },
                  ]}
                  say={yuan}
                  axis={(fen) => shortYuan(fen, lang)}
                />
              </div>
              <DataTable<AllocationView>
                label={setAsideText[lang].allocations.chart}
                rowKey={({ allocation }) => allocation.id}
                dataSource={allocations}
                columns={[
                  {
                    title: w.run,
                    render: (_, { runTitle, runName, startsAt }) => (
                      <span className="run-line">
                        <strong>{runTitle[lang]}</strong>
                        <span className="small soft">
                          {runName[lang]} · {moment(startsAt, lang)}
                        </span>
                      </span>
                    ),
                  },
                  { title: w.state, render: (_, { allocation }) => <Tag color={stateColor[allocation.state]}>{w[allocation.state]}</Tag> },
                  { title: w.seats, align: 'right', render: (_, { seatsLeft, allocation }) => `${seatsLeft} / ${allocation.seats}` },
                  { title: w.sum, align: 'right', render: (_, { allocation }) => <Money fen={allocation.fen} /> },
                  { title: parts.available, align: 'right', render: (_, row) => <Money fen={row.availableFen} /> },
                  { title: parts.reserved, align: 'right', render: (_, row) => <Money fen={row.reservedFen} /> },
                  { title: parts.spent, align: 'right', render: (_, row) => <Money fen={row.spentFen} /> },
                  ...(may
                    ? [
                        {
                          title: w.actions,
                          render: (_: unknown, row: AllocationView) => (
                            <StepButtons state={row.allocation.state} close={w.close} step={(to) => step(row, to)} />
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            </div>
          )
        }}
      </Answered>
      {adding && (
        <AllocationDialog
          view={view}
          close={() => setAdding(false)}
          done={() => {
            setAdding(false)
            both()
          }}
        />
      )}
    </>
  )
}
