import { longest, type ReportedMessage } from '@skills/contract/messages.ts'
import { App, Button } from 'antd'
import { useState } from 'react'
import { moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { CursorList } from '../cursor-list.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { ReasonField } from '../reason-field.tsx'
import { useCursorPages } from '../use-cursor-pages.ts'
import { useDoing } from '../use-doing.ts'
import { reportedText } from './messages.text.ts'

const lang = pageLanguage()
const w = reportedText[lang]

const ask = (query: { limit: string; cursor?: string }) => callAsMe('listReportedMessages', { query })

/** Messages that somebody reported, the longest waiting first, each with the decision. */
export default function ReportedMessages() {
  const pages = useCursorPages<ReportedMessage, { items: ReportedMessage[]; next: string | null }>(ask)
  return (
    <section className="stack" aria-labelledby="reported-title">
      <div>
        <h2 id="reported-title">{w.title}</h2>
        <p className="soft">{w.hint}</p>
      </div>
      <CursorList pages={pages} more={w.more} empty={<NothingYet title={w.none} hint={w.noneHint} />}>
        {(items) => (
          <ul className="stack">
            {items.map((one) => (
              <Reported key={`${one.thread.id} ${one.number}`} reported={one} decided={pages.again} />
            ))}
          </ul>
        )}
      </CursorList>
    </section>
  )
}

function Reported({
  reported: { thread, number, at, side, text, reports, moreReports, waitingSince },
  decided,
}: {
  reported: ReportedMessage
  decided: () => void
}) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const doing = useDoing()
  const { message } = App.useApp()
  const decide = async (hide: boolean) => {
    setMissing(reason.trim() === '')
    if (reason.trim() === '') return
    const params = { threadId: thread.id, number: String(number) }
    const body = { hide, reason: reason.trim(), waitingSince }
    const done = await doing.run(`decide/${thread.id}/${number}/${JSON.stringify(body)}`, (key) =>
      callAsMe('decideMessage', { params, body, key }),
    )
    if (!done) return
    message.success(w.done)
    decided()
  }
  return (
    <li className="card stack-s" data-reported={thread.id}>
      <h3>{`${w.kinds[thread.kind]} · ${thread.title ?? ''}`}</h3>
      <p className="soft small">
        {[thread.courseTitle[lang], thread.runName[lang], thread.providerName[lang], w.sides[side], moment(at, lang)].join(' · ')}
      </p>
      <blockquote className="said-words">{text}</blockquote>
      <div>
        <strong>{w.reports}</strong>
        <ul>
          {reports.map((one) => (
            <li key={one.at}>{`${moment(one.at, lang)} · ${one.reason}`}</li>
          ))}
        </ul>
        {moreReports > 0 && <p className="soft small">{w.moreReports(moreReports)}</p>}
      </div>
      <ProblemAlert failed={doing.failed} />
      <ReasonField
        label={w.reason}
        hint={w.reasonHint}
        need={w.need}
        most={longest.reason}
        value={reason}
        missing={missing}
        changed={setReason}
      />
      <p className="row">
        <Button danger loading={doing.busy} onClick={() => void decide(true)}>
          {w.hide}
        </Button>
        <Button disabled={doing.busy} onClick={() => void decide(false)}>
          {w.leave}
        </Button>
      </p>
    </li>
  )
}
