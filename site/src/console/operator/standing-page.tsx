import { App, Button, Form, Input, Tag } from 'antd'
import { useState } from 'react'
import { tradeName } from '../../catalog/words.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { go, usePlace } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useTaxonomy } from '../union/rules-view.tsx'
import { useAnswer, type AnswerOf } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { operatorText } from './operator.text.ts'

const lang = pageLanguage()
const all = operatorText[lang]
const w = all.standing

/** Where one provider stands, and suspending or reinstating it. */
export default function StandingPage() {
  const providerId = usePlace()['provider']
  return (
    <section className="stack">
      <h2>{w.title}</h2>
      <Form
        layout="vertical"
        initialValues={{ provider: providerId }}
        onFinish={({ provider }: { provider: string }) => go({ tab: 'standings', provider: provider.trim() })}
      >
        <Form.Item name="provider" label={w.label} rules={[{ required: true, pattern: /^\s*prv_[0-9A-Z]{26}\s*$/, message: w.hint }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Button htmlType="submit">{w.find}</Button>
      </Form>
      {providerId !== undefined && <One key={providerId} providerId={providerId} />}
    </section>
  )
}

function One({ providerId }: { providerId: string }) {
  const asked = useAnswer('getStanding', { params: { providerId } })
  return (
    <Answered asked={asked}>
      {({ standing }) => (standing === null ? <p>{w.never}</p> : <Standing standing={standing} changed={asked.again} />)}
    </Answered>
  )
}

function Standing({ standing, changed }: { standing: NonNullable<AnswerOf<'getStanding'>['standing']>; changed: () => void }) {
  const taxonomy = useTaxonomy()
  const doing = useDoing()
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const suspended = standing.state === 'suspended'
  const step = async () => {
    const body = { to: suspended ? ('approved' as const) : ('suspended' as const), reason: reason.trim() }
    const params = { providerId: standing.providerId }
    const done = await doing.run(`standing/${standing.providerId}/${standing.version}/${reason}`, (key) =>
      callAsMe('stepStanding', { params, body, key }),
    )
    if (!done) return
    message.success(w.done)
    setReason('')
    changed()
  }
  return (
    <article className="card stack">
      <p>
        <Tag color={suspended ? 'error' : 'success'}>{w.state[standing.state]}</Tag> {standing.reason}
      </p>
      <dl className="details case-facts">
        <div>
          <dt>{all.licence}</dt>
          <dd>{all.until(standing.licenceUntil)}</dd>
        </div>
        <div>
          <dt>{all.scope}</dt>
          <dd>
            <ul>
              {standing.scope.map(({ trade, until }) => (
                <li key={trade}>{`${tradeName(taxonomy, trade, lang)} · ${all.until(until)}`}</li>
              ))}
            </ul>
          </dd>
        </div>
      </dl>
      <form
        className="stack-s"
        onSubmit={(event) => {
          event.preventDefault()
          void step()
        }}
      >
        <label htmlFor="standing-reason">{w.reason}</label>
        <Input id="standing-reason" required maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        <ProblemAlert failed={doing.failed} />
        <p>
          <SubmitButton busy={doing.busy}>{suspended ? w.reinstate : w.suspend}</SubmitButton>
        </p>
      </form>
    </article>
  )
}
