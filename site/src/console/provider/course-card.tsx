import type { CourseLine, RunLine } from '@skills/contract/planning.ts'
import { yuan } from '@skills/contract/money.ts'
import { App, Button, Tag } from 'antd'
import { moment, span } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { PlaceLink } from '../place-link.tsx'
import { go } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useDoing } from '../use-doing.ts'
import { providerText } from './provider.text.ts'

const lang = pageLanguage()
const w = providerText[lang]
const courseColor = { draft: 'default', published: 'success', withdrawn: 'warning' } as const
const runColor = {
  draft: 'default',
  published: 'processing',
  'registration-open': 'success',
  'registration-closed': 'warning',
  running: 'processing',
  completed: 'default',
  cancelled: 'error',
} as const

interface Parts {
  line: CourseLine
  providerId: string
  manages: boolean
  changed: () => void
}

/** A course with its state, what can be done with it, and its runs. */
export function CourseCard({ line: { course, runs }, providerId, manages, changed }: Parts) {
  const { modal } = App.useApp()
  const doing = useDoing()
  const similar = doing.failed?.problem?.code === 'similar-exists'
  const step = async (to: 'published' | 'withdrawn', anyway = false) => {
    if (to === 'withdrawn' && !(await modal.confirm({ title: w.stepSure.withdrawn }))) return
    const done = await doing.run(`step ${course.id} ${to} ${anyway}`, (key) =>
      callAsMe('stepCourse', { params: { courseId: course.id }, body: anyway ? { to, anyway } : { to }, key }),
    )
    if (done) changed()
  }
  return (
    <li className="card program-card" data-course={course.code}>
      <div className="program-card-head">
        <h3>{course.title[lang]}</h3>
        <Tag color={courseColor[course.state]}>{w.courseState[course.state]}</Tag>
      </div>
      <p className="soft small">
        {course.code} · {w.fee} {course.feeFen === 0 ? w.free : yuan(course.feeFen)}
      </p>
      <ProblemAlert failed={doing.failed} />
      {similar && (
        <p>
          <Button size="small" onClick={() => void step('published', true)}>
            {w.publishAnyway}
          </Button>
        </p>
      )}
      {manages && (
        <p className="row tight">
          <Button size="small" onClick={() => go({ provider: providerId, do: 'plan', course: course.id })}>
            {w.newRun}
          </Button>
          <Button size="small" onClick={() => go({ provider: providerId, do: 'course', course: course.id })}>
            {w.edit}
          </Button>
          <Button
            size="small"
            loading={doing.busy}
            onClick={() => void step(course.state === 'published' ? 'withdrawn' : 'published')}
            danger={course.state === 'published'}
          >
            {course.state === 'draft' ? w.step.published : course.state === 'published' ? w.step.withdrawn : w.step.again}
          </Button>
        </p>
      )}
      {runs.length === 0 ? (
        <p className="soft">{w.noRuns}</p>
      ) : (
        <ul className="run-lines">
          {runs.map((run) => (
            <RunItem key={run.id} run={run} providerId={providerId} manages={manages} />
          ))}
        </ul>
      )}
    </li>
  )
}

/** One run in the list: when, its state, its seats and what is due. */
const RunItem = ({ run, providerId, manages }: { run: RunLine; providerId: string; manages: boolean }) => (
  <li data-run={run.code}>
    <p>
      <PlaceLink to={{ provider: providerId, run: run.id }}>{run.name[lang]}</PlaceLink>{' '}
      <Tag color={runColor[run.state]}>{w.runState[run.state]}</Tag>
    </p>
    <p className="small soft">
      {span(run.startsAt, run.endsAt, lang)} · {w.meetings(run.meetings)} · {w.seats(run.seats.sold, run.seats.held, run.capacity)}
      {!run.planned && ` · ${w.imported}`}
    </p>
    {run.untaught > 0 && run.state !== 'cancelled' && (
      <p className="small due">
        {w.untaught(run.untaught, run.asked)}{' '}
        {manages && <PlaceLink to={{ provider: providerId, tab: 'timetable', run: run.id }}>{w.tabs['timetable']}</PlaceLink>}
      </p>
    )}
    {run.tentative && run.state !== 'cancelled' && (
      <p className="small">
        {run.tentative.confirmedAt ? w.confirmed : w.tentative(run.tentative.minimum, moment(run.tentative.decideAt, lang))}
      </p>
    )}
  </li>
)
