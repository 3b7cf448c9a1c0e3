import { lazy, type ComponentType } from 'react'

/** What every tab of the provider console is told. `manages`: may change things, not only look. */
export interface TabProps {
  providerId: string
  manages: boolean
}

interface Tab {
  /** Its name in the address, and in `providerText.tabs`. */
  name: string
  Page: ComponentType<TabProps>
}

/** The tabs of the console, each a piece of its own that is loaded when it is opened. The first is where one arrives. */
export const tabs: readonly Tab[] = [
  { name: 'courses', Page: lazy(() => import('./courses-tab.tsx')) },
  { name: 'roster', Page: lazy(() => import('./roster-tab.tsx')) },
  { name: 'timetable', Page: lazy(() => import('./timetable-tab.tsx')) },
  { name: 'import', Page: lazy(() => import('./import-tab.tsx')) },
  { name: 'dashboard', Page: lazy(() => import('./dashboard-tab.tsx')) },
  { name: 'standing', Page: lazy(() => import('./standing-tab.tsx')) },
  { name: 'messages', Page: lazy(() => import('./messages-tab.tsx')) },
  { name: 'payout', Page: lazy(() => import('./payout-tab.tsx')) },
  { name: 'invoices', Page: lazy(() => import('./invoices-tab.tsx')) },
  { name: 'quality', Page: lazy(() => import('./quality-tab.tsx')) },
  { name: 'people', Page: lazy(() => import('./people-tab.tsx')) },
  { name: 'ratings', Page: lazy(() => import('./ratings-tab.tsx')) },
]
