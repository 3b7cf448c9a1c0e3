import { longest, type Message } from '@skills/contract/messages.ts'
import { Form, Input } from 'antd'
import { moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { PlaceLink } from '../place-link.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { consoleMessagesText } from './messages.text.ts'

const lang = pageLanguage()
const w = consoleMessagesText[lang]

/** A question with its messages, and the answer to it. */
export function ThreadPage({ providerId, threadId }: { providerId: string; threadId: string }) {
  const asked = useAnswer('getThread', { params: { threadId } })
  const [form] = Form.useForm<{ text: string }>()
  const doing = useDoing()
  const send = async ({ text }: { text: string }) => {
    const body = { text: text.trim() }
    const sent = await doing.run(`message/${threadId}/${JSON.stringify(body)}`, (key) =>
      callAsMe('writeMessage', { params: { threadId }, body, key }),
    )
    if (!sent) return
    form.resetFields()
    asked.show(sent.value)
  }
  return (
    <section className="stack">
      <p>
        <PlaceLink to={{ provider: providerId, tab: 'messages' }}>{w.back}</PlaceLink>
      </p>
      <Answered asked={asked}>
        {({ title, courseTitle, runName, asker, list, mayWrite }) => (
          <>
            <h2>{title ?? w.hidden}</h2>
            <p className="soft">{[courseTitle[lang], runName[lang], asker].filter((part) => part !== null && part !== '').join(' · ')}</p>
            <ol className="stack">
              {list.map((one) => (
                <Said key={one.number} message={one} />
              ))}
            </ol>
            {mayWrite ? (
              <Form
                form={form}
                layout="vertical"
                className="card"
                requiredMark={false}
                onFinish={(draft: { text: string }) => void send(draft)}
              >
                <h3>{w.answer}</h3>
                <ProblemAlert failed={doing.failed} />
                <Form.Item name="text" label={w.text} rules={[{ required: true, whitespace: true, message: w.need }]}>
                  <Input.TextArea rows={4} maxLength={longest.text} />
                </Form.Item>
                <SubmitButton busy={doing.busy}>{w.answerSend}</SubmitButton>
              </Form>
            ) : (
              <p className="soft">{w.closed}</p>
            )}
          </>
        )}
      </Answered>
    </section>
  )
}

function Said({ message: { number, at, side, text, hidden } }: { message: Message }) {
  return (
    <li className="card stack-s" data-number={number} data-side={side}>
      <p className="small soft">{`${w.sides[side]} · ${moment(at, lang)}`}</p>
      <p className="said-words">{hidden === null ? text : w.hiddenBecause(hidden.reason)}</p>
    </li>
  )
}
