import type { RosterReport } from '@skills/contract/rosters.routes.ts'

/**
 * The report of a roster out of that of its first part and that of the next one: a part counts what follows `from`. What was not understood was read as a whole with the
 * first part, so it is counted once; a remark that both parts make stands there once.
 */
export function together(before: RosterReport | undefined, part: RosterReport): RosterReport {
  if (before === undefined) return part
  const of = ({ row, column, code }: RosterReport['remarks'][number]) => `${row}/${column}/${code}`
  const remarks = new Map([...before.remarks, ...part.remarks].map((remark) => [of(remark), remark]))
  return {
    ...part,
    matched: before.matched + part.matched,
    unmatched: before.unmatched + part.unmatched,
    malformed: before.malformed,
    remarks: [...remarks.values()].toSorted((a, b) => a.row - b.row),
  }
}

/** How many rows are done, and how many there are to be done, of what was understood. */
export const reached = ({ matched, unmatched, notReached }: RosterReport): { done: number; all: number } => ({
  done: matched + unmatched,
  all: matched + unmatched + notReached,
})
