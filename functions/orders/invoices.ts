import type { Actor, Command, Page } from '@skills/contract/actor.ts'
import type { InvoiceRequest } from '@skills/contract/employers.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Language } from '@skills/contract/text.ts'
import { dateAt } from '@skills/contract/time.ts'
import { doneBefore } from '@skills/core/command.ts'
import { csvOf, fileLimits, fitting, type FileLimits } from '@skills/core/csv.ts'
import { recordExport } from '@skills/core/funding/export-record.table.ts'
import { invoiceRow, invoiceSheet, type InvoiceRow } from '@skills/core/order/invoice-export.ts'
import { listWanted, type InvoicesWanted } from '@skills/core/order/invoice-list.table.ts'
import { numberInvoice, readInvoice } from '@skills/core/order/invoice.table.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import type { World } from '@skills/core/world.ts'
import { xlsxOf } from '@skills/core/xlsx.ts'

interface Provider {
  actor: Actor
  params: { providerId: string }
}

function mustAct({ actor, params }: Provider): void {
  if (!mayAct(actor, params.providerId, ['provider:manager', 'provider:registrar'])) throw new Refusal('not-found')
}

/** What a provider is to issue, and has issued, newest first, a page at a time. Refuses `not-found` for a provider the caller does not act for. */
export async function listInvoices(
  world: World,
  call: Provider & { query: InvoicesWanted; page: Page },
): Promise<{ items: InvoiceRequest[]; next: string | null }> {
  mustAct(call)
  const { items, next } = await listWanted(world.table, call.params.providerId, call.query, call.page)
  return { items: items.map(({ invoice }) => invoice), next }
}

/** How much one file holds, and how many lines it looks through. */
export interface ExportLimits extends FileLimits {
  looked: number
}

interface Export extends Provider {
  query: InvoicesWanted & { format?: 'csv' | 'xlsx' | undefined }
  page: Pick<Page, 'after'>
  language: Language
}

/**
 * The same as files for the tax system that no spreadsheet executes; the last line says who took it and when. A file holds whole what fits into it; where there is more, it says so and `next`
 * says from where the next one goes on. Each is recorded first, so that none leaves without a trace.
 */
export async function exportInvoices(
  world: World,
  call: Export,
  limits: ExportLimits = { ...fileLimits, looked: mostLooked },
): Promise<{ text: string | Uint8Array; headers: Record<string, string>; next: string | null }> {
  mustAct(call)
  const { actor, params, query, page, language } = call
  await recordExport(world, params.providerId, 'export invoices', actor.personId)
  const { rows: shown, next } = await fill(world, call, page.after, limits)
  const at = world.now()
  const rows = invoiceSheet(shown, { by: actor.personId, at, language, more: next !== null })
  const format = query.format ?? 'csv'
  const headers = { 'content-disposition': `attachment; filename="invoices-${query.month ?? dateAt(at)}.${format}"` }
  if (format === 'csv') return { text: csvOf(rows.map((row) => row.map(asText))), headers, next }
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { text: xlsxOf(rows), headers: { ...headers, 'content-type': type }, next }
}

const asText = (cell: string | number) => (typeof cell === 'number' ? cell.toFixed(2) : cell)
const pageLines = 500
/** Lines that one file looks through: where few of very many are wanted, what is found by then is the file. */
const mostLooked = 20_000

/** The rows of one file from a position on, and the position of the next file. At least one row where one was found, so that every file gets further; none where none was wanted of all it looked through. */
async function fill(
  world: World,
  { params, query, language }: Export,
  from: string | undefined,
  limits: ExportLimits,
): Promise<{ rows: InvoiceRow[]; next: string | null }> {
  const rows: InvoiceRow[] = []
  let after = from
  let seen = 0
  for (;;) {
    const limit = Math.max(1, Math.min(pageLines, limits.rows - rows.length))
    const { items, next, looked } = await listWanted(world.table, params.providerId, query, { limit, after })
    seen += looked
    const more = items.map(({ invoice }) => invoiceRow(invoice, language))
    const fits = Math.max(fitting([...rows, ...more], limits).length - rows.length, rows.length === 0 ? 1 : 0)
    rows.push(...more.slice(0, fits))
    if (fits < more.length) return { rows, next: items[fits - 1]?.sk ?? after ?? null }
    if (next === null || rows.length >= limits.rows || seen >= limits.looked) return { rows, next }
    after = next
  }
}

/** Records the number under which an invoice was issued in the tax system, once. Refuses `not-found`, `illegal-transition` when it has one. */
export async function recordInvoice(
  world: World,
  call: { actor: Actor; command: Command; params: { providerId: string; invoiceId: string }; body: { number: string } },
): Promise<InvoiceRequest> {
  mustAct(call)
  const { actor, command, params, body } = call
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const before = await readInvoice(world.table, params.providerId, params.invoiceId)
    if (before === undefined) throw new Refusal('not-found')
    const done = await doneBefore<InvoiceRequest>(world, command)
    if (done !== undefined) return done.answer
    if (before.invoice.number !== null) throw new Refusal('illegal-transition', { current: 'issued', allowed: [] })
    const outcome = await numberInvoice(world, command, params.providerId, before, body.number, actor.personId)
    if ('answer' in outcome) return outcome.answer
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
