import type { Actor, Page } from '@skills/contract/actor.ts'
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
  page: Pick<Page, 'after'>
  language: Language
}

const pageLines = 1_000
type Line = (string | number)[]

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
 * What a program granted, as files that no spreadsheet executes: names masked, the last line says who took it and when. A file holds whole what fits into it; where there is
 * more, it says so and `next` says from where the next one goes on. Each is recorded first, so that none leaves without a trace.
 */
export async function exportGrants(
  world: World,
  { actor, params, query, page, language }: Call,
  limits: FileLimits = fileLimits,
): Promise<{ text: string | Uint8Array; headers: Record<string, string>; next: string | null }> {
  const { programId } = params
  await ownProgram(world, actor, programId, 'look')
  await recordExport(world, programId, 'export grants', actor.personId)
  const { lines, next } = await fill(world, programId, page.after, language, limits)
  const now = world.now()
  const rows = [
    headings.map((heading) => heading[language]),
    ...lines,
    [language === 'zh' ? `导出：${actor.personId}，${stamp(now)}` : `Exported by ${actor.personId}, ${stamp(now)}`],
  ]
  if (next !== null) rows.push([notAll(lines.length)[language]])

  const format = query.format ?? 'csv'
  const headers = { 'content-disposition': `attachment; filename="grants-${dateAt(now)}.${format}"` }
  if (format === 'csv') return { text: csvOf(rows.map((row) => row.map(String))), headers, next }
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { text: xlsxOf(rows), headers: { ...headers, 'content-type': type }, next }
}

/** The lines of one file from a position on, and the position of the next file; at least one line, so that every file gets further. */
async function fill(
  world: World,
  programId: string,
  from: string | undefined,
  language: Language,
  limits: FileLimits,
): Promise<{ lines: Line[]; next: string | null }> {
  const lines: Line[] = []
  let after = from
  for (;;) {
    const limit = Math.max(1, Math.min(pageLines, limits.rows - lines.length))
    const { items, next } = await readGrants(world.table, programId, { limit, after })
    const some = items.map((item) => line(item, language))
    const fits = fitting([...lines, ...some], limits).length - lines.length
    if (fits >= some.length) lines.push(...some)
    else if (fits < 1 && lines.length > 0) return { lines, next: after ?? null }
    else {
      // Read again as far as it goes, for the position of the last line that fits.
      const part = await readGrants(world.table, programId, { limit: Math.max(1, fits), after })
      return { lines: [...lines, ...part.items.map((item) => line(item, language))], next: part.next }
    }
    if (next === null || lines.length >= limits.rows) return { lines, next }
    after = next
  }
}

const notAll = (count: number): Text => ({
  zh: `未完：本文件有 ${count} 条，其余在下一份文件里。`,
  en: `Not all: this file holds ${count} grants. The rest stands in the next file.`,
})
const stamp = (instant: string) => `${dateAt(instant)} ${clockAt(instant)}`

function line({ at, runTitle, runId, maskedName, fen, state, ruleSet, exception }: Granted, language: Language): Line {
  const yes = language === 'zh' ? '是' : 'yes'
  return [stamp(at), runTitle[language], runId, maskedName, fen / 100, states[state][language], ruleSet, exception ? yes : '']
}
