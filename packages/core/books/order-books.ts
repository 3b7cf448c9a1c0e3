import type { Enrollment } from '@skills/contract/claim.routes.ts'
import type { Order } from '@skills/contract/order.ts'
import { runOf } from '../catalog/run-item.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { keys } from '../keys.ts'
import type { OrderItem } from '../order/order.ts'
import { addsUp } from '../order/split.ts'
import { where, type Books, type Violation } from './books.ts'

/** The state an order has while its enrollment is in a state. */
const orderStateOf: Record<Enrollment['state'], Order['state']> = {
  held: 'awaiting-payment',
  active: 'confirmed',
  cancelled: 'cancelled',
  lapsed: 'lapsed',
}

/**
 * O1 every split adds up; O2 what was paid has its seat or goes back whole; O3 no more is given back than was paid; O4 a payment belongs to one order, which
 * keeps at most one; O7 order and enrollment are in states that go together; E2 a seat in a run with a price has an order that is paid for; S4 no hold stands past its end.
 */
export function checkOrders(books: Books): Violation[] {
  const found: Violation[] = []
  const seen = new Map<string, string>()
  for (const item of books.of('enrollment')) {
    const { enrollment, order = null } = item as unknown as EnrollmentItem
    const says = (code: string, text: string) => found.push({ code, at: where(item), says: text })
    if (enrollment.state === 'held' && overdue(enrollment.holdUntil, books.now)) says('S4', 'its hold is over and it still holds a seat')
    if (order === null) {
      const price = runOf(books.find(keys.run.key(enrollment.runId).pk, 'RUN'))?.run.priceFen ?? 0
      const admitted = runOf(books.find(keys.run.key(enrollment.runId).pk, 'RUN'))?.version === item['runVersion']
      if (price > 0 && admitted && enrollment.state === 'active') says('E2', 'a seat with a price and without an order')
      continue
    }
    if (!addsUp(order.split)) says('O1', 'its split does not add up')
    const granted = order.grants.reduce((sum, { fen }) => sum + fen, 0)
    if (granted !== order.split.subsidyFen) says('O1', `${granted} fen granted, ${order.split.subsidyFen} in its split`)
    if (order.state !== orderStateOf[enrollment.state]) says('O7', `its order is ${order.state} while it is ${enrollment.state}`)
    found.push(...checkMoney(order, where(item)))
    for (const { paymentId } of order.payments) {
      if (paymentId === null) continue
      const other = seen.get(paymentId)
      if (other !== undefined && other !== order.id) says('O4', 'its payment belongs to another order')
      seen.set(paymentId, order.id)
      if (books.find(keys.payment.key(paymentId).pk, 'PAYMENT')?.['orderId'] !== order.id)
        says('O4', 'no guard says that its payment is its own')
    }
  }
  return found
}

function checkMoney(order: OrderItem, at: string): Violation[] {
  const found: Violation[] = []
  const says = (code: string, text: string) => found.push({ code, at, says: text })
  const paid = order.payments.filter(({ state }) => state === 'paid')
  const kept = paid.filter(({ surplus }) => !surplus)
  const backOf = (attempt: number, only?: 'succeeded') =>
    order.refunds.reduce((sum, refund) => {
      const counts = refund.attempt === attempt && (only === undefined ? refund.state !== 'canceled' : refund.state === only)
      return sum + (counts ? refund.amountFen : 0)
    }, 0)
  for (const { attempt, amountFen, surplus } of paid) {
    if (backOf(attempt) > amountFen) says('O3', 'more is given back than was paid')
    if (surplus && backOf(attempt) !== amountFen) says('O2', 'a surplus payment is not given back whole')
  }
  if (order.refunds.some((refund) => !paid.some(({ attempt }) => attempt === refund.attempt))) says('O3', 'a refund of what was not paid')
  if (kept.length > 1) says('O4', 'it keeps more than one payment')
  const keptFen = kept.reduce((sum, { amountFen }) => sum + amountFen, 0)
  if (order.state === 'confirmed' && keptFen !== order.split.payableFen)
    says('E2', `${keptFen} fen paid for a seat that costs ${order.split.payableFen}`)
  if (order.state === 'confirmed' && order.split.employerFen > 0 && order.groupOrderId === null)
    says('E2', 'an employer’s part without a group order')
  if (order.state === 'awaiting-payment' && kept.length > 0) says('O2', 'it is paid for and has no seat yet')
  const unseated = order.confirmedAt === null && order.state !== 'awaiting-payment'
  if (unseated && kept.some(({ attempt, amountFen }) => backOf(attempt) !== amountFen))
    says('O2', 'it was paid for, has no seat and is not given back whole')
  return found
}

/** Minutes a sweep may be late, or a payment provider slow, before a hold past its end counts as forgotten. */
const graceMinutes = 15

/** Whether an end is so long past that no sweep can be on its way. */
export function overdue(until: string | null, now: string): boolean {
  return until !== null && Date.parse(until) + graceMinutes * 60_000 < Date.parse(now)
}
