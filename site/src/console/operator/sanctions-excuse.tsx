import { App, Form, Input } from 'antd'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useDoing } from '../use-doing.ts'
import { operatorQualityText } from './quality.text.ts'

const w = operatorQualityText[pageLanguage()]

interface Draft {
  run: string
  why: string
  document?: string
}

/** Records that a run was cancelled for a force majeure, so that it does not count against its provider. */
export function SanctionsExcuse() {
  const [form] = Form.useForm<Draft>()
  const doing = useDoing()
  const { message } = App.useApp()
  const send = async ({ run, why, document = '' }: Draft) => {
    const body = { reason: why.trim(), document: document.trim() === '' ? null : document.trim() }
    const params = { runId: run.trim() }
    const done = await doing.run(`excuse/${params.runId}/${JSON.stringify(body)}`, (key) => callAsMe('excuseRun', { params, body, key }))
    if (!done) return
    message.success(w.excused)
    form.resetFields()
  }
  return (
    <section className="stack" aria-labelledby="excuse-title">
      <h2 id="excuse-title">{w.excuse}</h2>
      <p className="soft">{w.excuseHint}</p>
      <Form<Draft> form={form} layout="vertical" requiredMark={false} className="card" onFinish={(draft) => void send(draft)}>
        <Form.Item name="run" label={w.run} rules={[{ required: true, pattern: /^\s*run_[0-9A-Z]{26}\s*$/, message: w.runHint }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="why" label={w.why} rules={[{ required: true, whitespace: true, message: w.need }]}>
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name="document" label={w.document}>
          <Input maxLength={200} />
        </Form.Item>
        <ProblemAlert failed={doing.failed} />
        <SubmitButton busy={doing.busy} type="default">
          {w.excuseSend}
        </SubmitButton>
      </Form>
    </section>
  )
}
