import type { CourseLine } from '@skills/contract/planning.ts'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { go, usePlace } from '../place.ts'
import { useAnswer } from '../use-answer.ts'
import { CourseCard } from './course-card.tsx'
import { providerText } from './provider.text.ts'
import type { TabProps } from './tabs.ts'

const w = providerText[pageLanguage()]
const CourseEditor = lazy(() => import('./course-editor.tsx'))
const RunPlanner = lazy(() => import('./run-planner.tsx'))
const RunPage = lazy(() => import('./run-page.tsx'))

/** Courses and runs: the list, and the pages that the address opens over it. */
export default function CoursesTab({ providerId, manages }: TabProps) {
  const place = usePlace()
  const [cursor, setCursor] = useState<string>()
  const asked = useAnswer('listProviderCourses', {
    params: { providerId },
    query: { limit: '50', ...(cursor === undefined ? {} : { cursor }) },
  })
  const course = place['course']
  const run = place['run']
  const changed = asked.again
  if (manages && place['do'] === 'plan')
    return (
      <Suspense fallback={<span className="bone console-bone" />}>
        <RunPlanner
          key={run ?? course}
          providerId={providerId}
          changed={changed}
          {...(run === undefined ? { courseId: course ?? '' } : { runId: run })}
        />
      </Suspense>
    )
  if (run !== undefined)
    return (
      <Suspense fallback={<span className="bone console-bone" />}>
        <RunPage key={run} providerId={providerId} runId={run} manages={manages} changed={changed} />
      </Suspense>
    )
  if (manages && place['do'] === 'course')
    return (
      <Answered asked={asked}>
        {({ items }) => (
          <Suspense fallback={<span className="bone console-bone" />}>
            <CourseEditor
              key={course ?? 'new'}
              providerId={providerId}
              line={items.find((one) => one.course.id === course)}
              changed={changed}
            />
          </Suspense>
        )}
      </Answered>
    )
  return (
    <section aria-labelledby="courses-title">
      <div className="console-title">
        <h2 id="courses-title">{w.courses}</h2>
        {manages && (
          <Button type="primary" onClick={() => go({ provider: providerId, do: 'course' })}>
            {w.newCourse}
          </Button>
        )}
      </div>
      <Answered asked={asked}>
        {({ items, next }) => (
          <>
            {items.length === 0 && cursor === undefined ? (
              <NothingYet title={w.none} hint={manages ? w.noneHint : w.noneLooker} />
            ) : (
              <ul className="program-list">
                {items.map((line: CourseLine) => (
                  <CourseCard key={line.course.id} line={line} providerId={providerId} manages={manages} changed={asked.again} />
                ))}
              </ul>
            )}
            {next !== null && <Button onClick={() => setCursor(next)}>{w.more}</Button>}
          </>
        )}
      </Answered>
    </section>
  )
}
