import type { GroupOrder } from '@skills/contract/employers.routes.ts'
import { yuan } from '@skills/contract/money.ts'
import { App, Checkbox, Form, Input } from 'antd'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { fenOf } from '../fen.ts'
import { YuanField } from '../money.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useDoing } from '../use-doing.ts'
import { employerText } from './employer.text.ts'

const w = employerText[pageLanguage()].operator

interface Sum {
  sum: number | null
  evidence: string
  surplus?: true
}

/** Records a bank transfer of a group order: money that came, or (`back`) money that was sent back. Asked once more before it counts. */
export function RecordTransfer({ order, back, done }: { order: GroupOrder; back: boolean; done: (order: GroupOrder) => void }) {
  const [form] = Form.useForm<Sum>()
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const due = back ? order.owed.transferFen : order.totalFen
  const why = order.state === 'awaiting-payment' ? 'short' : order.paidAt === null ? 'late' : 'again'
  const ask = ({ sum, evidence, surplus }: Sum) => {
    const fen = fenOf(sum)
    const number = evidence.trim()
    modal.confirm({
      title: back ? w.sureBack(yuan(fen), number) : w.sure(yuan(fen), number),
      okText: w.check,
      onOk: async () => {
        const answer = await doing.run(`transfer/${order.id}/${back}/${fen}/${number}/${surplus === true}`, (key) =>
          callAsMe('recordTransfer', {
            params: { groupOrderId: order.id },
            body: { fen, evidence: number, ...(back ? { back: true as const } : {}), ...(surplus ? { surplus } : {}) },
            key,
          }),
        )
        if (!answer) return
        message.success(w.done)
        form.resetFields()
        done(answer.value)
      },
    })
  }
  return (
    <div className="card pay-box" data-transfer={back ? 'back' : 'in'}>
      <h3>{back ? w.recordBack : w.record}</h3>
      <ProblemAlert failed={doing.failed} />
      <Form form={form} layout="vertical" requiredMark={false} disabled={doing.busy} onValuesChange={doing.forget} onFinish={ask}>
        <div className="field-row">
          <Form.Item
            name="sum"
            label={back ? w.sumBack : w.sum}
            extra={back ? w.sumBackHint(yuan(due)) : w.sumHint(yuan(due))}
            rules={[{ validator: (_, sum) => (fenOf(sum as number) > 0 ? Promise.resolve() : Promise.reject(new Error(w.needSum))) }]}
          >
            <YuanField />
          </Form.Item>
          <Form.Item
            name="evidence"
            label={w.evidence}
            extra={w.evidenceHint}
            rules={[{ required: true, whitespace: true, min: 4, message: w.needEvidence }]}
          >
            <Input maxLength={120} autoComplete="off" />
          </Form.Item>
        </div>
        {!back && (
          <Form.Item name="surplus" valuePropName="checked">
            <Checkbox>{w.surplus[why]}</Checkbox>
          </Form.Item>
        )}
        {back && order.owed.providerFen > 0 && <p className="soft">{w.byItself(yuan(order.owed.providerFen))}</p>}
        {back && order.owed.failedFen > 0 && <p className="soft">{w.didFail(yuan(order.owed.failedFen))}</p>}
        <SubmitButton busy={doing.busy}>{w.check}</SubmitButton>
      </Form>
    </div>
  )
}
