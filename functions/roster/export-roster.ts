import type { Actor } from '@skills/contract/actor.ts'
import type { RosterLine } from '@skills/contract/learners.routes.ts'
import type { Language } from '@skills/contract/text.ts'
import { dateAt } from '@skills/contract/time.ts'
import { csvOf, fileLimits, type FileLimits } from '@skills/core/csv.ts'
import { recordExport } from '@skills/core/funding/export-record.table.ts'
import { rosterSheet } from '@skills/core/roster/roster-sheet.ts'
import { readRoster } from '@skills/core/roster/roster.table.ts'
import type { World } from '@skills/core/world.ts'
import { xlsxOf } from '@skills/core/xlsx.ts'
import { ownRoster } from './own-roster.ts'

interface Call {
  actor: Actor
  params: { runId: string }
  query: { format?: 'csv' | 'xlsx' | undefined }
  language: Language
}

/** A run's roster as a file that no spreadsheet executes, names masked, with who took it and when in its last line. Each is recorded first, so that none leaves without a trace. Refuses `not-found`. */
export async function exportRoster(
  world: World,
  { actor, params: { runId }, query, language }: Call,
  limits: FileLimits = fileLimits,
): Promise<{ text: string | Uint8Array; headers: Record<string, string> }> {
  const { item } = await ownRoster(world, actor, runId, ['provider:manager', 'provider:registrar'])
  await recordExport(world, runId, 'export roster', actor.personId)
  const lines: RosterLine[] = []
  let after: string | undefined
  do {
    const { items, next } = await readRoster(world.table, item, { limit: 100, after }, false)
    lines.push(...items)
    after = next ?? undefined
  } while (after !== undefined && lines.length < limits.rows)
  const now = world.now()
  const about = { title: item.title, code: item.run.code, by: actor.personId, at: now, language, limits, more: after !== undefined }
  const rows = rosterSheet(lines, about)
  const format = query.format ?? 'csv'
  const headers = { 'content-disposition': `attachment; filename="roster-${dateAt(now)}.${format}"` }
  if (format === 'csv') return { text: csvOf(rows.map((row) => row.map(String))), headers }
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { text: xlsxOf(rows), headers: { ...headers, 'content-type': type } }
}
