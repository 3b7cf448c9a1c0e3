import type { TimetableRunProposal } from '@skills/contract/timetable.ts'
import { clockAt, dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { Tag } from 'antd'
import { meetingTime, span, weekdayName, weekdayOf } from '../../dates.ts'
import { pageLanguage } from '../../language.ts'
import { timetableText } from './timetable.text.ts'

const lang = pageLanguage()
const w = timetableText[lang]
const dayMinutes = 24 * 60
const color = { proposed: 'processing', settled: 'success', unplaced: 'error' } as const

type Meeting = TimetableRunProposal['meetings'][number]

/** The midnight in Beijing with which the week of an instant begins. */
function mondayOf(instant: string): string {
  const date = dateAt(instant)
  return plusMinutes(instantOf(date, '00:00'), -((weekdayOf(date) + 6) % 7) * dayMinutes)
}

/** The meetings of a run week by week: a column for each day with meetings, one under the other on a phone. */
export function TimetableWeeks({ meetings }: { meetings: readonly Meeting[] }) {
  const weeks = [...Map.groupBy(meetings, ({ from }) => mondayOf(from))]
  return weeks.map(([monday, inWeek]) => (
    <section key={monday} className="timetable-week">
      <h4>{w.week(span(monday, monday, lang))}</h4>
      <ol className="timetable-days">
        {inWeek.map((meeting) => (
          <li key={meeting.meetingId} className={`timetable-meeting ${meeting.state}`} data-state={meeting.state}>
            <p className="figures">
              <strong>
                {weekdayName(weekdayOf(dateAt(meeting.from)), lang)} {Number(dateAt(meeting.from).slice(5, 7))}/
                {Number(dateAt(meeting.from).slice(8))}
              </strong>{' '}
              {clockAt(meeting.from)}–{clockAt(meeting.to)}
            </p>
            <p>
              <Tag color={color[meeting.state]}>{w.state[meeting.state]}</Tag>
            </p>
            {meeting.state === 'unplaced' ? <Reasons meeting={meeting} /> : <Arranged meeting={meeting} />}
          </li>
        ))}
      </ol>
    </section>
  ))
}

const Arranged = ({ meeting: { room, instructors } }: { meeting: Meeting }) => (
  <p className="small">
    {instructors.length === 0 ? (
      <span className="soft">{w.nobody}</span>
    ) : (
      instructors.map(({ name }) => name[lang]).join(lang === 'zh' ? '、' : ', ')
    )}
    <br />
    <span className="soft">{room ?? w.noRoom}</span>
  </p>
)

/** Why a meeting has no place, what would help, and when it could be held. */
const Reasons = ({ meeting: { blockedBy, freeAt } }: { meeting: Meeting }) => (
  <div className="small stack-s">
    {blockedBy.map(({ constraint, reason, wouldHelp }) => (
      <p key={constraint} data-constraint={constraint}>
        {reason[lang]}
        <br />
        <span className="soft">
          {w.help}
          {wouldHelp[lang]}
        </span>
      </p>
    ))}
    {freeAt !== null && <p>{w.freeAt(meetingTime(freeAt.from, freeAt.to, lang))}</p>}
  </div>
)
