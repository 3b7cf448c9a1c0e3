import type { Run } from '@skills/contract/catalog.ts'
import type { Refund } from '@skills/contract/order.ts'
import { firstMeeting } from '../catalog/run.ts'
import type { World } from '../world.ts'
import type { OrderItem, RefundItem } from './order.ts'
import { refundParts } from './refund-parts.ts'
import { refundPercent } from './refund-policy.ts'

/** An order whose seat is given back now, with the refunds that its own policy owes. Nothing was paid: nothing is owed. `reason` decides whether bands apply. */
export function leftOrder(world: World, order: OrderItem, run: Run, reason: Refund['reason'] = 'left'): OrderItem {
  const at = world.now()
  const percent = reason === 'left' && run.state !== 'cancelled' ? refundPercent(order.refundPolicy, at, firstMeeting(run)) : 100
  const owed = refundParts(order, percent).learner.filter(({ fen }) => fen > 0)
  const refunds = owed.map(({ attempt, fen }): RefundItem => {
    const paymentId = order.payments.find((payment) => payment.attempt === attempt)?.paymentId ?? ''
    const why = reason === 'left' && run.state === 'cancelled' ? 'run-cancelled' : reason
    return {
      id: world.id('refund'),
      attempt,
      amountFen: fen,
      reason: why,
      state: 'pending',
      at,
      settledAt: null,
      paymentId,
      providerId: null,
    }
  })
  return { ...order, refunds: [...order.refunds, ...refunds] }
}
