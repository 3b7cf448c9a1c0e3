import type { Text } from '@skills/contract/text.ts'

/** The least class hours of a course for a trade in a province, with where the figure comes from. `binding` only once the rule itself was read; until then it is advice. */
export interface LeastHours {
  trade: string
  /** Six digits of a province (GB/T 2260); null: the whole country. */
  province: string | null
  theoryHours: number
  practiceHours: number
  source: Text
  /** The civil date on which the source was looked at. */
  seenOn: string
  binding: boolean
}

const heightSite = {
  zh: '高处作业培训大纲，引自培训机构网页，未与省级大纲核对',
  en: 'Outline for work at height as a training site quotes it, not yet compared with the provincial outline',
}
const atHeight = (trade: string): LeastHours => ({
  trade,
  province: null,
  theoryHours: 24,
  practiceHours: 20,
  source: heightSite,
  seenOn: '2026-11-21',
  binding: false,
})

/**
 * Training hours are set by the outline of each trade and by provinces, and no national list was found that could be checked. So the table holds only figures with a source, and
 * a trade that is missing has no figure; adding one is a line here.
 */
const leastHours: readonly LeastHours[] = [atHeight('scaffolding'), atHeight('installation-at-height')]

/** The figure for a trade in a region: the province's own before the country's. */
export function leastHoursFor(trade: string | null, region: string): LeastHours | undefined {
  const own = leastHours.filter((one) => one.trade === trade)
  return own.find(({ province }) => province?.slice(0, 2) === region.slice(0, 2)) ?? own.find(({ province }) => province === null)
}
