import type { ImportRemark } from '@skills/contract/catalog.routes.ts'
import type { Term } from '@skills/contract/taxonomy.ts'
import type { Text } from '@skills/contract/text.ts'
import { instantOf, isCivilDate } from '@skills/contract/time.ts'
import type { ColumnKey } from './import-columns.ts'
import { remark, type RemarkCode } from './import-remarks.ts'
import { type ListName, termOf } from './taxonomy.ts'

/** The cells of one row by column, with the headings that the file uses. */
export interface RowCells {
  row: number
  cells: Partial<Record<ColumnKey, string>>
  headings: Partial<Record<ColumnKey, string>>
}

const maxYuan = 1_000_000
// A minus, plus, equals or at sign first (full width too), or a tab or line end, makes a spreadsheet calculate.
const formula = /^[=+\-@\t\r＝＋－＠]/
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
const unreadable = /[\ufffd\ue000-\uf8ff]/

/** Digits, Latin letters and marks as ASCII, without blanks around. */
export const asciiOf = (text: string) => text.normalize('NFKC').trim()

/** Parts of a list in a cell: between `;`, `；` or line ends. */
export const partsOf = (text: string) =>
  text
    .split(/[;；\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/**
 * Reads cells of one row into values and collects what is wrong with them. A reader answers undefined for an empty cell and for a bad
 * one; bad ones leave a remark.
 */
export class CellReader {
  readonly remarks: ImportRemark[] = []
  readonly row: RowCells

  constructor(row: RowCells) {
    this.row = row
  }

  /** Notes what is wrong, at a column or (null) at the row. */
  note(key: ColumnKey | null, code: RemarkCode, values: Record<string, string | number> = {}): undefined {
    const column = key === null ? null : (this.row.headings[key] ?? key)
    const known = this.remarks.some((one) => one.column === column && one.code === code)
    if (!known) this.remarks.push(remark(this.row.row, column, code, values))
    return undefined
  }

  has(key: ColumnKey): boolean {
    return (this.row.cells[key] ?? '').trim() !== ''
  }

  text(key: ColumnKey, max = 200): string | undefined {
    const cell = this.row.cells[key] ?? ''
    if (cell.trim() === '') return undefined
    if (formula.test(cell)) return this.note(key, 'formula')
    if (control.test(cell)) return this.note(key, 'control-character')
    if (unreadable.test(cell)) return this.note(key, 'unreadable-characters')
    const text = cell.trim().replace(/\r\n?/g, '\n')
    return text.length > max ? this.note(key, 'too-long', { max }) : text
  }

  needed<T>(key: ColumnKey, read: (key: ColumnKey) => T | undefined): T | undefined {
    return this.has(key) ? read(key) : this.note(key, 'required')
  }

  /** A text in both languages; where the English is missing the Chinese stands in. */
  both(zhKey: ColumnKey, enKey: ColumnKey, max: number): Text | undefined {
    const zh = this.needed(zhKey, (key) => this.text(key, max))
    const en = this.text(enKey, max) ?? zh
    return zh === undefined || en === undefined ? undefined : { zh, en }
  }

  code(key: ColumnKey): string | undefined {
    const text = this.text(key)
    if (text === undefined) return undefined
    const code = asciiOf(text).replace(/^'/, '')
    return /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/.test(code) ? code : this.note(key, 'code')
  }

  integer(key: ColumnKey, min: number, max: number): number | undefined {
    const text = this.text(key)
    if (text === undefined) return undefined
    const digits = asciiOf(text).replace(/\.0+$/, '')
    const value = Number(digits)
    return /^\d{1,9}$/.test(digits) && value >= min && value <= max ? value : this.note(key, 'integer', { min, max })
  }

  /** An amount in yuan as integer fen; worked out on the text, so that 0.29 is 29. */
  fen(key: ColumnKey): number | undefined {
    const text = this.text(key)
    if (text === undefined) return undefined
    const amount = asciiOf(text)
      .replace(/^[¥￥]/, '')
      .replace(/元$/, '')
      .trim()
    const digits = /^\d{1,3}(,\d{3})+(\.|$)/.test(amount) ? amount.replaceAll(',', '') : amount
    const [, whole, decimals = ''] = /^(\d{1,12})(?:\.(\d+))?$/.exec(digits) ?? []
    if (whole === undefined) return this.note(key, 'money')
    if (/[1-9]/.test(decimals.slice(2))) return this.note(key, 'not-whole-fen')
    if (Number(whole) > maxYuan) return this.note(key, 'too-expensive', { max: maxYuan })
    return Number(whole) * 100 + Number(decimals.slice(0, 2).padEnd(2, '0'))
  }

  yes(key: ColumnKey): boolean | undefined {
    const text = this.text(key)
    if (text === undefined) return undefined
    if (/^(是|有|需要|y|yes|true|1)$/i.test(asciiOf(text))) return true
    return /^(否|无|不需要|n|no|false|0)$/i.test(asciiOf(text)) ? false : this.note(key, 'yes-no')
  }

  state(key: ColumnKey): 'draft' | 'published' | undefined {
    const text = this.text(key)
    if (text === undefined) return undefined
    if (/^(草稿|draft)$/i.test(asciiOf(text))) return 'draft'
    return /^(发布|已发布|published|publish)$/i.test(asciiOf(text)) ? 'published' : this.note(key, 'state')
  }

  term(key: ColumnKey, find: ListName | ((text: string) => Term | undefined)): string | undefined {
    const text = this.text(key)
    if (text === undefined) return undefined
    const term = typeof find === 'string' ? termOf(find, text) : find(text)
    return term?.code ?? this.note(key, 'unknown-term')
  }

  /** An instant from a Beijing date and time; a date alone is not one. */
  instant(key: ColumnKey): string | undefined {
    const text = this.text(key)
    if (text === undefined) return undefined
    const clean = asciiOf(text)
    if (/^[1-9]\d{4}(\.\d+)?$/.test(clean)) return this.note(key, 'date-serial')
    const [date = '', clock = '', ...more] = dateText(clean).split(/[\sT]+/)
    const time = clockText(clock.replace(/^(\d{1,2}:\d{2}):00$/, '$1'))
    return isCivilDate(date) && time !== undefined && more.length === 0 ? instantOf(date, time) : this.note(key, 'date-time')
  }
}

/** Dates as people write them (2026/12/1, 2026.12.1, 2026年12月1日) as 2026-12-01. */
export function dateText(text: string): string {
  return text.replace(
    /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?/g,
    (_, year: string, month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  )
}

/** A wall clock as `HH:MM`, or undefined. */
export function clockText(text: string): string | undefined {
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? []
  return hour !== '' && Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, '0')}:${minute}` : undefined
}
