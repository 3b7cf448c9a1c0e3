import type { Actor, Command, Page } from '@skills/contract/actor.ts'
import type { InvoiceRequest } from '@skills/contract/employers.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { fileLimits, type FileLimits } from '@skills/core/csv.ts'
import { doneBefore } from '@skills/core/command.ts'
import { recordDone } from '@skills/core/funding/chain-record.table.ts'
import { invoiceSheet } from '@skills/core/order/invoice-export.ts'
import { numberInvoice, readInvoice, readInvoices } from '@skills/core/order/invoice.table.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import type { World } from '@skills/core/world.ts'

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
  call: Provider & { page: Page },
): Promise<{ items: InvoiceRequest[]; next: string | null }> {
  mustAct(call)
  const { page, params } = call
  const items = await readInvoices(world.table, params.providerId, page.limit + 1, page.after)
  const shown = items.slice(0, page.limit)
  return { items: shown.map(({ invoice }) => invoice), next: items.length > page.limit ? (shown.at(-1)?.sk ?? null) : null }
}

/** The same as a CSV for the tax system, the newest of it; the last line says so where there is more. Each export is recorded first, so that none leaves without a trace. */
export async function exportInvoices(
  world: World,
  call: Provider,
  limits: FileLimits = fileLimits,
): Promise<{ text: string; headers: Record<string, string> }> {
  mustAct(call)
  const { actor, params } = call
  await recordDone(world, `${params.providerId}/EXPORTS`, 'export invoices', actor.personId)
  const items = await readInvoices(world.table, params.providerId, limits.rows + 1)
  return {
    text: invoiceSheet(
      items.map(({ invoice }) => invoice),
      limits,
    ),
    headers: { 'content-disposition': 'attachment; filename="invoices.csv"' },
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
