import { yuan } from '@skills/contract/money.ts'
import type { TeachingItem } from '@skills/contract/instructor.ts'
import { clockAt, dateAt, plusMinutes } from '@skills/contract/time.ts'
import { App, Button, Segmented, Tag } from 'antd'
import { span, weekdayName, weekdayOf } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { at, pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { go, usePlace } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import type { AnswerOf, Asked } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { agendaText } from './agenda.text.ts'
import { dayStart, weekStart } from './week-start.ts'

const lang = pageLanguage()
const w = agendaText[lang]
const dayMinutes = 24 * 60

type Meeting = TeachingItem['meetings'][number]
interface Parts {
  asked: Asked<AnswerOf<'listMyAssignments'>>
  /** Called when an illness changed her hours. */
  ill: () => void
}

/** A week or a day of one's own teaching: what is accepted, what waits for an answer. */
export function Agenda({ asked, ill }: Parts) {
  const place = usePlace()
  const now = new Date().toISOString()
  const oneDay = place['day'] !== undefined
  const days = oneDay ? 1 : 7
  const begin = oneDay ? dayStart(place['day']) : weekStart(place['week'])
  const end = plusMinutes(begin, days * dayMinutes)
  const show = (from: string | undefined, day = oneDay) =>
    go({ tab: 'agenda', [day ? 'day' : 'week']: from ?? (day ? now : undefined) }, true)
  const words = w[oneDay ? 'oneDay' : 'oneWeek']
  /** Who looks closer at this week sees today; in another week its first day. */
  const closer = (day: boolean) => show(day && begin < now && now < end ? now : begin, day)
  return (
    <section aria-labelledby="agenda-title">
      <div className="console-title flush">
        <div>
          <h2 id="agenda-title">{words.title}</h2>
          <p className="soft" aria-live="polite">
            {span(begin, plusMinutes(end, -1), lang)}
          </p>
        </div>
        <div className="row tight">
          <Segmented
            aria-label={w.look}
            value={oneDay ? 'day' : 'week'}
            options={[
              { value: 'day', label: w.day },
              { value: 'week', label: w.week },
            ]}
            onChange={(value) => closer(value === 'day')}
          />
          <Button onClick={() => show(plusMinutes(begin, -days * dayMinutes))}>{words.previous}</Button>
          <Button onClick={() => show(undefined)}>{words.today}</Button>
          <Button onClick={() => show(end)}>{words.next}</Button>
        </div>
      </div>
      <Answered asked={asked}>
        {({ teaching }) => {
          const all = teaching.flatMap((item) => item.meetings.map((meeting) => ({ item, meeting })))
          const here = all.filter(({ meeting }) => meeting.startsAt < end && meeting.endsAt > begin)
          if (here.length === 0) return <NothingYet title={words.none} hint={w.noneHint} />
          const minutes = here.reduce((sum, { meeting }) => sum + (Date.parse(meeting.endsAt) - Date.parse(meeting.startsAt)) / 60_000, 0)
          return (
            <>
              <ol className="agenda">
                {Array.from({ length: days }, (_, day) => dateAt(plusMinutes(begin, day * dayMinutes))).map((date) => (
                  <li key={date} className={date === dateAt(now) ? 'agenda-day today' : 'agenda-day'}>
                    <h3>
                      {weekdayName(weekdayOf(date), lang)}{' '}
                      <span className="figures soft">{`${Number(date.slice(5, 7))}/${Number(date.slice(8))}`}</span>
                    </h3>
                    <div className="agenda-meetings">
                      {here
                        .filter(({ meeting }) => dateAt(meeting.startsAt) === date)
                        .toSorted((a, b) => (a.meeting.startsAt < b.meeting.startsAt ? -1 : 1))
                        .map(({ item, meeting }) => (
                          <MeetingCard key={meeting.bookingId} item={item} meeting={meeting} asked={asked} ill={ill} now={now} />
                        ))}
                      {here.every(({ meeting }) => dateAt(meeting.startsAt) !== date) && <p className="soft small">{w.dayOff}</p>}
                    </div>
                  </li>
                ))}
              </ol>
              <p className="soft small">{w.hours(Math.round(minutes / 6) / 10)}</p>
            </>
          )
        }}
      </Answered>
    </section>
  )
}

function MeetingCard({ item, meeting, asked, ill, now }: Parts & { item: TeachingItem; meeting: Meeting; now: string }) {
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const { runId } = item
  const report = () =>
    modal.confirm({
      title: w.sureIll,
      content: w.sureIllHint,
      okText: w.ill,
      okButtonProps: { danger: true },
      onOk: async () => {
        const done = await doing.run(`ill/${meeting.bookingId}`, (key) =>
          callAsMe('reportIllness', { params: { runId }, body: { bookingIds: [meeting.bookingId] }, key }),
        )
        if (done) message.success(w.illDone)
        asked.again()
        ill()
      },
    })
  return (
    <article className={`agenda-meeting ${meeting.state}`} data-booking={meeting.bookingId}>
      <p className="figures agenda-time">
        {clockAt(meeting.startsAt)}–{clockAt(meeting.endsAt)}
      </p>
      <div className="stack-s">
        <h4>{item.title[lang]}</h4>
        <p className="small soft">
          {item.providerName[lang]} ·{' '}
          {meeting.venue === null ? w.online : [meeting.venue.name[lang], meeting.room].filter(Boolean).join(' ')}
        </p>
        <p className="row tight">
          <Tag color={meeting.state === 'asked' ? 'warning' : 'success'}>{w[meeting.state]}</Tag>
          {item.cancelled && <Tag color="error">{w.cancelled}</Tag>}
          <span className="small">
            {w.fee} <b className="figures">{yuan(meeting.feeFen)}</b>
          </span>
        </p>
        <ProblemAlert failed={doing.failed} />
        {meeting.state === 'accepted' && meeting.endsAt > now && (
          <p className="row tight">
            <a href={`${at(lang, '/attendance/screen/')}?${new URLSearchParams({ runId, meetingId: meeting.meetingId })}`}>
              {w.attendance}
            </a>
            <Button size="small" onClick={report} loading={doing.busy}>
              {w.ill}
            </Button>
          </p>
        )}
      </div>
    </article>
  )
}
