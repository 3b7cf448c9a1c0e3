import { longest } from '@skills/contract/messages.ts'
import { App, Form, Input, Select } from 'antd'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useDoing } from '../use-doing.ts'
import { consoleMessagesText } from './messages.text.ts'
import { useAllCourses } from './use-all-courses.ts'

const lang = pageLanguage()
const w = consoleMessagesText[lang]

interface Draft {
  runId: string
  title: string
  text: string
}

/** Writes an announcement to all learners of one of the provider's public runs. */
export function AnnounceForm({ providerId }: { providerId: string }) {
  const asked = useAllCourses(providerId)
  const [form] = Form.useForm<Draft>()
  const doing = useDoing()
  const { message } = App.useApp()
  const needed = [{ required: true, whitespace: true, message: w.need }]
  const send = async ({ runId, title, text }: Draft) => {
    const body = { title: title.trim(), text: text.trim() }
    const sent = await doing.run(`announce/${runId}/${JSON.stringify(body)}`, (key) =>
      callAsMe('announce', { params: { runId }, body, key }),
    )
    if (!sent) return
    message.success(w.sent)
    form.resetFields(['title', 'text'])
  }
  return (
    <Answered asked={asked}>
      {({ items }) => {
        const runs = items.flatMap(({ course, runs: of }) =>
          of
            .filter(({ state }) => state !== 'draft' && state !== 'cancelled')
            .map((run) => ({ value: run.id, label: `${course.title[lang]} · ${run.name[lang]}` })),
        )
        if (runs.length === 0) return <p className="soft">{w.noRuns}</p>
        return (
          <Form form={form} layout="vertical" className="card" requiredMark={false} onFinish={(draft: Draft) => void send(draft)}>
            <h3>{w.announce}</h3>
            <ProblemAlert failed={doing.failed} />
            <Form.Item name="runId" label={w.run} rules={[{ required: true, message: w.need }]}>
              <Select showSearch optionFilterProp="label" options={runs} />
            </Form.Item>
            <Form.Item name="title" label={w.subject} rules={needed}>
              <Input maxLength={longest.title} autoComplete="off" />
            </Form.Item>
            <Form.Item name="text" label={w.text} extra={w.textHint} rules={needed}>
              <Input.TextArea rows={4} maxLength={longest.text} />
            </Form.Item>
            <SubmitButton busy={doing.busy}>{w.send}</SubmitButton>
          </Form>
        )
      }}
    </Answered>
  )
}
