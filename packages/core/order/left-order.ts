import type { Run } from '@skills/contract/catalog.ts'
import type { Refund } from '@skills/contract/order.ts'
import { firstMeeting } from '../catalog/run.ts'
import { movedSince } from '../enrollment/enrollment.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import type { World } from '../world.ts'
import type { OrderItem, RefundItem } from './order.ts'
import { refundParts } from './refund-parts.ts'
import { refundPercent } from './refund-policy.ts'

/** A seat's order, and the times its person was admitted with. */
type Seat = Pick<EnrollmentItem, 'times'> & { order: OrderItem }

/**
 * The percent that leaving at an instant gives back. A provider who cancels the run, or moves it after the person was admitted, changed what was bought: then it
 * is all, until the first meeting as it is now. Otherwise the order's own bands decide.
 */
export function leftPercent({ order, times }: Seat, run: Run, at: string): number {
  const first = firstMeeting(run)
  if (run.state === 'cancelled' || (at <= first && movedSince(run, { times }))) return 100
  return refundPercent(order.refundPolicy, at, first)
}

/** An order whose seat is given back now, with the refunds that are owed. Nothing was paid: nothing is owed. `reason` decides whether bands apply. */
export function leftOrder(world: World, seat: Seat, run: Run, reason: Refund['reason'] = 'left'): OrderItem {
  const { order } = seat
  const at = world.now()
  const percent = reason === 'left' ? leftPercent(seat, run, at) : 100
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
