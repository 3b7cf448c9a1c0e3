import type { Actor } from '@skills/contract/actor.ts'
import type { GroupOrder } from '@skills/contract/employers.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { groupOrderView, invoicedGroupOrder } from '@skills/core/employer/group-order.ts'
import { readGroupOrders } from '@skills/core/employer/group-order.table.ts'
import { nominators, ownGroupOrder } from '@skills/core/employer/own-group-order.ts'
import { invoiceSlips } from '@skills/core/order/invoice-slips.table.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import type { World } from '@skills/core/world.ts'

/** The newest group orders of an employer (300 at most; operators find an older one by its number), newest first. Refuses `not-found` for an employer the caller does not act for. */
export async function listGroupOrders(
  world: World,
  { actor, params }: { actor: Actor; params: { employerId: string } },
): Promise<{ groupOrders: GroupOrder[] }> {
  if (!mayAct(actor, params.employerId, nominators)) throw new Refusal('not-found')
  return { groupOrders: (await readGroupOrders(world.table, params.employerId)).map(groupOrderView) }
}

/** One group order of an employer the caller acts for. Refuses `not-found`. */
export async function getGroupOrder(
  world: World,
  { actor, params }: { actor: Actor; params: { groupOrderId: string } },
): Promise<GroupOrder> {
  const order = await ownGroupOrder(world, actor, params.groupOrderId, nominators)
  const [invoices = []] = await invoiceSlips(world.table, [invoicedGroupOrder(order)])
  return { ...groupOrderView(order), invoices }
}
