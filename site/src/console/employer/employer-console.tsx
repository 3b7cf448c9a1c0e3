import { platformId } from '@skills/contract/ids.ts'
import { Select } from 'antd'
import { lazy, Suspense } from 'react'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { consoleText } from '../console.text.ts'
import { membersText } from '../members.text.ts'
import { NothingYet } from '../nothing-yet.tsx'
import { PlaceLink } from '../place-link.tsx'
import { go, usePlace } from '../place.ts'
import { useAnswer } from '../use-answer.ts'
import { employerText } from './employer.text.ts'
import { OrderList } from './order-list.tsx'

const lang = pageLanguage()
const w = employerText[lang]
const common = consoleText[lang]
const BuySeats = lazy(() => import('./buy-seats.tsx'))
const GroupOrderPage = lazy(() => import('./group-order-page.tsx'))
const NominatePage = lazy(() => import('./nominate-page.tsx'))
const MembersPage = lazy(() => import('../members-page.tsx'))
const FindOrder = lazy(() => import('./find-order.tsx'))

/** The employer console: which firm one acts for, its group orders, and whom it nominates. An operator opens orders by their number. */
export function Console() {
  const place = usePlace()
  const me = useAnswer('getMe', {})
  return (
    <Answered asked={me}>
      {({ memberships }) => {
        const operates = memberships.some(({ organizationId }) => organizationId === platformId)
        const employers = memberships.filter(({ roles }) => roles.some((role) => role.startsWith('employer:')))
        const employer = employers.find(({ organizationId }) => organizationId === place['employer']) ?? employers[0]
        if (!employer && !operates) return <NothingYet title={w.noEmployer} hint={common.wrongDoorHint} level={2} />
        const employerId = employer?.organizationId
        const manages = employer?.roles.includes('employer:manager') ?? false
        return (
          <>
            <div className="act-for">
              <label htmlFor="act-for">{w.actFor}</label>
              {employer ? (
                <Select
                  id="act-for"
                  value={employer.organizationId}
                  options={employers.map(({ organizationId, organizationName }) => ({
                    value: organizationId,
                    label: organizationName[lang],
                  }))}
                  onChange={(chosen) => go({ employer: chosen })}
                />
              ) : (
                <strong id="act-for">{common.operator}</strong>
              )}
            </div>
            {manages && employerId !== undefined && place['do'] === undefined && place['order'] === undefined && (
              <p>
                <PlaceLink to={{ employer: employerId, do: 'people' }}>{membersText[lang].title}</PlaceLink>
              </p>
            )}
            <Suspense fallback={<span className="bone console-bone" />}>
              {place['order'] !== undefined ? (
                <GroupOrderPage
                  key={place['order']}
                  groupOrderId={place['order']}
                  employerId={employerId}
                  manages={manages}
                  operates={operates}
                />
              ) : employerId === undefined ? (
                <FindOrder />
              ) : place['do'] === 'buy' && manages ? (
                <BuySeats employerId={employerId} />
              ) : place['do'] === 'people' && manages ? (
                <MembersPage organizationId={employerId} back={{ employer: employerId }} />
              ) : place['do'] === 'nominate' ? (
                <NominatePage employerId={employerId} />
              ) : (
                <OrderList employerId={employerId} manages={manages} />
              )}
            </Suspense>
          </>
        )
      }}
    </Answered>
  )
}
