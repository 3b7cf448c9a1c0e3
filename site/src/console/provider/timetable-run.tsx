import type { TimetableRunProposal } from '@skills/contract/timetable.ts'
import { Alert, Button } from 'antd'
import { pageLanguage } from '../../language.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import type { Doing } from '../use-doing.ts'
import { timetableText } from './timetable.text.ts'
import { TimetableWeeks } from './timetable-week.tsx'

const lang = pageLanguage()
const w = timetableText[lang]

/** What came of applying a run's part of a proposal. */
export interface Applied {
  asked: number
  rooms: number
}

/** What is proposed for one run, and the button that makes it so. */
export function TimetableRun({
  run,
  applied,
  doing,
  apply,
}: {
  run: TimetableRunProposal
  applied: Applied | undefined
  doing: Doing
  apply: () => void
}) {
  const empty = run.asks.length === 0 && run.rooms.length === 0
  return (
    <section className="card timetable-run" aria-labelledby={`run-${run.runId}`} data-run={run.runId}>
      <div className="program-card-head">
        <h3 id={`run-${run.runId}`}>{run.name[lang]}</h3>
        {!empty && applied === undefined && (
          <Button type="primary" loading={doing.busy} onClick={apply}>
            {w.apply}
          </Button>
        )}
      </div>
      <ProblemAlert failed={doing.failed} />
      {applied !== undefined && <Alert type="success" showIcon title={w.applied(applied.asked, applied.rooms)} />}
      {empty && run.meetings.some(({ state }) => state === 'unplaced') && <p className="soft">{w.nothing}</p>}
      <TimetableWeeks meetings={run.meetings} />
    </section>
  )
}
