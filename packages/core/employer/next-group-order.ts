import { refundPercent } from '../order/refund-policy.ts'
import { lessLosses, setOffFen } from '../order/dispute.ts'
import { misfitOf, withCheckout, type Misfit } from '../order/payment.ts'
import { paidFen, refundedFen, type PaymentItem, type RefundItem } from '../order/order.ts'
import type { Checkout } from '../order/payment-provider.ts'
import { owedRefund } from '../order/refund.ts'
import { shares } from '../order/split.ts'
import type { GroupOrderItem } from './group-order.ts'

/** What follows from a checkout for its group order. `pay`: the held seats are paid for. `stays`: only the order changes. `same`: nothing is new. */
export type NextGroupOrder = { misfit: Misfit } | { seats: 'pay' | 'stays' | 'same'; order: GroupOrderItem }

/**
 * Judges what the payment provider has against the group order as it is. Pure, and safe to ask with old news, twice and in any order. Money that comes when
 * the seats were given back, or when they are paid for already, is surplus and owed back whole. In: an id for a refund that may be needed.
 */
export function nextGroupOrder(
  order: GroupOrderItem,
  checkout: Checkout,
  livemode: boolean,
  now: string,
  refundId: string,
): NextGroupOrder {
  const misfit = misfitOf(order, checkout, livemode)
  if (misfit !== undefined) return { misfit }
  const { payments, captured, changed } = withCheckout(order.payments, checkout, now)
  if (captured === undefined) return { seats: changed ? 'stays' : 'same', order: { ...order, payments } }
  if (order.state === 'awaiting-payment') return { seats: 'pay', order: { ...order, payments } }
  return { seats: 'stays', order: withSurplus({ ...order, payments }, captured, now, refundId) }
}

/** The order with a payment that it does not need: all of it is owed back. In: an id for the refund. */
export function withSurplus(order: GroupOrderItem, captured: PaymentItem, now: string, refundId: string): GroupOrderItem {
  const reason = order.paidAt === null ? 'paid-without-seat' : 'paid-twice'
  return {
    ...order,
    payments: order.payments.map((payment) => (payment.attempt === captured.attempt ? { ...payment, surplus: true } : payment)),
    refunds: [...order.refunds, owedRefund(refundId, captured, reason, now)],
  }
}

/** The payment that bought the seats, or undefined while there is none. */
const kept = ({ payments }: Pick<GroupOrderItem, 'payments'>) => payments.find(({ state, surplus }) => state === 'paid' && !surplus)

/** Why seats of a group order are paid back. */
export interface SeatsBack {
  seats: number
  reason: 'left' | 'run-cancelled' | 'force-majeure'
  firstMeetingAt: string
  /** What goes back at least where the provider moved the run after the seat was given to somebody, or after it was bought, whatever the order's policy says. */
  movedPercent?: number
}

/**
 * The refund that the order's own policy owes for seats that go back, or undefined where it owes nothing. Never more than was paid and not yet given back.
 * The percent is taken of all these seats together, by largest remainder. In: the instant of giving back, an id for the refund.
 */
function seatsRefund(
  order: GroupOrderItem,
  { seats, reason, firstMeetingAt, movedPercent = 0 }: SeatsBack,
  now: string,
  refundId: string,
): RefundItem | undefined {
  const payment = kept(order)
  if (payment === undefined) return undefined
  const percent = Math.max(movedPercent, refundPercent(order.refundPolicy, now, firstMeetingAt, reason))
  const [share = 0] = shares(seats * order.seatFen, [percent, 100 - percent])
  const own = { payments: [payment], refunds: order.refunds.filter(({ attempt }) => attempt === payment.attempt) }
  const amountFen = Math.min(share, paidFen(own) - refundedFen(own, true) - setOffFen(order, payment.paymentId))
  return amountFen > 0 ? owedRefund(refundId, { ...payment, amountFen }, reason, now) : undefined
}

/** A group order with what seats that go back are owed, less what its bank took back by a dispute that was lost; that much is remembered with the dispute. */
export function withSeatsBack(order: GroupOrderItem, back: SeatsBack, now: string, refundId: string): GroupOrderItem {
  const refund = seatsRefund(order, back, now, refundId)
  if (refund === undefined) return order
  const { fen, disputes } = lessLosses(order.disputes, refund.paymentId, refund.amountFen)
  return { ...order, refunds: [...order.refunds, ...(fen > 0 ? [{ ...refund, amountFen: fen }] : [])], disputes }
}
