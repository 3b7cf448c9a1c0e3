import type { CourseLine } from '@skills/contract/planning.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { useAnswer } from '../use-answer.ts'
import { CourseCard } from './course-card.tsx'
import { providerText } from './provider.text.ts'
import type { TabProps } from './tabs.ts'

const w = providerText[pageLanguage()]

/** Courses and runs: the list, and the pages that the address opens over it. */
export default function CoursesTab({ providerId, manages }: TabProps) {
  const [cursor, setCursor] = useState<string>()
  const asked = useAnswer('listProviderCourses', {
    params: { providerId },
    query: { limit: '50', ...(cursor === undefined ? {} : { cursor }) },
  })
  return (
    <section aria-labelledby="courses-title">
      <div className="console-title">
        <h2 id="courses-title">{w.courses}</h2>
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
