import type { Program } from '@skills/contract/funding.ts'
import { yuan } from '@skills/contract/money.ts'
import { App, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { consoleText } from '../console.text.ts'
import { fenOf } from '../fen.ts'
import { YuanField } from '../money.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { useDoing } from '../use-doing.ts'
import type { BudgetSums } from './budget-bar.tsx'
import { unionText } from './union.text.ts'

const w = unionText[pageLanguage()].money
const common = consoleText[pageLanguage()]

interface Parts {
  program: Program
  budget: BudgetSums
  kind: 'top-up' | 'withdrawal'
  close: () => void
  done: () => void
}

/** Tops a budget up or withdraws from it, in two steps: the sum and its document, then the same sum to be confirmed. */
export function MoneyDialog({ program, budget, kind, close, done }: Parts) {
  const [form] = Form.useForm<{ sum: number | null; reference: string }>()
  const [checked, setChecked] = useState<{ fen: number; reference: string }>()
  const doing = useDoing()
  const { message } = App.useApp()
  const up = kind === 'top-up'
  const after = (fen: number) => w.after(yuan(budget.freeFen), yuan(Math.max(0, budget.freeFen + (up ? fen : -fen))))

  const check = async () => {
    const { sum, reference } = await form.validateFields()
    setChecked({ fen: fenOf(sum), reference: reference.trim() })
  }
  const move = async () => {
    if (!checked) return
    const answer = await doing.run(`money/${program.id}/${kind}/${checked.fen}/${checked.reference}`, (key) =>
      callAsMe('moveMoney', { params: { programId: program.id }, body: { kind, ...checked }, key }),
    )
    if (!answer) return
    message.success(up ? w.doneTopUp(yuan(checked.fen)) : w.doneWithdrawal(yuan(checked.fen)))
    done()
  }
  return (
    <Modal
      open
      title={up ? w.topUp : w.withdrawal}
      onCancel={checked && !doing.busy ? () => setChecked(undefined) : close}
      cancelText={checked ? w.back : common.cancel}
      okText={checked ? (up ? w.sureTopUp(yuan(checked.fen)) : w.sureWithdrawal(yuan(checked.fen))) : w.check}
      confirmLoading={doing.busy}
      onOk={() => void (checked ? move() : check().catch(() => undefined))}
    >
      <ProblemAlert failed={doing.failed} />
      {checked ? (
        <div className="sure">
          <p className="sure-sum figures">{yuan(checked.fen)}</p>
          <p>{program.name[pageLanguage()]}</p>
          <p className="soft">{after(checked.fen)}</p>
          <p className="soft">
            {w.reference} {checked.reference}
          </p>
        </div>
      ) : null}
      <Form form={form} layout="vertical" requiredMark={false} hidden={checked !== undefined}>
        <Form.Item
          name="sum"
          label={w.sum}
          rules={[{ validator: (_, sum) => (fenOf(sum as number) > 0 ? Promise.resolve() : Promise.reject(new Error(w.needSum))) }]}
        >
          <YuanField />
        </Form.Item>
        <Form.Item
          name="reference"
          label={w.reference}
          extra={w.referenceHint}
          rules={[{ required: true, whitespace: true, message: w.needReference }]}
        >
          <Input maxLength={80} autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
