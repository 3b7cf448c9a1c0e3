import type { CourseLine } from '@skills/contract/planning.ts'
import { Select } from 'antd'
import { span } from '../../dates.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { go, usePlace } from '../place.ts'
import { RosterList } from './roster-list.tsx'
import { rosterText } from './roster.text.ts'
import type { TabProps } from './tabs.ts'
import { useAllCourses } from './use-all-courses.ts'

const lang = pageLanguage()
const w = rosterText[lang]

/** Who has a seat in one of the provider's runs; the run stands in the address. */
export default function RosterTab({ providerId, manages }: TabProps) {
  const asked = useAllCourses(providerId)
  return (
    <section aria-labelledby="roster-title" className="stack">
      <div>
        <h2 id="roster-title">{w.title}</h2>
        <p className="soft">{w.hint}</p>
      </div>
      <Answered asked={asked}>{({ items }) => <Chosen lines={items} providerId={providerId} manages={manages} />}</Answered>
    </section>
  )
}

function Chosen({ lines, providerId, manages }: { lines: readonly CourseLine[]; providerId: string; manages: boolean }) {
  const place = usePlace()
  const runs = lines.flatMap(({ course, runs: all }) =>
    all
      .filter(({ state }) => state !== 'draft')
      .map(({ id, name, startsAt, endsAt }) => ({
        value: id,
        label: `${course.title[lang]} · ${name[lang]} · ${span(startsAt, endsAt, lang)}`,
        startsAt,
      })),
  )
  const newestFirst = runs.toSorted((a, b) => (a.startsAt < b.startsAt ? 1 : -1))
  const wanted = place['run']
  const runId = (wanted === undefined ? newestFirst[0] : newestFirst.find(({ value }) => value === wanted))?.value
  if (newestFirst.length === 0) return <NothingYet title={w.none} hint={w.noneHint} />
  return (
    <>
      <div className="stack-s">
        <label htmlFor="roster-run">{w.choose}</label>
        <Select
          id="roster-run"
          className="wide-select"
          {...(runId === undefined ? {} : { value: runId })}
          options={newestFirst}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(run) => go({ provider: providerId, tab: 'roster', run })}
        />
      </div>
      {runId === undefined ? (
        <NothingYet title={w.otherRun} hint={w.otherRunHint} />
      ) : (
        <RosterList key={runId} runId={runId} manages={manages} />
      )}
    </>
  )
}
