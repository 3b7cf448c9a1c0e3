import { withRetriedRefund } from '../order/refund.ts'
import type { World } from '../world.ts'
import { readGroupOrder } from './group-order.table.ts'
import { changeGroupOrder } from './pay-group-order.ts'

/** Owes a failed refund of a group order anew, as `retryRefund` does for an order of one person. Throws when there is no such failed refund. */
export async function retryGroupRefund(
  world: World,
  { groupOrderId, refundId }: { groupOrderId: string; refundId: string },
): Promise<{ refundId: string }> {
  for (let round = 0; round < 5; round += 1) {
    const order = await readGroupOrder(world.table, groupOrderId)
    const newId = world.id('refund')
    const refunds = order === undefined ? undefined : withRetriedRefund(order.refunds, refundId, newId, world.now())
    if (order === undefined || refunds === undefined) throw new Error('there is no failed refund of this name')
    const change = { action: 'retry refund', by: 'system:operator' }
    if ('answer' in (await changeGroupOrder(world, undefined, order, { ...order, refunds }, change))) return { refundId: newId }
  }
  throw new Error('the group order kept changing')
}
