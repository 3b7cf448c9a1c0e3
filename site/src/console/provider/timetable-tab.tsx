import type { CourseLine, RunLine } from '@skills/contract/planning.ts'
import type { TimetableProposal, TimetableRunProposal } from '@skills/contract/timetable.ts'
import { Alert, Button, Checkbox, Form, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { span } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { usePlace } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useDoing } from '../use-doing.ts'
import type { TabProps } from './tabs.ts'
import { TimetableRun, type Applied } from './timetable-run.tsx'
import { timetableText } from './timetable.text.ts'
import { useAllCourses } from './use-all-courses.ts'

const lang = pageLanguage()
const w = timetableText[lang]

interface Wishes {
  runIds: string[]
  instructors: number
  equipment?: string[]
  onHolidays?: boolean
}

/** Timetables for several runs at once: choose, look at the proposal week by week, apply it run by run. */
export default function TimetableTab({ providerId, manages }: TabProps) {
  const asked = useAllCourses(providerId)
  return (
    <section aria-labelledby="timetable-title">
      <div className="console-title">
        <div>
          <h2 id="timetable-title">{w.title}</h2>
          <p className="soft">{manages ? w.hint : w.looker}</p>
        </div>
      </div>
      {manages && (
        <Answered asked={asked}>
          {({ items }) => {
            const open = items.flatMap(plannable)
            return open.length === 0 ? <NothingYet title={w.none} hint={w.noneHint} /> : <Planner runs={open} changed={asked.again} />
          }}
        </Answered>
      )}
    </section>
  )
}

/** Runs of a course whose meetings still want something, with what the course is called. */
const plannable = ({ course, runs }: CourseLine) =>
  runs
    .filter(
      ({ state, planned, untaught, endsAt }) =>
        (state === 'draft' || (planned && untaught > 0 && state !== 'cancelled')) && endsAt > new Date().toISOString(),
    )
    .map((run) => ({ run, title: course.title[lang] }))

/** A rule of its own: `required` would mark the group as required, which assistive technology does not allow for groups. */
const oneToTwenty = (chosen: string[] = []) =>
  chosen.length >= 1 && chosen.length <= 20 ? Promise.resolve() : Promise.reject(new Error(w.chooseSome))

function Planner({ runs, changed }: { runs: readonly { run: RunLine; title: string }[]; changed: () => void }) {
  const place = usePlace()
  const doing = useDoing()
  const [proposal, setProposal] = useState<TimetableProposal>()
  const propose = async (wishes: Wishes) => {
    const done = await doing.run('propose-timetable', (key) =>
      callAsMe('proposeTimetable', { body: { ...wishes, equipment: wishes.equipment ?? [] }, key }),
    )
    setProposal(done?.value)
  }
  const chosen = runs.filter(({ run }) => run.id === place['run']).map(({ run }) => run.id)
  return (
    <>
      <Form
        className="card"
        layout="vertical"
        initialValues={{ runIds: chosen, instructors: 1 }}
        onFinish={(wishes: Wishes) => void propose(wishes)}
      >
        <Form.Item name="runIds" label={w.choose} rules={[{ validator: (_, chosen?: string[]) => oneToTwenty(chosen) }]}>
          <Checkbox.Group
            className="timetable-choice"
            options={runs.map(({ run, title }) => ({
              value: run.id,
              label: (
                <>
                  {title} · {run.name[lang]}{' '}
                  <span className="soft small">
                    {span(run.startsAt, run.endsAt, lang)}
                    {run.untaught > 0 && ` · ${w.untaught(run.untaught)}`}
                  </span>
                </>
              ),
            }))}
          />
        </Form.Item>
        <Form.Item name="instructors" label={w.per}>
          <InputNumber min={0} max={4} />
        </Form.Item>
        <Form.Item name="equipment" label={w.equipment} extra={w.equipmentHint}>
          <Select mode="tags" maxCount={10} open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="onHolidays" valuePropName="checked">
          <Checkbox>{w.onHolidays}</Checkbox>
        </Form.Item>
        <ProblemAlert failed={doing.failed} />
        <Button type="primary" htmlType="submit" loading={doing.busy}>
          {proposal === undefined ? w.propose : w.again}
        </Button>
      </Form>
      {proposal !== undefined && <Proposal key={JSON.stringify(proposal)} proposal={proposal} changed={changed} />}
    </>
  )
}

function Proposal({ proposal, changed }: { proposal: TimetableProposal; changed: () => void }) {
  const meetings = proposal.runs.flatMap((run) => run.meetings)
  const wanting = meetings.filter(({ state }) => state !== 'settled')
  const placed = wanting.filter(({ state }) => state === 'proposed').length
  return (
    <section className="timetable-result" aria-live="polite">
      <p>
        <strong>{wanting.length === 0 ? w.allSettled : w.result(placed, wanting.length)}</strong>
        {placed > 0 && (
          <span className="soft">
            {' '}
            · {w.travel(Math.round(proposal.travelMinutes / 6) / 10)} · {w.changes(proposal.changes)}
          </span>
        )}
      </p>
      {proposal.stoppedEarly && <Alert type="warning" showIcon title={w.early} />}
      {proposal.runs.map((run) => (
        <ProposedRun key={run.runId} run={run} changed={changed} />
      ))}
    </section>
  )
}

function ProposedRun({ run, changed }: { run: TimetableRunProposal; changed: () => void }) {
  const doing = useDoing()
  const [applied, setApplied] = useState<Applied>()
  const { runId, asks, rooms } = run
  const apply = async () => {
    const done = await doing.run(`apply-timetable ${runId} ${JSON.stringify({ asks, rooms })}`, (key) =>
      callAsMe('applyTimetable', { params: { runId }, body: { asks, rooms }, key }),
    )
    if (!done) return
    setApplied({ asked: done.value.assignments.length, rooms: done.value.rooms.length })
    changed()
  }
  return <TimetableRun run={run} applied={applied} doing={doing} apply={() => void apply()} />
}
