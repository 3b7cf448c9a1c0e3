import type { InstructorCard } from '@skills/contract/instructor.ts'
import { App, Button } from 'antd'
import { useCallback, useId, useState } from 'react'
import { names, tradeName, type Taxonomy } from '../../catalog/words.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { ReasonField } from '../reason-field.tsx'
import { TradeSelect } from '../union/term-selects.tsx'
import type { AnswerOf } from '../use-answer.ts'
import { useCursorPages } from '../use-cursor-pages.ts'
import { useDoing } from '../use-doing.ts'
import { instructorText } from './instructor.text.ts'

const lang = pageLanguage()
const all = instructorText[lang]
const w = all.review

/** Takes back what was verified: an operator chooses a trade, sees who is verified for it, and revokes one with a reason that its instructor and the providers concerned are told of. */
export function RevokeQualification({ taxonomy }: { taxonomy: Taxonomy }) {
  const field = useId()
  const [trade, setTrade] = useState<string>()
  return (
    <section aria-labelledby="revoke-title" className="stack">
      <h2 id="revoke-title">{w.revokeTitle}</h2>
      <p className="soft">{w.revokeHint}</p>
      <div className="stack-s">
        <label htmlFor={field}>{w.revokeTrade}</label>
        <TradeSelect id={field} taxonomy={taxonomy} value={trade} onChange={(value: string) => setTrade(value)} />
      </div>
      {trade !== undefined && <Verified key={trade} trade={trade} taxonomy={taxonomy} />}
    </section>
  )
}

function Verified({ trade, taxonomy }: { trade: string; taxonomy: Taxonomy }) {
  const ask = useCallback(
    (query: { limit: string; cursor?: string }) => callAsMe('findInstructors', { query: { ...query, trade } }),
    [trade],
  )
  const { items, next, failed, loading, more, again } = useCursorPages<InstructorCard, AnswerOf<'findInstructors'>>(ask)
  return (
    <Answered asked={{ value: items, failed, again }}>
      {(holders) => (
        <>
          {holders.length === 0 && <p>{w.revokeNone}</p>}
          {holders.map((one) => (
            <Holder key={one.id} instructor={one} trade={trade} taxonomy={taxonomy} done={again} />
          ))}
          {next !== null && (
            <Button loading={loading} onClick={more}>
              {w.more}
            </Button>
          )}
        </>
      )}
    </Answered>
  )
}

interface Parts {
  instructor: InstructorCard
  trade: string
  taxonomy: Taxonomy
  done: () => void
}

function Holder({ instructor, trade, taxonomy, done }: Parts) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const revoke = async (qualificationId: string) => {
    if (reason.trim() === '') return setMissing(true)
    if (!(await modal.confirm({ title: w.revokeSure, content: w.revokeSureHint, okText: w.revoke, okButtonProps: { danger: true } })))
      return
    const params = { instructorId: instructor.id, qualificationId }
    const revoked = await doing.run(`qualification/${qualificationId}/revoked/${reason}`, (key) =>
      callAsMe('decideQualification', { params, body: { to: 'revoked', reason: reason.trim() }, key }),
    )
    if (!revoked) return
    message.success(w.done.revoked)
    done()
  }
  return (
    <article className="card stack-s" data-holder={instructor.id}>
      <h3>{instructor.name[lang]}</h3>
      <ReasonField
        label={w.reason}
        hint={w.revokeReasonHint}
        need={w.needReason}
        most={300}
        value={reason}
        missing={missing}
        changed={(text) => {
          setReason(text)
          setMissing(false)
        }}
      />
      <ProblemAlert failed={doing.failed} />
      {instructor.qualifications
        .filter((one) => one.trade === trade)
        .map(({ id, level, until }) => (
          <p key={id} className="row">
            <span>
              {tradeName(taxonomy, trade, lang)} {level === null ? '' : names.level[level][lang]} ·{' '}
              {until === null ? all.qualifications.forever : `${all.qualifications.until} ${until}`}
            </span>
            <Button danger loading={doing.busy} onClick={() => void revoke(id)}>
              {w.revoke}
            </Button>
          </p>
        ))}
    </article>
  )
}
