import { rankParts, type RankParts } from '@skills/contract/ranking.ts'
import type { CourseRow, RunRow } from '@skills/contract/snapshot.ts'

/** The course of the worked example, with the date it is reckoned for; its figures are said in the page's words. */
const date = '2026-12-01'
const run: RunRow = [
  ...(['run_0', '2026-11-20T01:00:00.000Z', '2027-01-05T01:00:00.000Z', '2027-01-07T01:00:00.000Z', '2027-01-08T09:00:00.000Z'] as const),
  ...([0, 40, 12, '460100'] as const),
]
const row: CourseRow = {
  // Its first ten letters are the time it was made: 2026-11-16, noon in Beijing.
  id: 'crs_01M7H861G00000000000000000',
  ...{ t: '', e: '', i: '', p: '', n: '', d: null, l: null, f: 'training-completion', v: 'classroom', g: 'zh', h: 8, c: 0, m: null },
  s: [40, 470],
  r: [run],
}
const record = { runs: 80, cancelled: 8, attended: 900, upheld: 1, warnings: 0, restrictions: 0 }

/** The points of the worked example. */
export const exampleParts = (): RankParts => rankParts(row, record, date)
