import type { ImportRemark } from '@skills/contract/catalog.routes.ts'
import type { Venue } from '@skills/contract/catalog.ts'
import type { RowCells } from './import-cells.ts'
import { columnKeys, columnOf, columns, type ColumnKey } from './import-columns.ts'
import { readSheetFile } from './import-file.ts'
import { rejectImport } from './import-refusals.ts'
import { remark } from './import-remarks.ts'
import { type ImportRow, readRow } from './import-row.ts'

type Room = Venue['rooms'][number]

/** What an import file says: `rows` counts rows that are not blank; each is either good or has remarks. Row numbers are the sheet's. */
export interface ReadImport {
  encoding: string
  rows: number
  good: { row: number; value: ImportRow }[]
  remarks: ImportRemark[]
}

/** Reads an import file. Throws `import-rejected` when the file as a whole cannot be read; one bad row never loses the good ones. */
export async function readImport(bytes: Uint8Array): Promise<ReadImport> {
  const { encoding, rows } = await readSheetFile(bytes)
  const [heading = [], ...body] = rows
  const keys = readHeading(heading, body)
  const headings = Object.fromEntries(keys.flatMap((key, index) => (key ? [[key, heading[index]!.trim()]] : []))) as RowCells['headings']
  const read: ReadImport = { encoding, rows: 0, good: [], remarks: [] }
  for (const [index, line] of body.entries()) {
    if (line.every((cell) => cell.trim() === '')) continue
    read.rows++
    const row = index + 2
    if (line.slice(heading.length).some((cell) => cell.trim() !== '')) {
      read.remarks.push(remark(row, null, 'too-many-cells'))
      continue
    }
    const cells = Object.fromEntries(keys.flatMap((key, at) => (key ? [[key, line[at] ?? '']] : []))) as RowCells['cells']
    const answer = readRow({ row, cells, headings })
    if ('value' in answer) read.good.push({ row, value: answer.value })
    else read.remarks.push(...answer.remarks)
  }
  if (read.rows === 0) throw rejectImport('header-only')
  return agree(read, headings)
}

/** Columns by place; refuses headings that are missing, repeated or unknown. A column without heading and content does not count. */
function readHeading(heading: string[], body: string[][]): (ColumnKey | undefined)[] {
  const used = heading.map((name, index) => name.trim() !== '' || body.some((line) => (line[index] ?? '').trim() !== ''))
  const keys = heading.map((name) => columnOf(name))
  const unknown = keys.flatMap((key, index) => (key === undefined && used[index] ? [letter(index)] : []))
  const missing = columnKeys.filter(
    (key) => columns[key].needed && (columns[key].part !== 'run' || keys.includes('runCode')) && !keys.includes(key),
  )
  const repeated = columnKeys.filter((key) => keys.filter((one) => one === key).length > 1)
  const names = (list: ColumnKey[]) => list.map((key) => columns[key].zh).join('、')
  if (missing.length > 0) throw rejectImport('missing-columns', { columns: names(missing) })
  if (repeated.length > 0) throw rejectImport('repeated-columns', { columns: names(repeated) })
  if (unknown.length > 0) throw rejectImport('unknown-columns', { columns: unknown.join('、') })
  return keys
}

/** A column's letter as sheets show it: 0 → A, 26 → AA. */
function letter(index: number): string {
  return (index >= 26 ? letter(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))
}

/** Rows that name the same provider, venue, room or course must agree, the first good one counts; a run stands once. Rooms of a venue are gathered. */
function agree(read: ReadImport, headings: RowCells['headings']): ReadImport {
  const seen = new Map<string, { row: number; text: string }>()
  const rooms = new Map<string, Map<string, Room>>()
  const good: ReadImport['good'] = []
  const late: ImportRemark[] = []
  for (const { row, value } of read.good) {
    const { provider, course, venue, run } = value
    const claims: [ColumnKey, string, unknown][] = [
      ['providerCode', `p ${provider.code}`, provider],
      ['courseCode', `c ${provider.code} ${course.code}`, course],
      ...(venue
        ? ([['venueCode', `v ${provider.code} ${venue.code}`, { ...venue, rooms: 0 }], ...roomClaims(provider.code, venue)] as [
            ColumnKey,
            string,
            unknown,
          ][])
        : []),
    ]
    const clash = claims.find(([, key, part]) => seen.has(key) && seen.get(key)!.text !== JSON.stringify(part))
    const runKey = run && `r ${provider.code} ${run.code}`
    const earlier = runKey ? seen.get(runKey) : undefined
    if (clash) late.push(remark(row, headings[clash[0]] ?? null, 'conflict', { row: seen.get(clash[1])!.row }))
    else if (earlier) late.push(remark(row, headings.runCode ?? null, 'run-repeated', { row: earlier.row }))
    if (clash || earlier) continue
    for (const [, key, part] of claims) if (!seen.has(key)) seen.set(key, { row, text: JSON.stringify(part) })
    if (runKey) seen.set(runKey, { row, text: '' })
    if (venue) gather(rooms, `${provider.code} ${venue.code}`, venue.rooms)
    good.push({ row, value })
  }
  for (const { value } of good) {
    if (value.venue) value.venue = { ...value.venue, rooms: [...rooms.get(`${value.provider.code} ${value.venue.code}`)!.values()] }
  }
  return { ...read, good, remarks: [...read.remarks, ...late].sort((a, b) => a.row - b.row) }
}

function roomClaims(provider: string, venue: NonNullable<ImportRow['venue']>) {
  return venue.rooms.map((room) => ['room', `m ${provider} ${venue.code} ${room.name}`, room] as const)
}

function gather(rooms: Map<string, Map<string, Room>>, key: string, more: Room[]) {
  const known = rooms.get(key) ?? new Map<string, Room>()
  for (const room of more) known.set(room.name, room)
  rooms.set(key, known)
}
