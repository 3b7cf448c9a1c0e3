import type { Voucher } from '@skills/contract/funding.ts'
import { dateAt } from '@skills/contract/time.ts'
import { App, Button, Modal, Tag } from 'antd'
import { useState } from 'react'
import { DataTable } from '../data-table.tsx'
import { tradeName } from '../../catalog/words.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { Money } from '../money.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import type { ProgramParts } from './program-page.tsx'
import { useTaxonomy } from './rules-view.tsx'
import { setAsideText } from './set-aside.text.ts'
import { StepButtons } from './step-buttons.tsx'
import { unionText } from './union.text.ts'
import { VoucherDialog } from './voucher-dialog.tsx'

const lang = pageLanguage()
const w = setAsideText[lang].vouchers
const words = setAsideText[lang].allocations
const stateColor = { open: 'success', frozen: 'warning', closed: 'default' } as const

/** The vouchers of a program, and what can be done with each. Their codes are nowhere: each was shown once, when it was issued. */
export function Vouchers({ view, manages, changed }: ProgramParts) {
  const { program } = view
  const asked = useAnswer('listVouchers', { params: { programId: program.id } })
  const taxonomy = useTaxonomy()
  const [adding, setAdding] = useState(false)
  const [issued, setIssued] = useState<string>()
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const step = ({ id }: Voucher, to: Voucher['state']) =>
    modal.confirm({
      title: to === 'closed' ? w.sureClose : to === 'frozen' ? w.sureFreeze : w.sureResume,
      okText: to === 'closed' ? w.close : to === 'frozen' ? words.freeze : words.resume,
      okButtonProps: { danger: to === 'closed' },
      onOk: async () => {
        const done = await doing.run(`voucher/${program.id}/${id}/${to}`, (key) =>
          callAsMe('stepVoucher', { params: { programId: program.id, voucherId: id }, body: { to }, key }),
        )
        if (done) message.success(words.done)
        asked.again()
        changed()
      },
    })
  const may = manages && program.state !== 'closed'
  const add = manages && program.state === 'active' && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {w.add}
    </Button>
  )
  const directed = ({ directedTo }: Voucher) =>
    directedTo === null
      ? w.general
      : [directedTo.trade === null ? '' : tradeName(taxonomy, directedTo.trade, lang), directedTo.courseId === null ? '' : w.course]
          .filter(Boolean)
          .join(' · ')
  return (
    <>
      <ProblemAlert failed={doing.failed} />
      <Answered asked={asked}>
        {({ vouchers }) =>
          vouchers.length === 0 ? (
            <NothingYet title={w.none} hint={w.noneHint}>
              {add}
            </NothingYet>
          ) : (
            <div className="stack">
              <div className="row end">{add}</div>
              <DataTable<Voucher>
                label={unionText[lang].tabs.vouchers}
                rowKey="id"
                dataSource={vouchers}
                columns={[
                  {
                    title: w.kind,
                    render: (_, { kind, faceFen }) => (
                      <>
                        {w.kinds[kind]} {faceFen !== null && <Money fen={faceFen} />}
                      </>
                    ),
                  },
                  { title: w.for, render: (_, voucher) => directed(voucher) },
                  { title: w.used, align: 'right', render: (_, { used, uses }) => `${used} / ${uses}` },
                  { title: w.budget, align: 'right', render: (_, { budgetFen }) => <Money fen={budgetFen} /> },
                  { title: w.until, render: (_, { until }) => dateAt(until) },
                  {
                    title: w.state,
                    render: (_, { state }) => <Tag color={stateColor[state]}>{state === 'closed' ? w.closed : words[state]}</Tag>,
                  },
                  ...(may
                    ? [
                        {
                          title: words.actions,
                          render: (_: unknown, row: Voucher) => (
                            <StepButtons state={row.state} close={w.close} step={(to) => step(row, to)} />
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            </div>
          )
        }
      </Answered>
      {adding && (
        <VoucherDialog
          view={view}
          close={() => setAdding(false)}
          done={(code) => {
            setAdding(false)
            setIssued(code)
            asked.again()
            changed()
          }}
        />
      )}
      {issued !== undefined && <VoucherCode code={issued} close={() => setIssued(undefined)} />}
    </>
  )
}

/** The code of a new voucher, this once: it is closed only by saying that it was kept. */
function VoucherCode({ code, close }: { code: string; close: () => void }) {
  const { message } = App.useApp()
  const [copied, setCopied] = useState(false)
  const copy = () =>
    navigator.clipboard.writeText(code).then(
      () => {
        setCopied(true)
        message.success(w.copied)
      },
      () => undefined,
    )
  return (
    <Modal
      open
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      title={w.codeTitle}
      footer={
        <>
          <Button autoFocus type={copied ? 'default' : 'primary'} onClick={() => void copy()}>
            {copied ? w.copied : w.copy}
          </Button>
          <Button type={copied ? 'primary' : 'default'} onClick={close}>
            {w.done}
          </Button>
        </>
      }
    >
      <p>{w.codeHint}</p>
      <p className="voucher-letters figures">
        <span className="unseen">{w.code} </span>
        <span data-voucher-code>{code}</span>
      </p>
    </Modal>
  )
}
