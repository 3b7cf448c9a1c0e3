import { sanctionGrades, type SanctionGrade } from '@skills/contract/quality.ts'
import { App, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { usePlace } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { qualityText } from '../provider/quality.text.ts'
import { SubmitButton } from '../submit-button.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { operatorQualityText } from './quality.text.ts'

const lang = pageLanguage()
const w = operatorQualityText[lang]
const grades = qualityText[lang].grades

interface Draft {
  provider: string
  grade: SanctionGrade
  days?: number | null
  rule: string
  clause: string
  evidence?: string
  reason: string
  urgent?: boolean
  urgentWhy?: string
}

/** The proposal of a sanction; provider and complaint come from the address where one came from a complaint. */
export function SanctionsForm({ proposed }: { proposed: () => void }) {
  const place = usePlace()
  const [form] = Form.useForm<Draft>()
  const [grade, setGrade] = useState<SanctionGrade>('warning')
  const [urgent, setUrgent] = useState(false)
  const rules = useAnswer('listRules', {})
  const doing = useDoing()
  const { message } = App.useApp()
  const timed = grade === 'no-new-runs' || grade === 'suspension'
  const send = async (draft: Draft) => {
    const body = {
      ...{ grade: draft.grade, reason: draft.reason.trim(), ruleTextId: draft.rule, clause: draft.clause.trim() },
      complaintIds: (draft.evidence ?? '').split(/[,，\s]+/).filter((id) => id !== ''),
      days: timed ? (draft.days ?? null) : null,
      atOnce: grade !== 'warning' && urgent ? (draft.urgentWhy ?? '').trim() : null,
    }
    const params = { providerId: draft.provider.trim() }
    const done = await doing.run(`propose/${params.providerId}/${JSON.stringify(body)}`, (key) =>
      callAsMe('proposeSanction', { params, body, key }),
    )
    if (!done) return
    message.success(w.sent)
    form.resetFields()
    setGrade('warning')
    setUrgent(false)
    proposed()
  }
  const need = { required: true, whitespace: true, message: w.need }
  return (
    <section className="stack" aria-labelledby="propose-title">
      <h2 id="propose-title">{w.form}</h2>
      <Form<Draft>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="card"
        initialValues={{ provider: place['provider'], evidence: place['complaint'], grade: 'warning' }}
        onFinish={(draft) => void send(draft)}
      >
        <Form.Item
          name="provider"
          label={w.provider}
          rules={[{ required: true, pattern: /^\s*prv_[0-9A-Z]{26}\s*$/, message: w.providerHint }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="grade" label={w.grade}>
          <Select options={sanctionGrades.map((value) => ({ value, label: grades[value] }))} onChange={setGrade} />
        </Form.Item>
        {timed && (
          <Form.Item name="days" label={w.days} extra={w.daysHint} rules={[{ required: true, message: w.need }]}>
            <InputNumber min={1} max={365} precision={0} />
          </Form.Item>
        )}
        <Form.Item name="rule" label={w.rule} rules={[need]}>
          <Select
            loading={rules.loading}
            options={(rules.value?.current ?? []).map(({ id, title, from }) => ({ value: id, label: `${title[lang]} · ${from}` }))}
          />
        </Form.Item>
        <Form.Item name="clause" label={w.clause} rules={[need]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="evidence" label={w.evidence} extra={w.evidenceHint}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="reason" label={w.why} rules={[need]}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
        {grade !== 'warning' && (
          <Form.Item>
            <Checkbox checked={urgent} onChange={(event) => setUrgent(event.target.checked)}>
              {w.urgent}
            </Checkbox>
          </Form.Item>
        )}
        {grade !== 'warning' && urgent && (
          <Form.Item name="urgentWhy" label={w.urgentWhy} rules={[need]}>
            <Input maxLength={500} />
          </Form.Item>
        )}
        <ProblemAlert failed={doing.failed} />
        <SubmitButton busy={doing.busy}>{w.send}</SubmitButton>
      </Form>
    </section>
  )
}
