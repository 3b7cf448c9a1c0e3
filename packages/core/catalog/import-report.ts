import type { ImportRemark, ImportReport } from '@skills/contract/catalog.routes.ts'
import type { ReadImport } from './import-read.ts'

/** What became of a good row when it met the table: how it changed, or why it was not accepted after all. */
export interface RowOutcome {
  row: number
  outcome: 'created' | 'changed' | 'unchanged' | ImportRemark[]
}

const maxListed = 1000

/**
 * The report of an import. In: what the file said and an outcome for every good row. Every row counts once: created, changed, unchanged
 * or rejected; at most 1,000 remarks are listed, in the order of rows.
 */
export function importReport(parts: {
  importId: string
  written: boolean
  read: ReadImport
  outcomes: readonly RowOutcome[]
}): ImportReport {
  const { importId, written, read, outcomes } = parts
  const count = (word: string) => outcomes.filter((one) => one.outcome === word).length
  const remarks = [...read.remarks, ...outcomes.flatMap((one) => (typeof one.outcome === 'string' ? [] : one.outcome))]
  return {
    importId,
    written,
    encoding: read.encoding,
    rows: read.rows,
    created: count('created'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    rejected: new Set(remarks.map((one) => one.row)).size,
    remarks: remarks.sort((a, b) => a.row - b.row).slice(0, maxListed),
  }
}
