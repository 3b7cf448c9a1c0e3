import type { ImportRemark } from '@skills/contract/catalog.routes.ts'
import { dateText } from '../catalog/import-cells.ts'
import { readSheetFile } from '../catalog/import-file.ts'
import { rejectImport } from '../catalog/import-refusals.ts'
import { isCivilDate } from '@skills/contract/time.ts'
import { mobile } from '../people/mobile.ts'
import type { NamedNumber } from '../people/named-number.ts'
import { personName } from '../people/person-name.ts'
import { narrow, residentId } from '../people/resident-id.ts'
import { plusMonths } from '../order/civil-date.ts'
import { rosterRemark, type RosterRemarkCode } from './roster-remarks.ts'

/** One person as a list names them, and until when, where the row says so. */
export interface RosterRow {
  row: number
  named: NamedNumber
  until: string | null
}

/** What a list says: `rows` counts rows that are not blank; each is good or has a remark. Row numbers are the sheet's. */
export interface ReadRoster {
  encoding: string
  rows: number
  good: RosterRow[]
  remarks: ImportRemark[]
}

const headings = {
  name: /^(姓名|会员姓名|职工姓名|员工姓名|真实姓名|name|real ?name|full ?name)$/i,
  residentId: /^(身份证号?|身份证号码|公民身份号码|证件号码?|id|id ?number|resident ?id)$/i,
  mobile: /^(手机号?|手机号码|移动电话|联系电话|mobile|mobile ?number|phone|phone ?number)$/i,
  until: /^(有效期|有效期至|到期日|截止日期|until|valid ?until|expires)$/i,
}
type Column = keyof typeof headings
const columns = Object.keys(headings) as Column[]
/** How far ahead a membership may be flagged. */
const mostMonths = 60

/**
 * Reads a list of people: a name and an ID or mobile number each, other columns are not looked at and not kept. In: the file and the civil date of today. Throws
 * `import-rejected` when the file as a whole cannot be read; one bad row never loses the good ones.
 */
export async function readRoster(bytes: Uint8Array, today: string): Promise<ReadRoster> {
  const { encoding, rows } = await readSheetFile(bytes)
  const [heading = [], ...body] = rows
  const places = placesOf(heading)
  const read: ReadRoster = { encoding, rows: 0, good: [], remarks: [] }
  const seen = new Set<string>()
  for (const [index, line] of body.entries()) {
    if (line.every((cell) => cell.trim() === '')) continue
    read.rows += 1
    const row = index + 2
    const cell = (column: Column) => (line[places[column] ?? -1] ?? '').trim().replace(/^['’]/, '')
    const judged = readRow(row, cell, (column) => heading[places[column] ?? -1]?.trim() ?? null, today)
    if (!('named' in judged)) read.remarks.push(judged)
    else if (seen.has(JSON.stringify(judged.named))) read.remarks.push(rosterRemark(row, null, 'row-repeated'))
    else {
      seen.add(JSON.stringify(judged.named))
      read.good.push(judged)
    }
  }
  if (read.rows === 0) throw rejectImport('header-only')
  return read
}

function placesOf(heading: readonly string[]): Partial<Record<Column, number>> {
  const plain = heading.map((text) =>
    text
      .normalize('NFKC')
      .trim()
      .replace(/[_\s]+/g, ' '),
  )
  const found = (column: Column) => plain.flatMap((text, place) => (headings[column].test(text) ? [place] : []))
  const repeated = columns.filter((column) => found(column).length > 1)
  if (repeated.length > 0) throw rejectImport('repeated-columns', { columns: repeated.map((column) => labels[column]).join('、') })
  const places = Object.fromEntries(columns.flatMap((column) => (found(column)[0] === undefined ? [] : [[column, found(column)[0]]])))
  const missing = [
    ...(places['name'] === undefined ? [labels.name] : []),
    ...(places['residentId'] === undefined && places['mobile'] === undefined ? [`${labels.residentId}/${labels.mobile}`] : []),
  ]
  if (missing.length > 0) throw rejectImport('missing-columns', { columns: missing.join('、') })
  return places
}

const labels: Record<Column, string> = { name: '姓名', residentId: '身份证号', mobile: '手机号', until: '有效期' }

/** Whether a civil date is one that a flag may hold until. */
export const flaggable = (until: string, today: string): boolean => until >= today && until <= plusMonths(today, mostMonths)

function readRow(
  row: number,
  cell: (column: Column) => string,
  label: (column: Column) => string | null,
  today: string,
): RosterRow | ImportRemark {
  if (cell('name') === '') return rosterRemark(row, label('name'), 'required')
  const name = personName(cell('name'))
  if (!name.ok) return { row, column: label('name'), code: name.code, detail: name.detail }
  const kind = cell('residentId') !== '' ? 'residentId' : 'mobile'
  if (cell(kind) === '') return rosterRemark(row, null, 'number-missing')
  if (kind === 'residentId' && lostDigits(cell(kind))) return rosterRemark(row, label(kind), 'id-precision-lost')
  const number = kind === 'residentId' ? residentId(cell(kind), today) : mobile(cell(kind))
  if (!number.ok) return { row, column: label(kind), code: number.code, detail: number.detail }
  const { until, wrong } = untilOf(cell('until'), today)
  if (wrong !== undefined) return rosterRemark(row, label('until'), wrong)
  const named: NamedNumber =
    'id' in number ? { kind: 'resident-id', number: number.id, name: name.name } : { kind: 'mobile', number: number.e164, name: name.name }
  return { row, named, until }
}

/** The date in a cell, null where it says nothing, or the code of what is wrong with it. */
function untilOf(cell: string, today: string): { until: string | null; wrong?: RosterRemarkCode } {
  const text = narrow(cell)
  if (text === '') return { until: null }
  if (/^\d{5}(\.\d+)?$/.test(text)) return { until: null, wrong: 'date-serial' }
  const date = dateText(text).replace(/[ T]00:00$/, '')
  if (!isCivilDate(date)) return { until: null, wrong: 'date' }
  return flaggable(date, today) ? { until: date } : { until: null, wrong: 'out-of-range' }
}

/** `1.10105E+17`, or 18 digits that end in zeros and do not check: a spreadsheet keeps fifteen digits of a number. */
function lostDigits(text: string): boolean {
  const plain = narrow(text)
  return /^\d(\.\d+)?e\+?1[67]$/i.test(plain) || (/^[1-9]\d{15}00$/.test(plain) && !residentId(plain, '9999-12-31').ok)
}
