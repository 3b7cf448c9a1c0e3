import type { Actor } from '@skills/contract/actor.ts'
import type { Language, Text } from '@skills/contract/text.ts'
import { clockAt, dateAt } from '@skills/contract/time.ts'
import { csvOf, fileLimits, fitting, type FileLimits } from '@skills/core/csv.ts'
import { recordExport } from '@skills/core/funding/export-record.table.ts'
import { readGrants, type Granted } from '@skills/core/funding/grant-list.table.ts'
import type { World } from '@skills/core/world.ts'
import { xlsxOf } from '@skills/core/xlsx.ts'
import { ownProgram } from './own-program.ts'

interface Call {
  actor: Actor
  params: { programId: string }
  query: { format?: 'csv' | 'xlsx' | undefined }
  language: Language
}

const pageLines = 1_000

const headings: Text[] = [
  { zh: '时间（北京）', en: 'Time (Beijing)' },
  { zh: '课程', en: 'Course' },
  { zh: '班次编号', en: 'Run' },
  { zh: '姓名（脱敏）', en: 'Name (masked)' },
  { zh: '补贴（元）', en: 'Subsidy (yuan)' },
  { zh: '状态', en: 'State' },
  { zh: '规则版本', en: 'Rules' },
  { zh: '人工复核例外', en: 'Exception by review' },
]
const states: Record<Granted['state'], Text> = {
  reserved: { zh: '已预留', en: 'reserved' },
  spent: { zh: '已使用', en: 'spent' },
  voided: { zh: '已作废', en: 'voided' },
  returned: { zh: '已退回', en: 'returned' },
}

/**
 * Everything a program granted, as a file that no spreadsheet executes: names masked, the last line says who took it and when, or that there is more. Each export is recorded first, so
 * that none leaves without a trace.
 */
export async function exportGrants(
  world: World,
  { actor, params, query, language }: Call,
  limits: FileLimits = fileLimits,
): Promise<{ text: string | Uint8Array; headers: Record<string, string> }> {
  const { programId } = params
  await ownProgram(world, actor, programId, 'look')
  await recordExport(world, programId, 'export grants', actor.personId)
  const lines: (string | number)[][] = []
  let after: string | undefined
  do {
    const { items, next } = await readGrants(world.table, programId, { limit: pageLines, after })
    lines.push(...items.map((item) => line(item, language)))
    after = next ?? undefined
  } while (after !== undefined && lines.length <= limits.rows)
  const shown = fitting(lines, limits)
  const now = world.now()
  const rows = [
    headings.map((heading) => heading[language]),
    ...shown,
    [language === 'zh' ? `导出：${actor.personId}，${stamp(now)}` : `Exported by ${actor.personId}, ${stamp(now)}`],
  ]
  if (after !== undefined || shown.length < lines.length) rows.push([notAll(shown.length)[language]])

  const format = query.format ?? 'csv'
  const headers = { 'content-disposition': `attachment; filename="grants-${dateAt(now)}.${format}"` }
  if (format === 'csv') return { text: csvOf(rows.map((row) => row.map(String))), headers }
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { text: xlsxOf(rows), headers: { ...headers, 'content-type': type } }
}

const notAll = (count: number): Text => ({
  zh: `未完：本文件只有前 ${count} 条，其余请在页面上逐页查看。`,
  en: `Not all: this file holds the first ${count} grants. See the rest page by page.`,
})
const stamp = (instant: string) => `${dateAt(instant)} ${clockAt(instant)}`

function line({ at, runTitle, runId, maskedName, fen, state, ruleSet, exception }: Granted, language: Language): (string | number)[] {
  const yes = language === 'zh' ? '是' : 'yes'
  return [stamp(at), runTitle[language], runId, maskedName, fen / 100, states[state][language], ruleSet, exception ? yes : '']
}
