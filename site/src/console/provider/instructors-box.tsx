import type { Run } from '@skills/contract/catalog.ts'
import type { Assignment, ProposedInstructor } from '@skills/contract/instructor.ts'
import { yuan } from '@skills/contract/money.ts'
import { App, Button, Checkbox, Tag } from 'antd'
import { useState } from 'react'
import { meetingTime, moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { ratedAs } from '../rated-as.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { plannerText } from './planner.text.ts'

const lang = pageLanguage()
const w = plannerText[lang].page

/** Who teaches which meeting of a run and who is asked, and whom to ask. */
export function InstructorsBox({ run, manages, changed }: { run: Pick<Run, 'id' | 'meetings'>; manages: boolean; changed: () => void }) {
  const asked = useAnswer('listAssignments', { params: { runId: run.id } })
  const [finding, setFinding] = useState(false)
  const again = () => {
    asked.again()
    changed()
  }
  return (
    <section aria-labelledby="teachers-title" className="card">
      <div className="teachers-head">
        <h3 id="teachers-title">{w.teachers}</h3>
        {manages && <Button onClick={() => setFinding(!finding)}>{w.find}</Button>}
      </div>
      <Answered asked={asked}>
        {({ assignments }) => (
          <>
            <ol className="run-lines">
              {run.meetings.map((meeting) => (
                <li key={meeting.id}>
                  <span className="small soft">{meetingTime(meeting.startsAt, meeting.endsAt, lang)}</span>{' '}
                  <Teachers
                    run={run}
                    of={assignments.filter(({ meetingId }) => meetingId === meeting.id)}
                    manages={manages}
                    changed={again}
                  />
                </li>
              ))}
            </ol>
            {finding && (
              <Proposals
                run={run}
                nobody={run.meetings.map(({ id }) => id).filter((id) => !assignments.some(({ meetingId }) => meetingId === id))}
                changed={again}
              />
            )}
          </>
        )}
      </Answered>
    </section>
  )
}

function Teachers({
  run,
  of,
  manages,
  changed,
}: {
  run: Pick<Run, 'id'>
  of: readonly Assignment[]
  manages: boolean
  changed: () => void
}) {
  const { modal } = App.useApp()
  const doing = useDoing()
  const withdraw = async (bookingId: string) => {
    if (!(await modal.confirm({ title: w.withdrawSure, okText: w.withdraw }))) return
    const done = await doing.run(`withdraw ${bookingId}`, (key) =>
      callAsMe('withdrawAssignment', { params: { runId: run.id, bookingId }, key }),
    )
    if (done) changed()
  }
  if (of.length === 0) return <span className="due">{w.nobody}</span>
  return (
    <>
      {of.map(({ bookingId, instructorName, state, until, qualified }) => (
        <span key={bookingId} className="row tight">
          <Tag color={state === 'accepted' ? 'success' : 'processing'}>
            {state === 'accepted' ? instructorName[lang] : w.asked(instructorName[lang], until === null ? '' : moment(until, lang))}
          </Tag>
          {!qualified && <Tag color="error">{w.unqualified}</Tag>}
          {manages && (
            <Button size="small" type="text" loading={doing.busy} onClick={() => void withdraw(bookingId)}>
              {w.withdraw}
            </Button>
          )}
        </span>
      ))}
      <ProblemAlert failed={doing.failed} />
    </>
  )
}

/** Who could teach, best first, and why the others cannot. Asked for are the meetings that are chosen: first those that nobody teaches and nobody is asked for, `nobody`. */
function Proposals({ run, nobody, changed }: { run: Pick<Run, 'id' | 'meetings'>; nobody: readonly string[]; changed: () => void }) {
  const asked = useAnswer('proposeInstructors', { params: { runId: run.id } })
  const [chosen, setChosen] = useState<readonly string[]>()
  const doing = useDoing()
  const ask = async ({ instructor, feeFen }: ProposedInstructor, ids: readonly string[], meetingIds: readonly string[]) => {
    const body = { instructorId: instructor.id, meetingIds: [...ids], feeFen: Math.round(feeFen / Math.max(1, meetingIds.length)) }
    const done = await doing.run(`ask ${run.id} ${JSON.stringify(body)}`, (key) =>
      callAsMe('askInstructor', { params: { runId: run.id }, body, key }),
    )
    if (!done) return
    setChosen(undefined)
    asked.again()
    changed()
  }
  return (
    <div className="stack">
      <p className="soft small">{w.findHint}</p>
      <ProblemAlert failed={doing.failed} />
      <Answered asked={asked}>
        {({ meetingIds, proposals }) => {
          const wanted = chosen ?? (nobody.length > 0 ? nobody : meetingIds)
          return proposals.length === 0 ? (
            <p>{w.noneFound}</p>
          ) : (
            <ul className="run-lines">
              {meetingIds.length > 1 && (
                <li>
                  <fieldset className="ask-for">
                    <legend>{w.askFor}</legend>
                    <Checkbox.Group
                      value={[...wanted]}
                      onChange={setChosen}
                      options={run.meetings
                        .filter(({ id }) => meetingIds.includes(id))
                        .map(({ id, startsAt, endsAt }) => ({ value: id, label: meetingTime(startsAt, endsAt, lang) }))}
                    />
                  </fieldset>
                </li>
              )}
              {proposals.map((one) => {
                const can = wanted.filter((id) => meetingIds.includes(id) && !one.obstacles.some(({ meetingId }) => meetingId === id))
                const reasons = [...new Set(one.obstacles.map(({ detail }) => detail[lang]))]
                return (
                  <li key={one.instructor.id}>
                    <p>
                      <strong>{one.instructor.name[lang]}</strong>{' '}
                      <span className="small soft">
                        {w.fee(yuan(can.length === 0 ? one.feeFen : Math.round(one.feeFen / meetingIds.length) * can.length))}
                        {one.travelMinutes === null ? '' : ` · ${w.travel(one.travelMinutes)}`}
                        {` · ${ratedAs(one.rating)}`}
                      </span>
                    </p>
                    {one.calendarOld && <p className="small due">{w.calendarOld}</p>}
                    {reasons.length > 0 && <p className="small soft">{reasons.slice(0, 3).join('；')}</p>}
                    {can.length > 0 && (
                      <Button size="small" loading={doing.busy} onClick={() => void ask(one, can, meetingIds)}>
                        {w.askAll(can.length)}
                      </Button>
                    )}
                  </li>
                )
              })}
            </ul>
          )
        }}
      </Answered>
    </div>
  )
}
