import type { RunState } from '@skills/contract/catalog.ts'
import type { RunPlan } from '@skills/contract/planning.ts'
import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { Alert, App, Button, Tag } from 'antd'
import { runCard } from '../../course/run-card.ts'
import { meetingTime } from '../../dates.ts'
import { word } from '../../catalog/words.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { at, pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { PlaceLink } from '../place-link.tsx'
import { go } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { InstructorsBox } from './instructors-box.tsx'
import { MergeButton } from './merge-button.tsx'
import { plannerText } from './planner.text.ts'
import { PostponeButton } from './postpone-button.tsx'
import { providerText } from './provider.text.ts'

const lang = pageLanguage()
const w = plannerText[lang].page
const words = providerText[lang]

/** One run: where it stands, what it lacks, what can be done with it, how a worker will see it, who teaches it. */
export default function RunPage({
  providerId,
  runId,
  manages,
  changed,
}: {
  providerId: string
  runId: string
  manages: boolean
  changed: () => void
}) {
  const asked = useAnswer('getRunPlan', { params: { runId } })
  const again = () => {
    asked.again()
    changed()
  }
  return (
    <section aria-labelledby="run-title">
      <p className="crumbs">
        <PlaceLink to={{ provider: providerId }}>{plannerText[lang].back}</PlaceLink>
      </p>
      <Answered asked={asked}>
        {(plan) => (
          <div className="stack">
            <div className="console-title">
              <div>
                <h2 id="run-title">{plan.courseTitle[lang]}</h2>
                <p>
                  {plan.run.name[lang]} · {plan.run.code} <Tag>{words.runState[plan.run.state]}</Tag>
                </p>
                {plan.run.mergedInto !== undefined && (
                  <p>
                    <PlaceLink to={{ provider: providerId, run: plan.run.mergedInto }}>{words.mergedInto}</PlaceLink>
                  </p>
                )}
                <p className="small soft">{words.seats(plan.seats.sold, plan.seats.held, plan.run.capacity)}</p>
              </div>
            </div>
            {manages && <RunSteps plan={plan} providerId={providerId} changed={again} />}
            {plan.run.state === 'draft' && <Missing plan={plan} />}
            {plan.planned && <InstructorsBox run={plan.run} manages={manages} changed={again} />}
            <Meetings plan={plan} />
            <Preview plan={plan} providerId={providerId} />
          </div>
        )}
      </Answered>
    </section>
  )
}

/** What can be done with a run in its state. Cancelling asks twice, because it gives everybody's money back. */
function RunSteps({ plan, providerId, changed }: { plan: RunPlan; providerId: string; changed: () => void }) {
  const { run } = plan
  const { modal } = App.useApp()
  const doing = useDoing()
  const similar = doing.failed?.problem?.code === 'similar-exists'
  const step = async (to: RunState, sure?: string, okText?: string, anyway = false) => {
    if (sure !== undefined && !(await modal.confirm({ title: sure, okText, cancelText: to === 'cancelled' ? w.keep : undefined }))) return
    const done = await doing.run(`step ${run.id} ${plan.version} ${to} ${anyway}`, (key) =>
      callAsMe('stepRun', { params: { runId: run.id }, body: anyway ? { to, anyway } : { to }, key }),
    )
    if (done) changed()
  }
  const over = run.state === 'completed' || run.state === 'cancelled'
  if (over) return null
  return (
    <>
      <p className="row tight run-steps">
        {run.state === 'draft' && (
          <Button type="primary" loading={doing.busy} onClick={() => void step('published', w.publishSure, w.publish)}>
            {w.publish}
          </Button>
        )}
        {run.state === 'published' && <Button onClick={() => void step('registration-open')}>{w.open}</Button>}
        {run.state === 'registration-open' && <Button onClick={() => void step('registration-closed')}>{w.close}</Button>}
        {run.state === 'registration-closed' && <Button onClick={() => void step('registration-open')}>{w.reopen}</Button>}
        <Button onClick={() => go({ provider: providerId, do: 'plan', run: run.id })}>{w.edit}</Button>
        <PostponeButton plan={plan} changed={changed} />
        {(run.state === 'draft' || plan.planned) && run.state !== 'running' && (
          <Button onClick={() => go({ provider: providerId, tab: 'timetable', run: run.id })}>{words.tabs['timetable']}</Button>
        )}
        {run.state !== 'draft' && run.state !== 'running' && <MergeButton plan={plan} providerId={providerId} changed={changed} />}
        <Button danger onClick={() => void step('cancelled', w.cancelSure, w.cancelYes)}>
          {w.cancel}
        </Button>
      </p>
      <ProblemAlert failed={doing.failed} />
      {similar && <Button onClick={() => void step('published', undefined, undefined, true)}>{words.publishAnyway}</Button>}
    </>
  )
}

/** What a draft lacks to be published, all of it. */
const Missing = ({ plan: { reasons } }: { plan: RunPlan }) =>
  reasons.length === 0 ? (
    <Alert type="success" showIcon title={w.ready} />
  ) : (
    <Alert
      type="warning"
      showIcon
      title={w.missing}
      description={
        <ul>
          {reasons.map(({ code, pointer, words: said }) => (
            <li key={`${pointer} ${code}`}>{said[lang]}</li>
          ))}
        </ul>
      }
    />
  )

/** Whether a meeting is today, or ended a day ago at most: so long attendance can be taken. */
const isNear = (startsAt: string, endsAt: string) => {
  const now = new Date().toISOString()
  return dateAt(startsAt) <= dateAt(now) && plusMinutes(endsAt, 24 * 60) > now
}

const Meetings = ({ plan: { run } }: { plan: RunPlan }) => (
  <section aria-labelledby="meetings-title" className="card">
    <h3 id="meetings-title">{w.meetings}</h3>
    <ol className="run-lines">
      {run.meetings.map(({ id, startsAt, endsAt, kind, room }) => (
        <li key={id}>
          {meetingTime(startsAt, endsAt, lang)} · {word('meeting', kind, lang)} · {room ?? w.noRoom}
          {isNear(startsAt, endsAt) && run.state !== 'draft' && run.state !== 'cancelled' && kind !== 'video' && (
            <>
              {' '}
              <a href={`${at(lang, '/attendance/screen/')}?${new URLSearchParams({ runId: run.id, meetingId: id })}`}>{words.screen}</a>
            </>
          )}
        </li>
      ))}
    </ol>
  </section>
)

/** The ticket of the course page, made by the same template; its links lead nowhere here. */
function Preview({ plan, providerId }: { plan: RunPlan; providerId: string }) {
  const venues = useAnswer('listProviderVenues', { params: { providerId } })
  if (venues.value === undefined) return null
  const { text } = runCard(plan.run, plan.seats.free, venues.value.venues, lang, Date.now())
  return (
    <section aria-labelledby="preview-title" className="worker-preview">
      <h3 id="preview-title">{w.preview}</h3>
      <ul className="tickets" inert dangerouslySetInnerHTML={{ __html: text }} />
    </section>
  )
}
