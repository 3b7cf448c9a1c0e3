/** A row of a sheet: cells by heading. */
export type SheetRow = Record<string, string>

const quoted = (cell: string) => (/[",;\r\n\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** Cells as a line of a CSV. */
const csvLine = (cells: readonly string[]) => cells.map(quoted).join(',') + '\r\n'

/** Rows as a CSV in UTF-8 with a byte order mark; the headings are those of the first row. */
export function csvOf(rows: readonly SheetRow[]): string {
  const headings = Object.keys(rows[0] ?? {})
  return '\ufeff' + csvLine(headings) + rows.map((row) => csvLine(headings.map((heading) => row[heading] ?? ''))).join('')
}
