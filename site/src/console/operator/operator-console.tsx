import { platformId } from '@skills/contract/ids.ts'
import { lazy, Suspense } from 'react'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { PlaceLink } from '../place-link.tsx'
import { usePlace } from '../place.ts'
import { useAnswer } from '../use-answer.ts'
import { operatorText } from './operator.text.ts'

const w = operatorText[pageLanguage()]

/** The tabs, each a piece of its own that is loaded when it is opened. */
const tabs = {
  applications: lazy(() => import('./applications-queue.tsx')),
  qualifications: lazy(() => import('../instructor/review-queue.tsx')),
  rules: lazy(() => import('./rules-page.tsx')),
  messages: lazy(() => import('./messages-reported.tsx')),
  standings: lazy(() => import('./standing-page.tsx')),
  majeure: lazy(() => import('./majeure-page.tsx')),
  money: lazy(() => import('./money-page.tsx')),
  audit: lazy(() => import('./audit-page.tsx')),
  taxonomy: lazy(() => import('./taxonomy-page.tsx')),
  complaints: lazy(() => import('./complaints-page.tsx')),
  sanctions: lazy(() => import('./sanctions-page.tsx')),
  appointments: lazy(() => import('./appointments-page.tsx')),
  ratings: lazy(() => import('./ratings-page.tsx')),
}
type TabName = keyof typeof tabs
const names = Object.keys(tabs) as TabName[]

/** The operator console: what waits for a decision, the rules, and where providers stand. */
export function Console() {
  const place = usePlace()
  const me = useAnswer('getMe', {})
  const name = names.find((one) => one === place['tab']) ?? 'applications'
  const Tab = tabs[name]
  return (
    <Answered asked={me}>
      {({ memberships }) =>
        !memberships.some(({ organizationId, roles }) => organizationId === platformId && roles.includes('platform:operator')) ? (
          <NothingYet title={w.notOperator} hint={w.notOperatorHint} level={2} />
        ) : (
          <>
            <nav className="console-tabs" aria-label={w.tabsLabel}>
              {names.map((one) => (
                <PlaceLink key={one} to={{ tab: one }} current={one === name}>
                  {w.tabs[one]}
                </PlaceLink>
              ))}
            </nav>
            <Suspense fallback={<span className="bone console-bone" />}>
              <Tab />
            </Suspense>
          </>
        )
      }
    </Answered>
  )
}
