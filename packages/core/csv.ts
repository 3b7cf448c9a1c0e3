/** What makes a spreadsheet calculate when it stands first in a cell, full width too (OWASP, CSV injection). */
const live = /^[=+\-@\t\r\n\0＝＋－＠]/
/** More digits than a spreadsheet's numbers hold exactly. */
const longNumber = /^\d{12,}$/

/** A cell that every spreadsheet takes for text: a quote mark before what would be calculated, or would lose digits. */
const textCell = (cell: string) => `"${(live.test(cell) || longNumber.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`

/** Rows of cells as a CSV in UTF-8 with a byte order mark, every cell quoted. No spreadsheet can be made to execute a cell of it. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(textCell).join(',')}\r\n`).join('')}`
}
