import type { CourseRow, RunRow } from '@skills/contract/snapshot.ts'
import { registrationAt, scarcity } from '../catalog/seats.ts'

export interface Place {
  row: CourseRow
  run: RunRow
}
export interface Shelves {
  soon: Place[]
  few: Place[]
  open: Place[]
  /** Courses per industry. */
  industries: Map<string, number>
}

const perShelf = 8

/** What stands on the shelves of the home page at a moment: each course once on a shelf, with the run it is there for. */
export function shelvesOf(rows: readonly CourseRow[], now: number): Shelves {
  const soon: Place[] = []
  const few: Place[] = []
  const open: Place[] = []
  const industries = new Map<string, number>()
  for (const row of rows) {
    industries.set(row.n, (industries.get(row.n) ?? 0) + 1)
    const coming = row.r.filter((run) => registrationAt(run[1], run[2], now) === 'not-open').sort((a, b) => a[1].localeCompare(b[1]))[0]
    if (coming) soon.push({ row, run: coming })
    const running = row.r
      .filter((run) => registrationAt(run[1], run[2], now) === 'open' && run[7] > 0)
      .sort((a, b) => a[7] / a[6] - b[7] / b[6])
    const scarce = running.find((run) => scarcity(run[7], run[6]) === 'few')
    const roomy = running.at(-1)
    if (scarce) few.push({ row, run: scarce })
    else if (roomy) open.push({ row, run: roomy })
  }
  return {
    soon: soon.sort((a, b) => a.run[1].localeCompare(b.run[1])).slice(0, perShelf),
    few: few.sort((a, b) => a.run[7] / a.run[6] - b.run[7] / b.run[6]).slice(0, perShelf),
    open: open.sort((a, b) => a.run[3].localeCompare(b.run[3])).slice(0, perShelf),
    industries,
  }
}
