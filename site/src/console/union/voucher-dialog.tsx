import { yuan } from '@skills/contract/money.ts'
import type { ProgramView } from '@skills/contract/sponsors.routes.ts'
import { instantOf } from '@skills/contract/time.ts'
import { Form, InputNumber, Modal, Radio } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { consoleText } from '../console.text.ts'
import { DateField } from '../date-field.tsx'
import { fenOf } from '../fen.ts'
import { YuanField } from '../money.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import type { PublishedRun } from '../published-runs.ts'
import { RunPicker } from '../run-picker.tsx'
import { useDoing } from '../use-doing.ts'
import { useTaxonomy } from './rules-view.tsx'
import { setAsideText } from './set-aside.text.ts'
import { TradeSelect } from './term-selects.tsx'

const lang = pageLanguage()
const w = setAsideText[lang].vouchers
const common = consoleText[lang]
const over = setAsideText[lang].allocations

interface Draft {
  kind: 'face-value' | 'pass'
  face?: number | null
  uses: number
  budget?: number | null
  until?: string
  for: 'general' | 'course' | 'trade'
  run?: PublishedRun
  trade?: string
}

/** Issues a voucher: what it is worth, how often, for what, until when; the money it takes is confirmed before it moves. */
export function VoucherDialog({ view, close, done }: { view: ProgramView; close: () => void; done: (code: string) => void }) {
  const { program, budget } = view
  const [form] = Form.useForm<Draft>()
  const draft = Form.useWatch([], form) as Draft | undefined
  const [checked, setChecked] = useState<Draft>()
  const doing = useDoing()
  const taxonomy = useTaxonomy()

  const check = async () => setChecked(await form.validateFields())
  const issue = async () => {
    if (!checked) return
    const { kind, run, trade } = checked
    const body = {
      kind,
      faceFen: kind === 'face-value' ? fenOf(checked.face) : null,
      uses: checked.uses,
      budgetFen: fenOf(checked.budget),
      directedTo:
        checked.for === 'general'
          ? null
          : {
              courseId: checked.for === 'course' ? (run?.courseId ?? null) : null,
              trade: checked.for === 'trade' ? (trade ?? null) : null,
            },
      // The last day counts whole.
      until: instantOf(checked.until ?? '', '23:59'),
    }
    const answer = await doing.run(`voucher/${program.id}/${JSON.stringify(body)}`, (key) =>
      callAsMe('issueVoucher', { params: { programId: program.id }, body, key }),
    )
    if (answer) done(answer.value.code)
  }
  const face = fenOf(draft?.face)
  const times = draft?.kind === 'face-value' && face > 0 ? Math.floor(fenOf(draft.budget) / face) : undefined
  return (
    <Modal
      open
      width={600}
      title={w.title}
      onCancel={checked && !doing.busy ? () => setChecked(undefined) : close}
      cancelText={checked ? w.back : common.cancel}
      okText={checked ? w.sure(yuan(fenOf(checked.budget))) : w.check}
      confirmLoading={doing.busy}
      onOk={() => void (checked ? issue() : check().catch(() => undefined))}
    >
      <ProblemAlert failed={doing.failed} />
      {checked && (
        <div className="sure">
          <p className="sure-sum figures">{yuan(fenOf(checked.budget))}</p>
          <p>{w.summary(w.kinds[checked.kind], checked.uses, yuan(fenOf(checked.budget)))}</p>
          <p className="soft">{over.afterwards(yuan(budget.freeFen), yuan(Math.max(0, budget.freeFen - fenOf(checked.budget))))}</p>
        </div>
      )}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        hidden={checked !== undefined}
        initialValues={{ kind: 'face-value', uses: 1, for: 'general' }}
      >
        <Form.Item name="kind" label={w.kind} extra={draft ? w.kindHint[draft.kind] : undefined}>
          <Radio.Group options={(['face-value', 'pass'] as const).map((kind) => ({ value: kind, label: w.kinds[kind] }))} />
        </Form.Item>
        {draft?.kind !== 'pass' && (
          <Form.Item name="face" label={w.face} rules={[{ validator: (_, sum) => positive(sum as number, w.needFace) }]}>
            <YuanField />
          </Form.Item>
        )}
        <Form.Item name="uses" label={w.uses} rules={[{ required: true, type: 'integer', min: 1, max: 10_000, message: w.needUses }]}>
          <InputNumber min={1} max={10_000} precision={0} inputMode="numeric" controls={false} />
        </Form.Item>
        <Form.Item
          name="budget"
          label={w.budgetField}
          extra={times !== undefined && times < (draft?.uses ?? 0) && fenOf(draft?.budget) > 0 ? w.short(times) : undefined}
          rules={[
            {
              validator: (_, sum) =>
                fenOf(sum as number) > budget.freeFen
                  ? Promise.reject(new Error(over.tooMuch(yuan(budget.freeFen))))
                  : positive(sum as number, w.needBudget),
            },
          ]}
        >
          <YuanField />
        </Form.Item>
        <Form.Item name="until" label={w.until} rules={[{ required: true, message: w.needUntil }]}>
          <DateField />
        </Form.Item>
        <Form.Item name="for" label={w.for}>
          <Radio.Group options={(['general', 'trade', 'course'] as const).map((one) => ({ value: one, label: w[one] }))} />
        </Form.Item>
        {draft?.for === 'course' && (
          <Form.Item name="run" label={w.course} extra={w.anyRun} rules={[{ required: true, message: w.needCourse }]}>
            <RunPicker />
          </Form.Item>
        )}
        {draft?.for === 'trade' && (
          <Form.Item name="trade" label={w.trade} rules={[{ required: true, message: w.needTrade }]}>
            <TradeSelect taxonomy={taxonomy} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}

const positive = (sum: number, said: string) => (fenOf(sum) > 0 ? Promise.resolve() : Promise.reject(new Error(said)))
