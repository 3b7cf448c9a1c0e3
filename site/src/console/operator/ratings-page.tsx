import { foldReasons, type FoldReason, type RatingLine } from '@skills/contract/ratings.ts'
import { dateAt } from '@skills/contract/time.ts'
import { App, Button, Input, Select, Skeleton } from 'antd'
import { useCallback, useState } from 'react'
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
import { foldText } from './ratings.text.ts'

const lang = pageLanguage()
const w = foldText[lang]
const said = ratingText[lang]

/** All ratings of a month, with folding. */
export default function RatingsPage() {
  const [month, setMonth] = useState(() => dateAt(new Date().toISOString()).slice(0, 7))
  const ask = useCallback(
    (query: { limit: string; cursor?: string }) => callAsMe('listAllRatings', { query: { ...query, month } }),
    [month],
  )
  const { items, next, failed, put, again, more } = useRatingPages(ask)
  return (
    <section className="stack">
      <h2>{w.title}</h2>
      <p className="soft">{w.lead}</p>
      <p className="row">
        <label htmlFor="month">{w.month}</label>
        <Input
          id="month"
          type="month"
          value={month}
          onChange={({ target }) => /^20\d\d-\d\d$/.test(target.value) && setMonth(target.value)}
        />
      </p>
      <ProblemAlert failed={failed} again={again} />
      {items === undefined && !failed && <Skeleton active title={false} />}
      {items?.length === 0 && <NothingYet title={w.none} hint={w.noneHint} />}
      {items?.map((rating) => (
        <RatingView key={rating.id} rating={rating}>
          <Fold rating={rating} put={put} />
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

function Fold({ rating, put }: { rating: RatingLine; put: (rating: RatingLine) => void }) {
  const [open, setOpen] = useState(false)
  const who = rating.author ?? said.anonymousName
  if (open)
    return (
      <FoldForm
        rating={rating}
        done={(changed) => {
          put(changed)
          setOpen(false)
        }}
        cancel={() => setOpen(false)}
      />
    )
  const folded = rating.fold !== null
  return (
    <p>
      <Button aria-label={folded ? w.unfoldOf(who) : w.foldOf(who)} onClick={() => setOpen(true)}>
        {folded ? w.unfold : w.fold}
      </Button>
    </p>
  )
}

interface FormParts {
  rating: RatingLine
  done: (rating: RatingLine) => void
  cancel: () => void
}

function FoldForm({ rating: { id, courseId, version, fold }, done, cancel }: FormParts) {
  const [reason, setReason] = useState<FoldReason>('personal-data')
  const [sentence, setSentence] = useState('')
  const [missing, setMissing] = useState(false)
  const doing = useDoing()
  const { message } = App.useApp()
  const send = async () => {
    const written = sentence.trim()
    setMissing(written === '')
    if (written === '') return
    const body = { reason: fold === null ? reason : null, sentence: written, version }
    const sent = await doing.run(`fold/${id}/${version}/${JSON.stringify(body)}`, (key) =>
      callAsMe('foldRating', { params: { courseId, ratingId: id }, body, key }),
    )
    if (!sent) return
    message.success(w.done)
    done(sent.value)
  }
  return (
    <RatingForm
      ratingId={id}
      busy={doing.busy}
      failed={doing.failed}
      send={() => void send()}
      cancel={cancel}
      words={{ send: fold === null ? w.fold : w.unfold, cancel: w.cancel }}
    >
      {fold === null && (
        <>
          <p className="row">
            <label htmlFor={`reason-${id}`}>{w.reason}</label>
            <Select
              id={`reason-${id}`}
              value={reason}
              options={foldReasons.map((value) => ({ value, label: said.fold[value] }))}
              onChange={setReason}
            />
          </p>
          {reason === 'did-not-attend' && <p className="hint">{w.attendHint}</p>}
        </>
      )}
      <ReasonField label={w.sentence} hint={w.hint} need={w.need} most={200} value={sentence} missing={missing} changed={setSentence} />
    </RatingForm>
  )
}
