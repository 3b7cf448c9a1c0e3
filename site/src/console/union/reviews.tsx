import type { Review } from '@skills/contract/sponsors.routes.ts'
import { App, Button, Tag } from 'antd'
import { useState } from 'react'
import { moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { ReasonField } from '../reason-field.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { reasonName } from './reason-name.ts'
import { tabsText } from './tabs.text.ts'

const lang = pageLanguage()
const w = tabsText[lang].reviews

/** Requests for a human review: those to decide first, then what was decided and why. */
export function Reviews({ programId, changed }: { programId: string; changed: () => void }) {
  const asked = useAnswer('listReviews', { params: { programId } })
  const decided = (review: Review) => {
    if (asked.value) asked.show({ reviews: asked.value.reviews.map((one) => (one.id === review.id ? review : one)) })
    changed()
  }
  return (
    <Answered asked={asked}>
      {({ reviews }) => {
        if (reviews.length === 0) return <NothingYet title={w.none} hint={w.noneHint} />
        const open = reviews.filter(({ state }) => state === 'open')
        const done = reviews.filter(({ state }) => state !== 'open')
        return (
          <div className="stack">
            <h3>{w.open}</h3>
            {open.length === 0 && <p className="soft">{w.noOpen}</p>}
            {open.map((review) => (
              <article key={review.id} className="card review" data-review={review.id} tabIndex={-1}>
                <ReviewText review={review} />
                <Decide review={review} decided={decided} />
              </article>
            ))}
            {done.length > 0 && <h3>{w.decided}</h3>}
            {done.map((review) => (
              <article key={review.id} className="card review" data-review={review.id} tabIndex={-1}>
                <ReviewText review={review} />
                <p>
                  <Tag color={review.state === 'granted' ? 'success' : 'error'}>{w[review.state as 'granted' | 'refused']}</Tag>
                  {review.reason}
                </p>
                {review.decidedAt !== null && <p className="small soft">{w.by(moment(review.decidedAt, lang))}</p>}
              </article>
            ))}
          </div>
        )
      }}
    </Answered>
  )
}

const ReviewText = ({ review }: { review: Review }) => (
  <>
    <h4>{review.runTitle[lang]}</h4>
    <dl className="details">
      <div>
        <dt>{w.who}</dt>
        <dd>{review.maskedName}</dd>
      </div>
      <div>
        <dt>{w.asked}</dt>
        <dd>{moment(review.askedAt, lang)}</dd>
      </div>
      <div>
        <dt>{w.why}</dt>
        <dd>
          {review.refusedFor.map((code) => (
            <Tag key={code}>{reasonName(code, lang)}</Tag>
          ))}
        </dd>
      </div>
    </dl>
    <blockquote>
      <span className="small soft">{w.says}</span>
      <p>{review.statement}</p>
    </blockquote>
  </>
)

function Decide({ review, decided }: { review: Review; decided: (review: Review) => void }) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const decide = (to: 'granted' | 'refused') => {
    if (reason.trim() === '') return setMissing(true)
    modal.confirm({
      title: to === 'granted' ? w.grant : w.refuse,
      content: to === 'granted' ? w.sureGrant : w.sureRefuse,
      okText: to === 'granted' ? w.grant : w.refuse,
      okButtonProps: { danger: to === 'refused' },
      // A review that was decided has no buttons any more: the keyboard goes on at the review itself.
      afterClose: () => {
        if (document.activeElement === document.body) document.querySelector<HTMLElement>(`[data-review="${review.id}"]`)?.focus()
      },
      onOk: async () => {
        const answer = await doing.run(`review/${review.id}/${to}/${reason}`, (key) =>
          callAsMe('decideReview', {
            params: { programId: review.programId, reviewId: review.id },
            body: { to, reason: reason.trim() },
            key,
          }),
        )
        if (!answer) return
        message.success(to === 'granted' ? w.doneGrant : w.doneRefuse)
        decided(answer.value)
      },
    })
  }
  return (
    <div className="decide">
      <ReasonField
        label={w.reason}
        hint={w.reasonHint}
        need={w.needReason}
        most={500}
        value={reason}
        missing={missing}
        changed={(text) => {
          setReason(text)
          setMissing(false)
        }}
      />
      <ProblemAlert failed={doing.failed} />
      <div className="row">
        <Button type="primary" loading={doing.busy} onClick={() => decide('granted')}>
          {w.grant}
        </Button>
        <Button danger disabled={doing.busy} onClick={() => decide('refused')}>
          {w.refuse}
        </Button>
      </div>
    </div>
  )
}
