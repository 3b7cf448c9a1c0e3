import type { Actor } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Language } from '@skills/contract/text.ts'
import { dateAt } from '@skills/contract/time.ts'
import { csvOf, fileLimits, type FileLimits } from '@skills/core/csv.ts'
import { recordExport } from '@skills/core/funding/export-record.table.ts'
import { payoutSheet } from '@skills/core/payout/payout-sheet.ts'
import { readLines, readStatement } from '@skills/core/payout/payout.table.ts'
import type { World } from '@skills/core/world.ts'
import { xlsxOf } from '@skills/core/xlsx.ts'
import { ownRun } from './own-run.ts'

interface Call {
  actor: Actor
  params: { runId: string; number: number }
  query: { format?: 'csv' | 'xlsx' | undefined }
  language: Language
}

/** A closed statement as a file that no spreadsheet executes, names masked. Each export is recorded first, so that none leaves without a trace. Refuses `not-found`. */
export async function exportPayout(
  world: World,
  { actor, params: { runId, number }, query, language }: Call,
  limits: FileLimits = fileLimits,
): Promise<{ text: string | Uint8Array; headers: Record<string, string> }> {
  const { run } = await ownRun(world, actor, runId)
  const statement = await readStatement(world.table, run.providerId, runId, number)
  if (statement === undefined) throw new Refusal('not-found')
  await recordExport(world, run.providerId, 'export payout', actor.personId)
  const rows = payoutSheet(statement, await readLines(world.table, runId, number), {
    ...{ by: actor.personId, at: world.now(), language, limits },
  })
  const format = query.format ?? 'csv'
  const headers = { 'content-disposition': `attachment; filename="payout-${run.code}-${number}-${dateAt(statement.closedAt)}.${format}"` }
  if (format === 'csv') return { text: csvOf(rows.map((row) => row.map(String))), headers }
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { text: xlsxOf(rows), headers: { ...headers, 'content-type': type } }
}
