import type { Command } from '@skills/contract/actor.ts'
import type { InvoiceRequest } from '@skills/contract/employers.routes.ts'
import { auditStep, type History } from '../audit.ts'
import { enrollmentItemOf, enrollmentSteps, type EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { readSponsor } from '../funding/sponsor.table.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, readRange, type Item, type Table } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { invoicedOrder, invoicesOf, type Invoiced, type InvoiceItem } from './invoice.ts'
import type { OrderItem } from './order.ts'

const system = 'system:invoices'
const invoiceOf = (item: Item | undefined) => item as unknown as InvoiceItem | undefined

/** A provider's invoice requests, newest first, after a sort key. */
export async function readInvoices(
  table: Table,
  providerId: string,
  limit?: number,
  after?: string,
): Promise<(InvoiceItem & { sk: string })[]> {
  const items = await readRange(table, {
    pk: keys.invoice.key(providerId, '').pk,
    begins: 'INVOICE#',
    backward: true,
    after,
    ...(limit === undefined ? {} : { limit }),
  })
  return items as unknown as (InvoiceItem & { sk: string })[]
}

/** One invoice request of a provider, or undefined: what is owned is read by (owner, id). */
export async function readInvoice(table: Table, providerId: string, invoiceId: string): Promise<InvoiceItem | undefined> {
  return invoiceOf(await readItem(table, keys.invoice.key(providerId, invoiceId)))
}

interface InvoiceChange {
  action: string
  by: string
  commandId?: string | undefined
  own?: boolean
}

/** An invoice request's next state (or first, without `before`) with its audit entry. Fails by the name `invoice`. */
function invoiceSteps(
  world: World,
  providerId: string,
  before: InvoiceItem | undefined,
  next: Omit<InvoiceItem, keyof History>,
  change: InvoiceChange,
): Step[] {
  const audit = auditStep({ entity: next.invoice.id, at: world.now(), ...change }, before)
  const { invoice, sponsorId } = next
  return [
    {
      name: 'invoice',
      put: {
        item: { ...keys.invoice.key(providerId, invoice.id), invoice, sponsorId, ...audit.history },
        ...(before === undefined
          ? { condition: 'attribute_not_exists(pk)' }
          : { condition: 'version = :before', values: { ':before': before.version } }),
      },
    },
    { ...audit.step, name: 'invoice audit' },
  ]
}

/**
 * Writes the invoice requests that an order asks for and that are not there yet; may be called again at any time. In: the order as it was read, and the step that
 * says that it still stands so (whom the invoice is for may change). Out: false when it does not: read again.
 */
export async function bringInvoices(world: World, order: Invoiced, stillSo: Step): Promise<boolean> {
  const asked = invoicesOf(order)
  const known = await readItems(
    world.table,
    asked.map(({ invoice }) => keys.invoice.key(order.providerId, invoice.id)),
  )
  const missing = asked.filter((_, place) => known[place] === undefined)
  if (missing.length === 0) return true
  const steps: Step[] = []
  // At most twenty at once: one transaction holds a hundred writes, and an order has a handful.
  for (const one of missing.slice(0, 20)) {
    const title = one.sponsorId === null ? one.invoice.title : ((await readSponsor(world.table, one.sponsorId))?.sponsor.name.zh ?? null)
    const next = { ...one, invoice: { ...one.invoice, title } }
    steps.push(...invoiceSteps(world, order.providerId, undefined, next, { action: 'ask-invoice', by: system }))
  }
  const outcome = await transact(world, undefined, [stillSo, ...steps], true)
  return 'answer' in outcome && missing.length <= 20
}

const mostTries = 8

/** The invoice requests of one seat, brought up to what its order says now. What has no order, or no confirmed one, has none. */
export async function bringInvoicesOfSeat(world: World, personId: string, enrollmentId: string): Promise<void> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const item = enrollmentItemOf(await readItem(world.table, keys.enrollment.key(personId, enrollmentId)))
    if (item === undefined || item.order === null) return
    if (await bringInvoices(world, invoicedOrder(item.order, item.enrollment.cancelledAt), standsAt(item))) return
  }
  throw new Error(`the invoices of ${enrollmentId} do not come to rest`)
}

function standsAt({ personId, enrollment, version }: EnrollmentItem): Step {
  const key = keys.enrollment.key(personId, enrollment.id)
  return { name: 'enrollment', check: { key, condition: 'version = :seen', values: { ':seen': version } } }
}

/**
 * Says whom an order's invoice is for: on the order, and on the requests that were made of it and have no number yet, in one transaction. In: the enrollment as read,
 * its requests brought up to date before. Fails by name: `enrollment`, `invoice` (issued meanwhile): read again.
 */
export async function retitleInvoices(
  world: World,
  command: Command,
  before: EnrollmentItem,
  order: OrderItem,
): Promise<Outcome<NonNullable<OrderItem['invoiceTitle']> | null>> {
  const at = world.now()
  const change = { action: 'save-invoice-title', by: before.personId, commandId: command.id, own: true }
  const items = await readItems(
    world.table,
    invoicesOf(invoicedOrder(order, before.enrollment.cancelledAt)).map(({ invoice }) => keys.invoice.key(order.providerId, invoice.id)),
  )
  const own = items.map(invoiceOf).filter((item) => item?.invoice.payer === 'person' && item.invoice.number === null) as InvoiceItem[]
  const { title = null, taxNumber = null } = order.invoiceTitle ?? {}
  const { steps } = enrollmentSteps(before, { order }, { ...change, at })
  const retitled = own.flatMap((item) =>
    invoiceSteps(world, order.providerId, item, { ...item, invoice: { ...item.invoice, title, taxNumber } }, change),
  )
  return transact(world, command, [...steps, ...retitled], order.invoiceTitle)
}

/** Writes the number under which the provider issued an invoice. Fails by the name `invoice`. */
export function numberInvoice(
  world: World,
  command: Command,
  providerId: string,
  before: InvoiceItem,
  number: string,
  by: string,
): Promise<Outcome<InvoiceRequest>> {
  const invoice = { ...before.invoice, number }
  const change = { action: 'number-invoice', by, commandId: command.id }
  return transact(world, command, invoiceSteps(world, providerId, before, { ...before, invoice }, change), invoice)
}
