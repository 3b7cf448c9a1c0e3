import type { Actor } from '@skills/contract/actor.ts'
import type { OrderView } from '@skills/contract/orders.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { invoicedOrder } from '@skills/core/order/invoice.ts'
import { invoiceSlips } from '@skills/core/order/invoice-slips.table.ts'
import { readOrder } from '@skills/core/order/order.table.ts'
import type { World } from '@skills/core/world.ts'
import { viewOf } from './order-view.ts'

interface Call {
  actor: Actor
  params: { orderId: string }
}

/** One order of the caller. Refuses `not-found`, also for somebody else's. */
export async function getMyOrder(world: World, { actor, params }: Call): Promise<OrderView> {
  const read = await readOrder(world.table, actor.personId, params.orderId)
  const run = read === undefined ? undefined : await readRun(world.table, read.item.order.runId)
  if (read === undefined || run === undefined) throw new Refusal('not-found')
  const { order, enrollment } = read.item
  const [invoices = []] = await invoiceSlips(world.table, [invoicedOrder(order, enrollment.cancelledAt)])
  return viewOf(order, run, invoices)
}
