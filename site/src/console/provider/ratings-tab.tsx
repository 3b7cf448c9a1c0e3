import type { RatingLine } from '@skills/contract/ratings.ts'
import { App, Button, Skeleton, Tag } from 'antd'
import { useCallback, useState } from 'react'
import { moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { ratingText } from '../../rating/rating.text.ts'
import { NothingYet } from '../nothing-yet.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { RatingForm } from '../rating-form.tsx'
import { RatingView } from '../rating-view.tsx'
import { ReasonField } from '../reason-field.tsx'
import { useDoing } from '../use-doing.ts'
import { useRatingPages } from '../use-rating-pages.ts'
import { ratingsText } from './ratings.text.ts'
import type { TabProps } from './tabs.ts'

const lang = pageLanguage()
const w = ratingsText[lang]

/** What people who attended say of this provider's courses, and the answers to it. */
export default function RatingsTab({ providerId, manages }: TabProps) {
  const ask = useCallback(
    (query: { limit: string; cursor?: string }) => callAsMe('listProviderRatings', { params: { providerId }, query }),
    [providerId],
  )
  const { items, next, failed, put, again, more } = useRatingPages(ask)
  return (
    <section className="stack">
      <h2>{w.title}</h2>
      <ProblemAlert failed={failed} again={again} />
      {items === undefined && !failed && <Skeleton active title={false} />}
      {items?.length === 0 && <NothingYet title={w.none} hint={w.noneHint} />}
      {items?.map((rating) => (
        <RatingView key={rating.id} rating={rating}>
          {manages && rating.fold === null && <Answer rating={rating} put={put} />}
        </RatingView>
      ))}
      {next !== null && (
        <p>
          <Button onClick={more}>{w.more}</Button>
        </p>
      )}
    </section>
  )
}

/** The way to answer, or while it can be corrected to correct the answer. */
function Answer({ rating, put }: { rating: RatingLine; put: (rating: RatingLine) => void }) {
  const [writes, setWrites] = useState(false)
  const { answer, answerUntil, author } = rating
  if (answer !== null && (answerUntil === null || Date.parse(answerUntil) <= Date.now())) return null
  const who = author ?? ratingText[lang].anonymousName
  if (writes)
    return (
      <AnswerForm
        rating={rating}
        done={(changed) => {
          put(changed)
          setWrites(false)
        }}
        cancel={() => setWrites(false)}
      />
    )
  return (
    <p className="row">
      {answer === null && <Tag color="processing">{w.waiting}</Tag>}
      <Button aria-label={answer === null ? w.answerTo(who) : `${w.correct}: ${who}`} onClick={() => setWrites(true)}>
        {answer === null ? w.answer : w.correct}
      </Button>
      {answerUntil !== null && <span className="small soft">{w.correctUntil(moment(answerUntil, lang))}</span>}
    </p>
  )
}

interface FormParts {
  rating: RatingLine
  done: (rating: RatingLine) => void
  cancel: () => void
}

function AnswerForm({ rating: { id, courseId, answer, version }, done, cancel }: FormParts) {
  const [text, setText] = useState(answer?.text ?? '')
  const [missing, setMissing] = useState(false)
  const doing = useDoing()
  const { message } = App.useApp()
  const send = async () => {
    const written = text.trim()
    setMissing(written === '')
    if (written === '') return
    const params = { courseId, ratingId: id }
    const sent = await doing.run(`answer/${id}/${version}/${written}`, (key) =>
      answer === null
        ? callAsMe('answerRating', { params, body: { text: written }, key })
        : callAsMe('correctAnswer', { params, body: { text: written, version }, key }),
    )
    if (!sent) return
    message.success(w.answered)
    done(sent.value)
  }
  return (
    <RatingForm
      ratingId={id}
      busy={doing.busy}
      failed={doing.failed}
      send={() => void send()}
      cancel={cancel}
      words={{ send: w.send, cancel: w.cancel }}
    >
      <ReasonField label={w.label} hint={w.hint} need={w.need} most={1000} value={text} missing={missing} changed={setText} />
    </RatingForm>
  )
}
