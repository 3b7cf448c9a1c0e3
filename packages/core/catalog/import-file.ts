import { rejectImport } from './import-refusals.ts'

const maxRows = 20_000
const maxColumns = 100

/** A file as cells of text. `rows[0]` is row 1 of the sheet; blank rows are kept, so that numbers are those a person sees. */
export interface Sheet {
  encoding: string
  rows: string[][]
}

const startsWith = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, index) => bytes[index] === byte)

/**
 * Reads a CSV (UTF-8, UTF-16, GB18030 and so GBK; comma, semicolon or tab; any line ends) or an xlsx workbook's first sheet, told by
 * its bytes and not by its name. Only the reader that the file needs is loaded. Throws `import-rejected` where nothing of the file can be read.
 */
export async function readSheetFile(bytes: Uint8Array): Promise<Sheet> {
  if (bytes.length === 0) throw rejectImport('empty')
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw rejectImport('old-excel')
  const sheet = startsWith(bytes, 0x50, 0x4b) ? await workbook(bytes) : await csv(bytes)
  while (sheet.rows.at(-1)?.every((cell) => cell.trim() === '')) sheet.rows.pop()
  if (sheet.rows.length === 0) throw rejectImport('empty')
  if (sheet.rows.length > maxRows + 1) throw rejectImport('too-many-rows', { max: maxRows })
  if (sheet.rows.some((row) => row.length > maxColumns)) throw rejectImport('too-many-columns', { max: maxColumns })
  return sheet
}

async function workbook(bytes: Uint8Array): Promise<Sheet> {
  const { workbookRows } = await import('./workbook-rows.ts')
  return { encoding: 'xlsx', rows: await workbookRows(bytes) }
}

async function csv(bytes: Uint8Array): Promise<Sheet> {
  const { encoding, text } = decode(bytes)
  if (text.includes('\0')) throw rejectImport('binary')
  const { csvRows } = await import('./csv-rows.ts')
  return { encoding, rows: csvRows(text, maxRows + 2) }
}

/**
 * The text of the bytes and the encoding they have. An encoding that fits all bytes is best; otherwise the one that fits the heading, and
 * what does not fit becomes U+FFFD, so that only those rows are refused. Without either the file is.
 */
function decode(bytes: Uint8Array): { encoding: string; text: string } {
  const wide = utf16Of(bytes)
  const heading = bytes.subarray(0, bytes.findIndex((byte) => byte === 10 || byte === 13) + 1 || bytes.length)
  const inUtf8 = fits(heading, 'utf-8') && heading.some((byte) => byte > 127)
  const candidates = wide === undefined ? (inUtf8 ? ['utf-8'] : ['utf-8', 'gb18030']) : [wide]
  const encoding = candidates.find((one) => fits(bytes, one)) ?? candidates.find((one) => wide === undefined && fits(heading, one))
  if (encoding === undefined) throw rejectImport('encoding')
  return { encoding, text: new TextDecoder(encoding).decode(bytes) }
}

function fits(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function utf16Of(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le'
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be'
  // In UTF-16 every comma, quote, digit and Latin letter has a zero byte on a fixed side; a few zeros elsewhere are letters such as 一.
  const zeros = [0, 0]
  bytes.subarray(0, 4000).forEach((byte, index) => byte === 0 && zeros[index % 2]!++)
  const [even = 0, odd = 0] = zeros
  const many = Math.min(bytes.length, 4000) / 20
  if (odd > many && odd > 4 * even) return 'utf-16le'
  return even > many && even > 4 * odd ? 'utf-16be' : undefined
}
