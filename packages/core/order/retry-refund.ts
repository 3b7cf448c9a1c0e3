import { changeOrder } from '../enrollment/change-order.ts'
import type { World } from '../world.ts'
import { readOrder } from './order.table.ts'
import { withRetriedRefund } from './refund.ts'

/**
 * Owes a failed refund anew, for an operator who saw to the reason: the failed one is canceled and one of the same sum takes its place, to be sent by the next settling. By itself nothing is
 * tried again: what the provider gave up once (a closed account, an expired card) mostly needs another way. Throws when there is no such failed refund.
 */
export async function retryRefund(
  world: World,
  { personId, orderId, refundId }: { personId: string; orderId: string; refundId: string },
): Promise<{ refundId: string }> {
  for (let round = 0; round < 5; round += 1) {
    const read = await readOrder(world.table, personId, orderId)
    const newId = world.id('refund')
    const refunds = read === undefined ? undefined : withRetriedRefund(read.item.order.refunds, refundId, newId, world.now())
    if (read === undefined || refunds === undefined) throw new Error('there is no failed refund of this name')
    const order = { ...read.item.order, refunds }
    const outcome = await changeOrder(world, undefined, read.item, order, { action: 'retry refund', by: 'system:operator' })
    if ('answer' in outcome) return { refundId: newId }
  }
  throw new Error('the order kept changing')
}
