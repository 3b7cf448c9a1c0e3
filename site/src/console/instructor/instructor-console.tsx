import { platformId } from '@skills/contract/ids.ts'
import type { Instructor } from '@skills/contract/instructor.ts'
import type { InstructorRating } from '@skills/contract/ratings.ts'
import { lazy, Suspense } from 'react'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { PlaceLink } from '../place-link.tsx'
import { usePlace } from '../place.ts'
import { ratedAs } from '../rated-as.ts'
import { useAnswer } from '../use-answer.ts'
import { Agenda } from './agenda.tsx'
import { instructorText } from './instructor.text.ts'
import { requestsOf } from './requests-of.ts'
import { Requests } from './requests.tsx'
import { weekStart } from './week-start.ts'

const w = instructorText[pageLanguage()]
const lang = pageLanguage()
const tabs = ['agenda', 'requests', 'hours', 'qualifications', 'profile'] as const
const Hours = lazy(() => import('./hours.tsx'))
const Qualifications = lazy(() => import('./qualifications.tsx'))
const ReviewQueue = lazy(() => import('./review-queue.tsx'))
const ProfileForm = lazy(() => import('./profile-form.tsx'))

/** The instructor console: one's own calendar, requests, hours, qualifications and profile; making a profile comes first. An operator verifies here what instructors claim. */
export function Console() {
  const me = useAnswer('getMe', {})
  return (
    <Answered asked={me}>
      {({ memberships }) =>
        memberships.some(({ organizationId }) => organizationId === platformId) ? (
          <Suspense fallback={<span className="bone console-bone" />}>
            <ReviewQueue />
          </Suspense>
        ) : (
          <Own />
        )
      }
    </Answered>
  )
}

function Own() {
  const asked = useAnswer('getMyInstructor', {})
  return (
    <Answered asked={asked}>
      {({ instructor, rating }) => {
        const show = (changed: Instructor) => asked.show({ instructor: changed, rating })
        if (instructor !== null) return <Tabs instructor={instructor} rating={rating} show={show} again={asked.again} />
        return (
          <section aria-labelledby="start-title" className="stack">
            <h2 id="start-title">{w.start}</h2>
            <p className="soft">{w.startHint}</p>
            <Suspense fallback={<span className="bone console-bone" />}>
              <ProfileForm instructor={undefined} show={show} />
            </Suspense>
          </section>
        )
      }}
    </Answered>
  )
}

interface TabsParts {
  instructor: Instructor
  rating: InstructorRating | null
  show: (changed: Instructor) => void
  again: () => void
}

function Tabs({ instructor, rating, show, again }: TabsParts) {
  const place = usePlace()
  const tab = tabs.find((one) => one === place['tab']) ?? 'agenda'
  // From the Monday of this week, or of an earlier one that is looked at: days that are over are there too, and every request is.
  const [shown, current] = [weekStart(place['week']), weekStart(undefined)]
  const teaching = useAnswer('listMyAssignments', { query: { startsAt: shown < current ? shown : current } })
  const open = requestsOf(teaching.value?.teaching ?? []).length
  return (
    <>
      <p className="instructor-hello">
        <strong>{w.hello(instructor.name[lang])}</strong> {rating !== null && <span className="small soft">{ratedAs(rating)}</span>}
      </p>
      {!instructor.listed && <p className="notice">{w.notListed}</p>}
      <nav className="console-tabs" aria-label={w.hello(instructor.name[lang])}>
        {tabs.map((key) => (
          <PlaceLink key={key} to={{ tab: key }} current={key === tab}>
            {w.tabs[key]}
            {key === 'requests' && open > 0 && (
              <span className="label warn" title={w.waiting(open)}>
                {open}
              </span>
            )}
          </PlaceLink>
        ))}
      </nav>
      {tab !== 'agenda' && tab !== 'hours' && <h2 className="unseen">{w.tabs[tab]}</h2>}
      <Suspense fallback={<span className="bone console-bone" />}>
        {tab === 'agenda' ? (
          <Agenda asked={teaching} ill={again} />
        ) : tab === 'requests' ? (
          <Requests asked={teaching} />
        ) : tab === 'hours' ? (
          <Hours instructor={instructor} show={show} />
        ) : tab === 'qualifications' ? (
          <Qualifications instructor={instructor} show={show} />
        ) : (
          <ProfileForm instructor={instructor} show={show} />
        )}
      </Suspense>
    </>
  )
}
