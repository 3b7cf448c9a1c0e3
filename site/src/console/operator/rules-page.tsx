import { RuleCode, type RuleText } from '@skills/contract/applications.ts'
import { App, Form, Input, Select } from 'antd'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { DateField } from '../date-field.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { operatorText } from './operator.text.ts'

const lang = pageLanguage()
const w = operatorText[lang].rules

interface Draft {
  code: RuleCode
  title: { zh: string; en: string }
  text: { zh: string; en: string }
  from: string
}

/** The rules that hold, those announced, and the announcement of a new version. */
export default function RulesPage() {
  const asked = useAnswer('listRules', {})
  return (
    <section className="stack">
      <h2>{w.title}</h2>
      <Answered asked={asked}>
        {({ current, announced }) => (
          <>
            {announced.length > 0 && <h3>{w.announced}</h3>}
            {announced.map((rule) => (
              <Rule key={rule.id} rule={rule} />
            ))}
            <h3>{w.current}</h3>
            {current.map((rule) => (
              <Rule key={rule.id} rule={rule} />
            ))}
          </>
        )}
      </Answered>
      <Announce done={asked.again} />
    </section>
  )
}

function Rule({ rule: { title, text, from } }: { rule: RuleText }) {
  return (
    <article className="card stack-s">
      <h4>{title[lang]}</h4>
      <p>{text[lang]}</p>
      <p className="small soft">{w.since(from)}</p>
    </article>
  )
}

function Announce({ done }: { done: () => void }) {
  const [form] = Form.useForm<Draft>()
  const doing = useDoing()
  const { message } = App.useApp()
  const needed = [{ required: true, whitespace: true, message: w.need }]
  const send = async (body: Draft) => {
    const sent = await doing.run(`rule/${JSON.stringify(body)}`, (key) => callAsMe('announceRule', { body, key }))
    if (!sent) return
    message.success(w.sent)
    form.resetFields()
    done()
  }
  return (
    <Form form={form} layout="vertical" className="card" requiredMark={false} onFinish={(draft: Draft) => void send(draft)}>
      <h3>{w.announce}</h3>
      <ProblemAlert failed={doing.failed} />
      <div className="field-row">
        <Form.Item name="code" label={w.code} rules={[{ required: true, message: w.need }]}>
          <Select options={RuleCode.options.map((code) => ({ value: code, label: w.codes[code] }))} />
        </Form.Item>
        <Form.Item name="from" label={w.from} extra={w.fromHint} rules={[{ required: true, message: w.need }]}>
          <DateField />
        </Form.Item>
        <Form.Item name={['title', 'zh']} label={w.titleZh} rules={needed}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name={['title', 'en']} label={w.titleEn} rules={needed}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <Form.Item name={['text', 'zh']} label={w.textZh} rules={needed}>
        <Input.TextArea rows={4} maxLength={4000} />
      </Form.Item>
      <Form.Item name={['text', 'en']} label={w.textEn} rules={needed}>
        <Input.TextArea rows={4} maxLength={4000} />
      </Form.Item>
      <SubmitButton busy={doing.busy}>{w.send}</SubmitButton>
    </Form>
  )
}
