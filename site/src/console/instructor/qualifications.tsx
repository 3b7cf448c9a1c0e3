import type { Instructor, Qualification } from '@skills/contract/instructor.ts'
import { levels, type Level } from '@skills/contract/taxonomy.ts'
import { dateAt } from '@skills/contract/time.ts'
import { App, Button, Form, Input, Select, Tag } from 'antd'
import { names, tradeName } from '../../catalog/words.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { DateField } from '../date-field.tsx'
import { FileField } from '../file-field.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { TradeSelect } from '../union/term-selects.tsx'
import { useTaxonomy } from '../union/rules-view.tsx'
import { useDoing } from '../use-doing.ts'
import { instructorText } from './instructor.text.ts'
import { proofTypes, sendProof } from './send-proof.ts'

const lang = pageLanguage()
const w = instructorText[lang].qualifications
const stateColor = { claimed: 'warning', verified: 'success', refused: 'error', revoked: 'error' } as const
const any = 'any'
const levelOptions = [
  { value: any, label: w.noLevel },
  ...levels.map((level) => ({ value: level as string, label: names.level[level][lang] })),
]

interface Parts {
  instructor: Instructor
  show: (changed: Instructor) => void
}

/** What somebody may teach: each with its state, and a form to claim another. */
export default function Qualifications({ instructor, show }: Parts) {
  const { qualifications } = instructor
  return (
    <div className="stack">
      {qualifications.length === 0 ? (
        <NothingYet title={w.none} hint={w.noneHint} />
      ) : (
        qualifications.map((one) => <QualificationCard key={one.id} qualification={one} show={show} />)
      )}
      <ClaimForm show={show} />
    </div>
  )
}

function QualificationCard({ qualification, show }: { qualification: Qualification; show: Parts['show'] }) {
  const taxonomy = useTaxonomy()
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const { id, trade, level, state, until, proof, reason } = qualification
  const expired = until !== null && until < dateAt(new Date().toISOString())
  const drop = () =>
    modal.confirm({
      title: w.sureDrop,
      content: w.sureDropHint,
      okText: w.drop,
      okButtonProps: { danger: true },
      onOk: async () => {
        const done = await doing.run(`drop/${id}`, (key) => callAsMe('dropQualification', { params: { qualificationId: id }, key }))
        if (!done) return
        message.success(w.dropped)
        show(done.value.instructor)
      },
    })
  return (
    <article className="card" data-qualification={id}>
      <div className="program-card-head">
        <h3>
          {tradeName(taxonomy, trade, lang)} {level === null ? '' : names.level[level][lang]}
        </h3>
        <Tag color={expired ? 'default' : stateColor[state]}>{expired ? w.expired : w.states[state]}</Tag>
      </div>
      <p className="soft">{until === null ? w.forever : `${w.until} ${until}`}</p>
      <p className="small soft">{proof}</p>
      {reason !== null && <p className="small">{reason}</p>}
      <ProblemAlert failed={doing.failed} />
      <Button size="small" onClick={drop} loading={doing.busy}>
        {w.drop}
      </Button>
    </article>
  )
}

interface Draft {
  trade: string
  level: Level | typeof any
  proof: string
  until?: string
  scan?: File
}

function ClaimForm({ show }: { show: Parts['show'] }) {
  const [form] = Form.useForm<Draft>()
  const taxonomy = useTaxonomy()
  const doing = useDoing()
  const { message } = App.useApp()
  const claim = async ({ trade, level, proof, until, scan }: Draft) => {
    const sent =
      scan === undefined
        ? { value: null }
        : await doing.run(`proof/${scan.name}/${scan.size}/${scan.lastModified}`, (key) => sendProof(scan, key))
    if (!sent) return
    const fileId = sent.value
    const body = { trade, level: level === any ? null : level, proof: proof.trim(), fileId, until: until ?? null }
    const done = await doing.run(`claim/${JSON.stringify(body)}`, (key) => callAsMe('claimQualification', { body, key }))
    if (!done) return
    message.success(w.added)
    form.resetFields()
    show(done.value.instructor)
  }
  const needed = [{ required: true, message: w.need }]
  return (
    <Form<Draft>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card"
      initialValues={{ level: any }}
      disabled={doing.busy}
      onFinish={(draft) => void claim(draft)}
    >
      <h2>{w.add}</h2>
      <div className="field-row">
        <Form.Item name="trade" label={w.trade} rules={needed}>
          <TradeSelect taxonomy={taxonomy} />
        </Form.Item>
        <Form.Item name="level" label={w.level} rules={needed}>
          <Select options={levelOptions} />
        </Form.Item>
        <Form.Item name="until" label={w.until} extra={w.untilHint}>
          <DateField />
        </Form.Item>
      </div>
      <Form.Item name="proof" label={w.proof} extra={w.proofHint} rules={[{ required: true, whitespace: true, message: w.need }]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="scan" label={w.scan} extra={w.scanHint}>
        <FileField choose={w.choose} accept={proofTypes} />
      </Form.Item>
      <ProblemAlert failed={doing.failed} />
      <SubmitButton busy={doing.busy}>{w.add}</SubmitButton>
    </Form>
  )
}
