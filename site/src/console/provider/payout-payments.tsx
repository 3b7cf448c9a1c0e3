import type { PaidStatement, PayoutPayment } from '@skills/contract/payout.ts'
import { dateAt } from '@skills/contract/time.ts'
import { yuan } from '@skills/contract/money.ts'
import { App, Button, Form, Input, Tag } from 'antd'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { DataTable } from '../data-table.tsx'
import { DateField } from '../date-field.tsx'
import { fenOf } from '../fen.ts'
import { YuanField } from '../money.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useDoing } from '../use-doing.ts'
import { SignedMoney } from './payout-sums.tsx'
import { payoutText } from './payout.text.ts'

const w = payoutText[pageLanguage()]
interface Said {
  sum: number | null
  paidOn: string
  reference: string
}

/** What was paid of a statement: its entries, what is open, and for operators the ways to record one and to take one back. */
export function PayoutPayments({ statement, operates, changed }: { statement: PaidStatement; operates: boolean; changed: () => void }) {
  const { number, differenceFen, paidFen, payments } = statement
  const open = differenceFen - paidFen
  const back = new Set(payments.map(({ corrects }) => corrects))
  return (
    <div className="stack-s" data-paid={paidFen}>
      <p>
        {w.paidOut} <SignedMoney fen={paidFen} strong /> · {open < 0 ? w.owes : w.open} <SignedMoney fen={Math.abs(open)} strong />
      </p>
      {payments.length === 0 ? (
        <p className="soft small">{w.noPayments}</p>
      ) : (
        <DataTable<PayoutPayment>
          label={`${w.statement(number)}: ${w.payments}`}
          rowKey="number"
          dataSource={payments}
          columns={[
            {
              title: w.payments,
              render: (_, one) => (
                <>
                  {w.entry(one.number)} {one.corrects !== null && <Tag>{w.corrects(one.corrects)}</Tag>}
                  {back.has(one.number) && <Tag color="warning">{w.corrected}</Tag>}
                </>
              ),
            },
            { title: w.paidOn, dataIndex: 'paidOn' },
            { title: w.reference, dataIndex: 'reference' },
            { title: w.sumOf, align: 'right', render: (_, { fen }) => <SignedMoney fen={fen} /> },
            ...(operates
              ? [
                  {
                    title: w.takeBack,
                    render: (_: unknown, one: PayoutPayment) =>
                      one.corrects === null && !back.has(one.number) && <TakeBack statement={statement} payment={one} changed={changed} />,
                  },
                ]
              : []),
          ]}
        />
      )}
      {operates && open !== 0 && <Record key={payments.length} statement={statement} open={Math.abs(open)} changed={changed} />}
    </div>
  )
}

const paramsOf = ({ runId, number }: PaidStatement) => ({ runId, number: String(number) })

function Record({ statement, open, changed }: { statement: PaidStatement; open: number; changed: () => void }) {
  const [form] = Form.useForm<Said>()
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const ask = ({ sum, paidOn, reference }: Said) => {
    const body = { fen: fenOf(sum), paidOn, reference: reference.trim() }
    modal.confirm({
      title: w.sure(yuan(body.fen), body.reference),
      okText: w.yes,
      onOk: async () => {
        const answer = await doing.run(`payout-payment/${statement.runId}/${statement.number}/${JSON.stringify(body)}`, (key) =>
          callAsMe('recordPayoutPayment', { params: paramsOf(statement), body, key }),
        )
        if (!answer) return
        message.success(w.recorded)
        changed()
      },
    })
  }
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={doing.busy}
      initialValues={{ sum: open / 100, paidOn: dateAt(new Date().toISOString()), reference: '' }}
      onValuesChange={doing.forget}
      onFinish={ask}
      className="card"
    >
      <h4>{w.record}</h4>
      <p className="soft small">{w.recordHint}</p>
      <ProblemAlert failed={doing.failed} />
      <div className="field-row">
        <Form.Item
          name="sum"
          label={w.sumOf}
          rules={[{ validator: (_, sum) => (fenOf(sum as number) > 0 ? Promise.resolve() : Promise.reject(new Error(w.needSum))) }]}
        >
          <YuanField />
        </Form.Item>
        <Form.Item name="paidOn" label={w.paidOn} rules={[{ required: true, message: w.needDate }]}>
          <DateField />
        </Form.Item>
        <Form.Item
          name="reference"
          label={w.reference}
          extra={w.referenceHint}
          rules={[{ required: true, whitespace: true, min: 4, message: w.needReference }]}
        >
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
      </div>
      <SubmitButton busy={doing.busy}>{w.record}</SubmitButton>
    </Form>
  )
}

/** A counter-entry: the one that was wrong stays, and all of it is taken back. Its reference says that it is one. */
function TakeBack({ statement, payment, changed }: { statement: PaidStatement; payment: PayoutPayment; changed: () => void }) {
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const take = () => {
    let reference = ''
    modal.confirm({
      title: w.takeBackTitle(payment.number, yuan(Math.abs(payment.fen))),
      content: (
        <div className="stack-s">
          <p>{w.takeBackSaid}</p>
          <Input aria-label={w.reference} maxLength={64} autoComplete="off" onChange={(event) => (reference = event.target.value.trim())} />
        </div>
      ),
      okText: w.takeBack,
      okButtonProps: { danger: true },
      onOk: async () => {
        if (reference.length < 4) {
          message.error(w.needReference)
          throw new Error(w.needReference)
        }
        const body = { fen: Math.abs(payment.fen), paidOn: dateAt(new Date().toISOString()), reference, corrects: payment.number }
        const answer = await doing.run(`payout-correction/${statement.runId}/${statement.number}/${JSON.stringify(body)}`, (key) =>
          callAsMe('recordPayoutPayment', { params: paramsOf(statement), body, key }),
        )
        if (!answer) return
        message.success(w.recorded)
        changed()
      },
    })
  }
  return (
    <>
      <Button size="small" danger loading={doing.busy} aria-label={`${w.takeBack}: ${w.entry(payment.number)}`} onClick={take}>
        {w.takeBack}
      </Button>
      <ProblemAlert failed={doing.failed} />
    </>
  )
}
