import type { Actor, Command } from '@skills/contract/actor.ts'
import { enrollmentIdOf } from '@skills/contract/order.ts'
import type { InvoiceTitle } from '@skills/contract/orders.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { doneBefore } from '@skills/core/command.ts'
import { invoicedOrder, invoicesOf } from '@skills/core/order/invoice.ts'
import { bringInvoicesOfSeat, readInvoice, retitleInvoices } from '@skills/core/order/invoice.table.ts'
import { invoiceTitle } from '@skills/core/order/invoice-title.ts'
import { readOrder, type ReadOrder } from '@skills/core/order/order.table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { orderId: string }
  body: InvoiceTitle
}

/**
 * Says whom the invoice of the caller's order is for; possible until it is issued, also before the order is paid. Refuses `not-found`, `validation-failed` with every field
 * at once, `invoice-title-wrong` where nothing is the caller's to pay or the invoice was issued.
 */
export async function saveInvoiceTitle(world: World, { actor, command, params, body }: Call): Promise<InvoiceTitle> {
  const { personId } = actor
  const { orderId } = params
  for (let attempt = 0; attempt < 8; attempt += 1) {
    await bringInvoicesOfSeat(world, personId, enrollmentIdOf(orderId))
    const read = await readOrder(world.table, personId, orderId)
    if (read === undefined) throw new Refusal('not-found')
    const done = await doneBefore<InvoiceTitle>(world, command)
    if (done !== undefined) return done.answer
    const title = invoiceTitle(body)
    if (!(await mayRetitle(world, read))) throw new Refusal('invoice-title-wrong')
    const outcome = await retitleInvoices(world, command, read.item, { ...read.item.order, invoiceTitle: title })
    if ('answer' in outcome) return outcome.answer ?? title
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

async function mayRetitle(world: World, { item }: ReadOrder): Promise<boolean> {
  const { order, enrollment } = item
  if (order.split.payableFen === 0) return false
  if (order.confirmedAt === null) return order.state === 'awaiting-payment'
  const own = invoicesOf(invoicedOrder(order, enrollment.cancelledAt)).filter(({ invoice }) => invoice.payer === 'person')
  const written = await Promise.all(own.map(({ invoice }) => readInvoice(world.table, order.providerId, invoice.id)))
  return written.every((one) => (one?.invoice.number ?? null) === null)
}
