/** What makes a spreadsheet calculate when it stands first in a cell, full width too (OWASP, CSV injection). */
const live = /^[=+\-@\t\r\n\0＝＋－＠]/
/** More digits than a spreadsheet's numbers hold exactly, or what it reads as a power of ten (`91E7`, as a tax number may be). */
const longNumber = /^\d+(?:\.\d*)?E[+-]?\d+$|^\d{12,}$/i

/** A cell that every spreadsheet takes for text: a quote mark before what would be calculated, or would lose digits. */
const textCell = (cell: string) => `"${(live.test(cell) || longNumber.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`

/** Rows of cells as a CSV in UTF-8 with a byte order mark, every cell quoted. No spreadsheet can be made to execute a cell of it. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(textCell).join(',')}\r\n`).join('')}`
}

/** How much a file may hold: so many rows, and so many bytes, well under the 6 MB that an answer of the house may weigh. */
export interface FileLimits {
  rows: number
  bytes: number
}
export const fileLimits: FileLimits = { rows: 20_000, bytes: 4_500_000 }

/** The first of the rows that a file may hold. Each cell weighs its text and its quotes and comma, as an answer carries them. */
export function fitting<Cell extends string | number>(rows: readonly (readonly Cell[])[], limits: FileLimits): (readonly Cell[])[] {
  let bytes = 0
  const past = rows.findIndex((row, place) => {
    bytes += row.reduce((sum: number, cell) => sum + Buffer.byteLength(String(cell)) + 6, 4)
    return place >= limits.rows || bytes > limits.bytes
  })
  return past < 0 ? [...rows] : rows.slice(0, past)
}
