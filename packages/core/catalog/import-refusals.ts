import { Refusal } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'

const say = (zh: string, en: string): Text => ({ zh, en })

/** Why a file as a whole cannot be read. */
const reasons = {
  empty: say('文件是空的', 'the file is empty'),
  encoding: say('文字编码无法识别，请存为 UTF-8 或 GBK', 'its encoding is not known; save it as UTF-8 or GBK'),
  binary: say('这不是 CSV 或 xlsx 文件', 'this is neither CSV nor xlsx'),
  'old-excel': say('这是旧版 xls 文件，请另存为 xlsx', 'this is an old xls file; save it as xlsx'),
  workbook: say('xlsx 文件已损坏或加了密码', 'the xlsx file is damaged or has a password'),
  'workbook-too-large': say('xlsx 解压后太大，请分成几个文件', 'the xlsx is too large when unpacked; split it'),
  quotes: say('引号不成对（第 {line} 行附近）', 'a quotation mark is not closed (near line {line})'),
  'cell-too-large': say('有一行内容太长，可能是引号不成对', 'a row is far too long; perhaps a quotation mark is not closed'),
  'too-many-rows': say('超过 {max} 行，请分成几个文件', 'more than {max} rows; split it into several files'),
  'too-many-columns': say('超过 {max} 列', 'more than {max} columns'),
  'header-only': say('只有表头，没有内容', 'there is a heading but no rows'),
  'missing-columns': say('缺少列：{columns}', 'columns are missing: {columns}'),
  'repeated-columns': say('列重复：{columns}', 'columns are repeated: {columns}'),
  'unknown-columns': say('第 {columns} 列的表头不认识', 'the headings of these columns are not known: {columns}'),
} satisfies Record<string, Text>

export type ImportReason = keyof typeof reasons

/** The refusal of a whole file: `reasonCode` is stable, `reason` its sentence. Values name our own columns, column letters or limits, never content. */
export function rejectImport(code: ImportReason, values: Record<string, string | number> = {}): Refusal {
  const sentence = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
  return new Refusal('import-rejected', { reasonCode: code, reason: { zh: sentence(reasons[code].zh), en: sentence(reasons[code].en) } })
}
