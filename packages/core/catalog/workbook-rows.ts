import { unzipSync } from 'fflate'
import { readSheet } from 'read-excel-file/universal'
import { rejectImport } from './import-refusals.ts'

const maxUnpackedBytes = 80_000_000

/** The cells of the first sheet of an xlsx workbook. Throws `import-rejected` for a file that is damaged, locked or too large when unpacked. */
export async function workbookRows(bytes: Uint8Array): Promise<string[][]> {
  let unpacked = 0
  try {
    unzipSync(bytes, { filter: (file) => ((unpacked += file.originalSize), false) })
  } catch {
    throw rejectImport('workbook')
  }
  if (unpacked > maxUnpackedBytes) throw rejectImport('workbook-too-large')
  const copy = new Uint8Array(bytes).buffer
  const rows = await readSheet<string>(copy, { trim: false, parseNumber: (digits) => String(Number(digits)) }).catch(() => {
    throw rejectImport('workbook')
  })
  return rows.map((row) => row.map(cellText))
}

/** A cell as text: a date is the civil date and time the sheet shows, as the sheet has no zone. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().slice(0, 16).replace('T', ' ')
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  return String(cell)
}
