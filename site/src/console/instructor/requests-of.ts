import type { TeachingItem } from '@skills/contract/instructor.ts'

export interface Request {
  item: TeachingItem
  meetings: TeachingItem['meetings']
  /** The first instant at which a part of it ends. */
  until: string
}

/** What waits for an answer: meetings of a run that were asked for until the same instant are one request; the one that ends first comes first. */
export function requestsOf(teaching: readonly TeachingItem[]): Request[] {
  return teaching
    .flatMap((item) => {
      const asked = item.meetings.filter(({ state }) => state === 'asked')
      return [...Map.groupBy(asked, ({ until }) => until ?? '')].map(([until, meetings]) => ({ item, meetings, until }))
    })
    .toSorted((a, b) => (a.until < b.until ? -1 : 1))
}
