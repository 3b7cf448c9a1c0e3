import { yuan } from '@skills/contract/money.ts'
import type { ProgramView } from '@skills/contract/sponsors.routes.ts'
import { App, Button, Form, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { consoleText } from '../console.text.ts'
import { fenOf, yuanOf } from '../fen.ts'
import { YuanField } from '../money.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import type { PublishedRun } from '../published-runs.ts'
import { RunPicker } from '../run-picker.tsx'
import { useDoing } from '../use-doing.ts'
import { mostForSeat } from './seat-subsidy.ts'
import { setAsideText } from './set-aside.text.ts'

const lang = pageLanguage()
const w = setAsideText[lang].allocations
const common = consoleText[lang]

interface Draft {
  run?: PublishedRun
  seats?: number | null
  sum?: number | null
}

/** Sets seats and money aside for a run: chosen from the catalog, with the sum beside what is free, confirmed before it moves. */
export function AllocationDialog({ view, close, done }: { view: ProgramView; close: () => void; done: () => void }) {
  const { program, budget } = view
  const [form] = Form.useForm<Draft>()
  const draft = Form.useWatch([], form) as Draft | undefined
  const [checked, setChecked] = useState<{ run: PublishedRun; seats: number; fen: number }>()
  const doing = useDoing()
  const { message } = App.useApp()

  const check = async () => {
    const { run, seats, sum } = await form.validateFields()
    if (run && seats) setChecked({ run, seats, fen: fenOf(sum) })
  }
  const allocate = async () => {
    if (!checked) return
    const { run, seats, fen } = checked
    const answer = await doing.run(`allocate/${program.id}/${run.id}/${seats}/${fen}`, (key) =>
      callAsMe('allocate', { params: { programId: program.id }, body: { runId: run.id, seats, fen }, key }),
    )
    if (!answer) return
    message.success(w.allocated(yuan(fen)))
    done()
  }
  const each = draft?.run ? mostForSeat(program.funding, draft.run.priceFen) : 0
  const enough = each * (draft?.seats ?? 0)
  const fen = fenOf(draft?.sum)
  return (
    <Modal
      open
      width={640}
      title={w.title}
      onCancel={checked && !doing.busy ? () => setChecked(undefined) : close}
      cancelText={checked ? w.back : common.cancel}
      okText={checked ? w.sure(yuan(checked.fen)) : w.check}
      confirmLoading={doing.busy}
      onOk={() => void (checked ? allocate() : check().catch(() => undefined))}
    >
      <ProblemAlert failed={doing.failed} />
      {checked && (
        <div className="sure">
          <p className="sure-sum figures">{yuan(checked.fen)}</p>
          <p>{w.summary(checked.seats, yuan(checked.fen), checked.run.title)}</p>
          <p className="soft">{checked.run.when}</p>
          <p className="soft">{w.afterwards(yuan(budget.freeFen), yuan(Math.max(0, budget.freeFen - checked.fen)))}</p>
        </div>
      )}
      <Form form={form} layout="vertical" requiredMark={false} hidden={checked !== undefined}>
        <Form.Item name="run" label={w.run} rules={[{ required: true, message: w.needRun }]}>
          <RunPicker priced />
        </Form.Item>
        <Form.Item name="seats" label={w.seatsField} rules={[{ required: true, type: 'integer', min: 1, max: 5000, message: w.needSeats }]}>
          <InputNumber min={1} max={5000} precision={0} inputMode="numeric" controls={false} />
        </Form.Item>
        <Form.Item
          name="sum"
          label={w.fenField}
          rules={[
            {
              validator: (_, sum) => {
                const asked = fenOf(sum as number)
                if (asked <= 0) return Promise.reject(new Error(w.needSum))
                return asked > budget.freeFen ? Promise.reject(new Error(w.tooMuch(yuan(budget.freeFen)))) : Promise.resolve()
              },
            },
          ]}
          extra={
            each > 0 && (
              <span className="stack-s">
                <span>{w.perSeat(yuan(each))}</span>
                {enough > 0 && (
                  <span className="row tight">
                    {w.suggested(yuan(enough))}
                    <Button size="small" onClick={() => form.setFieldValue('sum', yuanOf(enough))}>
                      {w.take}
                    </Button>
                  </span>
                )}
                {fen > 0 && fen < enough && <span>{w.less(Math.floor(fen / each))}</span>}
              </span>
            )
          }
        >
          <YuanField />
        </Form.Item>
        <p className="soft" role="status">
          {fen > budget.freeFen ? w.tooMuch(yuan(budget.freeFen)) : w.afterwards(yuan(budget.freeFen), yuan(budget.freeFen - fen))}
        </p>
      </Form>
    </Modal>
  )
}
