import type { Run } from '@skills/contract/catalog.ts'
import type { Refund } from '@skills/contract/order.ts'
import { firstMeeting } from '../catalog/run.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { movedPercent } from '../enrollment/moved-run.ts'
import type { World } from '../world.ts'
import { lessLosses, setOffFen, type DisputeItem } from './dispute.ts'
import type { OrderItem, RefundItem } from './order.ts'
import { refundParts, type RefundParts } from './refund-parts.ts'
import { refundPercent } from './refund-policy.ts'
import { owedRefund } from './refund.ts'

/** A seat's order, and the times its person was admitted with. */
type Seat = Pick<EnrollmentItem, 'times'> & { order: OrderItem }

/**
 * The percent that leaving at an instant gives back. A provider who cancels the run, or moves it after the person was admitted, changed what was bought: then it
 * is all, until the first meeting as it is now, and afterwards the part that was not taught yet. Otherwise the order's own bands decide.
 */
export function leftPercent({ order, times }: Seat, run: Run, at: string): number {
  if (run.state === 'cancelled') return 100
  return Math.max(movedPercent(run, { times }, at), refundPercent(order.refundPolicy, at, firstMeeting(run)))
}

/**
 * What goes back to whom when a seat is left. What a bank took back by a dispute that was lost is taken off the learner's part, so that nobody gets it twice;
 * `disputes` remember it, and are written with the refunds.
 */
export function leftParts(order: OrderItem, percent: number): RefundParts & { disputes: DisputeItem[] } {
  const paymentOf = (attempt: number) => order.payments.find((payment) => payment.attempt === attempt)?.paymentId ?? null
  const setOff = order.payments.map(({ attempt, paymentId }) => {
    return { attempt, amountFen: setOffFen(order, paymentId), state: 'succeeded' as const }
  })
  const parts = refundParts({ ...order, refunds: [...order.refunds, ...setOff] }, percent)
  let disputes: DisputeItem[] = order.disputes
  const learner = parts.learner.flatMap(({ attempt, fen }) => {
    const left = lessLosses(disputes, paymentOf(attempt), fen)
    disputes = left.disputes
    return left.fen > 0 ? [{ attempt, fen: left.fen }] : []
  })
  return { ...parts, learner, learnerFen: learner.reduce((sum, { fen }) => sum + fen, 0), disputes }
}

/** An order whose seat is given back now, with the refunds that are owed. Nothing was paid: nothing is owed. `reason` decides whether bands apply. */
export function leftOrder(world: World, seat: Seat, run: Run, reason: Refund['reason'] = 'left'): OrderItem {
  const { order } = seat
  const at = world.now()
  const { learner, disputes } = leftParts(order, reason === 'left' ? leftPercent(seat, run, at) : 100)
  const refunds = learner.map(({ attempt, fen }): RefundItem => {
    const paymentId = order.payments.find((payment) => payment.attempt === attempt)?.paymentId ?? null
    const why = reason === 'left' && run.state === 'cancelled' ? 'run-cancelled' : reason
    return owedRefund(world.id('refund'), { attempt, paymentId, amountFen: fen }, why, at)
  })
  return { ...order, refunds: [...order.refunds, ...refunds], disputes }
}
