import { yuan } from '@skills/contract/money.ts'
import { App, Button } from 'antd'
import { useEffect, useRef } from 'react'
import { startCountdown } from '../../countdown.ts'
import { meetingTime, moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import type { AnswerOf, Asked } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { instructorText } from './instructor.text.ts'
import { requestsOf, type Request } from './requests-of.ts'

const lang = pageLanguage()
const w = instructorText[lang].requests
type Teaching = Asked<AnswerOf<'listMyAssignments'>>

/** Requests to teach that wait for an answer, the one that ends first on top. */
export function Requests({ asked }: { asked: Teaching }) {
  return (
    <Answered asked={asked}>
      {({ teaching }) => {
        const requests = requestsOf(teaching)
        if (requests.length === 0) return <NothingYet title={w.none} hint={w.noneHint} />
        return (
          <div className="stack">
            {requests.map((request) => (
              <RequestCard key={`${request.item.runId} ${request.until}`} request={request} asked={asked} />
            ))}
          </div>
        )
      }}
    </Answered>
  )
}

function RequestCard({ request: { item, meetings, until }, asked }: { request: Request; asked: Teaching }) {
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const { runId } = item
  const bookingIds = meetings.map(({ bookingId }) => bookingId)
  const answer = async (accept: boolean) => {
    const done = await doing.run(`assignment/${runId}/${bookingIds[0]}/${accept}`, (key) =>
      callAsMe('answerAssignments', { params: { runId }, body: { bookingIds, accept }, key }),
    )
    if (!done) return
    message.success(accept ? w.accepted : w.declined)
    asked.show(done.value)
  }
  const decline = () =>
    modal.confirm({
      title: w.sureDecline,
      content: w.sureDeclineHint,
      okText: w.decline,
      okButtonProps: { danger: true },
      onOk: () => answer(false),
    })
  return (
    <article className="card" data-request={runId}>
      <h3>{item.title[lang]}</h3>
      <p className="soft">
        {item.providerName[lang]} · {item.runName[lang]} · {w.meetings(meetings.length)}
      </p>
      <ul className="plain-list">
        {meetings.map((meeting) => (
          <li key={meeting.bookingId}>
            <span className="figures">{meetingTime(meeting.startsAt, meeting.endsAt, lang)}</span>{' '}
            <span className="soft small">{[meeting.venue?.name[lang], meeting.room].filter(Boolean).join(' ')}</span>
          </li>
        ))}
      </ul>
      <p>
        {w.total} <b className="figures">{yuan(meetings.reduce((sum, { feeFen }) => sum + feeFen, 0))}</b>
      </p>
      <p className="small soft">
        {w.until} {moment(until, lang)}
      </p>
      <Countdown until={until} arrived={asked.again} />
      <ProblemAlert failed={doing.failed} again={asked.again} />
      <div className="row">
        <Button type="primary" loading={doing.busy} onClick={() => void answer(true)}>
          {w.accept}
        </Button>
        <Button disabled={doing.busy} onClick={decline}>
          {w.decline}
        </Button>
      </div>
    </article>
  )
}

/** The storefront's clock, inside a console. */
function Countdown({ until, arrived }: { until: string; arrived: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  const done = useRef(arrived)
  done.current = arrived
  useEffect(() => {
    if (place.current) startCountdown(place.current, until, w.until, lang, () => done.current())
  }, [until])
  return <div ref={place} />
}
