import type { RosterLine } from '@skills/contract/learners.routes.ts'
import type { ForceMajeure } from '@skills/contract/orders.routes.ts'
import { Alert, Button, Input } from 'antd'
import { useState, type FormEvent } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Money } from '../money.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { ReasonField } from '../reason-field.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useDoing } from '../use-doing.ts'
import { majeureText } from './majeure.text.ts'

const w = majeureText[pageLanguage()]

/** What was looked at, what would go back to whom, and doing it. Changed words are reckoned again before they can be sent. */
export function MajeureForm({ line: { enrollmentId, personId }, done }: { line: RosterLine; done: () => void }) {
  const [evidence, setEvidence] = useState('')
  const [document, setDocument] = useState('')
  const [missing, setMissing] = useState(false)
  const [reckoned, setReckoned] = useState<ForceMajeure>()
  const reckoning = useDoing()
  const doing = useDoing()
  if (personId === null) return null
  const params = { personId, enrollmentId }
  const body = { evidence: evidence.trim(), document: document.trim() === '' ? null : document.trim() }
  const words = JSON.stringify(body)
  const reckon = async (event: FormEvent) => {
    event.preventDefault()
    if (body.evidence === '') return setMissing(true)
    const answer = await reckoning.run(`majeure/${enrollmentId}/try/${words}`, (key) =>
      callAsMe('recordForceMajeure', { params, body, key }),
    )
    if (answer) setReckoned(answer.value)
  }
  const write = async () => {
    const answer = await doing.run(`majeure/${enrollmentId}/${words}`, (key) =>
      callAsMe('recordForceMajeure', { params, body, key, query: { write: 'yes' } }),
    )
    if (answer) setReckoned(answer.value)
  }
  const changed = () => {
    setReckoned(undefined)
    setMissing(false)
    reckoning.forget()
    doing.forget()
  }
  if (reckoned?.written === true)
    return (
      <section className="card stack-s" role="status" data-majeure="done">
        <Alert type="success" showIcon title={w.done} />
        <GoesBack found={reckoned} />
        <p>
          <Button onClick={done}>{w.another}</Button>
        </p>
      </section>
    )
  return (
    <section className="card stack-s" aria-labelledby="majeure-evidence">
      <h3 id="majeure-evidence">{w.evidence}</h3>
      <form className="stack-s" onSubmit={(event) => void reckon(event)}>
        <ReasonField
          label={w.said}
          hint={w.saidHint}
          need={w.need}
          most={1_000}
          value={evidence}
          missing={missing}
          changed={(value) => {
            setEvidence(value)
            changed()
          }}
        />
        <label htmlFor="majeure-document">{w.document}</label>
        <Input
          id="majeure-document"
          maxLength={200}
          autoComplete="off"
          value={document}
          onChange={(event) => {
            setDocument(event.target.value)
            changed()
          }}
        />
        <ProblemAlert failed={reckoning.failed} />
        <p>
          <SubmitButton busy={reckoning.busy} type={reckoned === undefined ? 'primary' : 'default'}>
            {w.reckon}
          </SubmitButton>
        </p>
      </form>
      {reckoned !== undefined && (
        <div className="stack-s" data-majeure="reckoned">
          <GoesBack found={reckoned} />
          <p className="soft">{w.sure}</p>
          <ProblemAlert failed={doing.failed} />
          <p>
            <Button type="primary" danger loading={doing.busy} onClick={() => void write()}>
              {w.yes}
            </Button>
          </p>
        </div>
      )}
    </section>
  )
}

function GoesBack({ found: { learnerFen, employerFen, grants, subsidyFen, disputed } }: { found: ForceMajeure }) {
  if (learnerFen + employerFen + subsidyFen === 0) return <p>{w.nothing}</p>
  const line = (name: string, fen: number, key = name) => (
    <div key={key}>
      <dt>{name}</dt>
      <dd>
        <Money fen={fen} />
      </dd>
    </div>
  )
  return (
    <>
      <h4>{w.back}</h4>
      <dl className="details">
        {line(w.learnerGets, learnerFen)}
        {employerFen > 0 && line(w.employerGets, employerFen)}
        {grants.map(({ sponsorId, fen }) => line(`${w.sponsorGets} ${sponsorId}`, fen, sponsorId))}
        {grants.length > 1 && line(w.subsidy, subsidyFen)}
      </dl>
      {disputed && <Alert type="warning" showIcon title={w.disputed} />}
    </>
  )
}
