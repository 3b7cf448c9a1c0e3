import type { RosterLine } from '@skills/contract/learners.routes.ts'
import type { RevealPurpose } from '@skills/contract/reveal.ts'
import { Alert, Modal, Radio } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { consoleText } from '../console.text.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { ReasonField } from '../reason-field.tsx'
import { useDoing } from '../use-doing.ts'
import { rosterText } from './roster.text.ts'

const lang = pageLanguage()
const w = rosterText[lang].ask
const common = consoleText[lang]
const fields = ['mobile', 'name'] as const
const purposes = ['contact', 'appraisal', 'emergency'] as const

/** Asks what for, then shows one field of one learner. What is shown is kept nowhere but in this window. */
export function RosterReveal({ runId, line, close }: { runId: string; line: RosterLine; close: () => void }) {
  const { enrollmentId, maskedName, mayContact } = line
  const [what, setWhat] = useState<(typeof fields)[number]>('mobile')
  const [purpose, setPurpose] = useState<RevealPurpose>(mayContact ? 'contact' : 'emergency')
  const [sentence, setSentence] = useState('')
  const [missing, setMissing] = useState(false)
  const [shown, setShown] = useState<string>()
  const doing = useDoing()
  const look = async () => {
    const said = sentence.trim()
    if (said.length < 5) return setMissing(true)
    const body = { what, purpose, sentence: said }
    const done = await doing.run(`reveal/${enrollmentId}/${JSON.stringify(body)}`, (key) =>
      callAsMe('revealLearner', { params: { runId, enrollmentId }, body, key }),
    )
    if (done) setShown(done.value.value)
  }
  if (shown !== undefined)
    return (
      <Modal open title={`${w.title} · ${maskedName}`} onCancel={close} onOk={close} okText={w.done} cancelButtonProps={{ hidden: true }}>
        <p className="soft">{w.shown(w.fields[what])}</p>
        <p className="revealed" data-revealed>
          {what === 'mobile' ? <a href={`tel:${shown}`}>{shown}</a> : shown}
        </p>
        <p className="small soft">{w.told}</p>
      </Modal>
    )
  return (
    <Modal
      open
      title={`${w.title} · ${maskedName}`}
      onCancel={close}
      cancelText={common.cancel}
      okText={w.yes}
      confirmLoading={doing.busy}
      onOk={() => void look()}
    >
      <div className="stack-s">
        {!mayContact && <Alert type="warning" showIcon title={w.noConsent} />}
        <Choice label={w.what} value={what} options={fields.map((value) => ({ value, label: w.fields[value] }))} choose={setWhat} />
        <Choice
          label={w.purpose}
          value={purpose}
          options={purposes.map((value) => ({ value, label: w.purposes[value], disabled: !mayContact && value !== 'emergency' }))}
          choose={setPurpose}
        />
        <ReasonField
          label={w.sentence}
          hint={w.sentenceHint}
          need={w.need}
          most={200}
          value={sentence}
          missing={missing}
          changed={(value) => {
            setSentence(value)
            setMissing(false)
            doing.forget()
          }}
        />
        <p className="small soft">{w.told}</p>
        <ProblemAlert failed={doing.failed} />
      </div>
    </Modal>
  )
}

interface ChoiceParts<V extends string> {
  label: string
  value: V
  options: { value: V; label: string; disabled?: boolean }[]
  choose: (value: V) => void
}

function Choice<V extends string>({ label, value, options, choose }: ChoiceParts<V>) {
  return (
    <fieldset className="plain-fieldset">
      <legend>{label}</legend>
      <Radio.Group vertical value={value} options={options} onChange={(event) => choose(event.target.value as V)} />
    </fieldset>
  )
}
