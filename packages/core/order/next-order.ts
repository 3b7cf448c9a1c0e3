import type { OrderItem } from './order.ts'
import { owedRefund } from './refund.ts'
import { misfitOf, withCheckout, type Misfit } from './payment.ts'
import type { Checkout } from './payment-provider.ts'

/**
 * What follows from a checkout for its order. `confirm`: the held seat is paid for. `late`: the money came when the hold was over; a seat is taken again or all of it goes
 * back. `stays`: only the order changes. `same`: nothing is new.
 */
export type NextOrder = { misfit: Misfit } | { seat: 'confirm' | 'late' | 'stays' | 'same'; order: OrderItem }

/**
 * Judges what the provider has against the order as it is. Pure, and safe to ask with old news, twice and in any order. Money for an order that needs none
 * (paid already, or given up by its person) is surplus and owed back whole. In: an id for a refund that may be needed.
 */
export function nextOrder(order: OrderItem, checkout: Checkout, livemode: boolean, now: string, refundId: string): NextOrder {
  const misfit = misfitOf(order, checkout, livemode)
  if (misfit !== undefined) return { misfit }
  const { payments, captured, changed } = withCheckout(order.payments, checkout, now)
  const next: OrderItem = { ...order, payments }
  if (captured === undefined) return { seat: changed ? 'stays' : 'same', order: next }
  if (order.state === 'awaiting-payment') return { seat: 'confirm', order: next }
  if (order.state === 'lapsed') return { seat: 'late', order: next }
  const reason = order.state === 'confirmed' ? 'paid-twice' : 'paid-without-seat'
  return {
    seat: 'stays',
    order: {
      ...next,
      payments: payments.map((payment) => (payment === captured ? { ...payment, surplus: true } : payment)),
      refunds: [...order.refunds, owedRefund(refundId, captured, reason, now)],
    },
  }
}

/** A lapsed order whose late money bought no seat: all of it is owed back. */
export function paidWithoutSeat(order: OrderItem, attempt: number, refundId: string, now: string): OrderItem {
  const payment = order.payments.find((one) => one.attempt === attempt)
  if (payment === undefined) return order
  return {
    ...order,
    payments: order.payments.map((one) => (one === payment ? { ...one, surplus: true } : one)),
    refunds: [...order.refunds, owedRefund(refundId, payment, 'paid-without-seat', now)],
  }
}

/** The attempt whose money a change brought, or undefined. */
export function capturedIn(before: OrderItem, after: OrderItem): OrderItem['payments'][number] | undefined {
  return after.payments.find(
    ({ attempt, state }) => state === 'paid' && before.payments.find((one) => one.attempt === attempt)?.state !== 'paid',
  )
}
