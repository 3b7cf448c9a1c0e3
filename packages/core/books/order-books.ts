import type { Enrollment } from '@skills/contract/claim.routes.ts'
import type { Order } from '@skills/contract/order.ts'
import { runOf } from '../catalog/run-item.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { keys } from '../keys.ts'
import type { OrderItem } from '../order/order.ts'
import { setOffFen, withLossesSetOff } from '../order/dispute.ts'
import { addsUp } from '../order/split.ts'
import { byTransfer, type GroupOrderItem } from '../employer/group-order.ts'
import { where, type Books, type Violation } from './books.ts'

/** The state an order has while its enrollment is in a state. */
const orderStateOf: Record<Enrollment['state'], Order['state']> = {
  held: 'awaiting-payment',
  active: 'confirmed',
  cancelled: 'cancelled',
  lapsed: 'lapsed',
}

/**
 * O1 every split adds up; O2 what was paid has its seat or goes back whole; O3 no more is given back than was paid, and what a bank gave back is not owed once more; O4 a payment belongs to one order, which
 * keeps at most one, and money that came is known to its order; O7 order and enrollment are in states that go together; E2 a seat in a run with a price has an order that is
 * paid for; S4 no hold stands past its end.
 */
export function checkOrders(books: Books): Violation[] {
  const found: Violation[] = []
  const owners = new Map<string, string>()
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
    found.push(...checkMoney(order, where(item)), ...checkSeatMoney(order, where(item)), ...checkOwner(books, order, where(item), owners))
  }
  for (const item of books.of('groupOrder')) {
    const order = item as unknown as GroupOrderItem
    found.push(...checkMoney(order, where(item)), ...checkGroupOrder(order, where(item), books.now))
    found.push(...checkOwner(books, order, where(item), owners))
  }
  for (const item of books.of('payment')) {
    const paymentId = item.pk.slice(keys.payment.key('').pk.length)
    if (owners.get(paymentId) !== item['orderId'])
      found.push({ code: 'O4', at: where(item), says: 'money came for an order that does not know it' })
  }
  return found
}

type Money = Pick<OrderItem, 'id' | 'payments' | 'refunds' | 'disputes'>

/** Each payment of the provider has one owner, and its guard says so. Adds to `owners`: whose each is. */
function checkOwner(books: Books, { id, payments }: Money, at: string, owners: Map<string, string>): Violation[] {
  const found: Violation[] = []
  const says = (text: string) => found.push({ code: 'O4', at, says: text })
  for (const { paymentId } of payments) {
    if (paymentId === null || byTransfer({ paymentId })) continue
    const other = owners.get(paymentId)
    if (other !== undefined && other !== id) says('its payment belongs to another order')
    owners.set(paymentId, id)
    if (books.find(keys.payment.key(paymentId).pk, 'PAYMENT')?.['orderId'] !== id) says('no guard says that its payment is its own')
  }
  return found
}

/** A group order is paid for as a whole, or not at all; it holds no seats past its end. */
function checkGroupOrder(order: GroupOrderItem, at: string, now: string): Violation[] {
  const found: Violation[] = []
  const keptFen = sumOf(kept(order))
  if (order.paidAt === null && keptFen > 0)
    found.push({ code: 'O2', at, says: 'it was paid for, has no seats and is not given back whole' })
  if (order.paidAt !== null && keptFen !== order.totalFen)
    found.push({ code: 'E2', at, says: `${keptFen} fen paid for seats that cost ${order.totalFen}` })
  if (order.state === 'awaiting-payment' && overdue(order.holdUntil, now))
    found.push({ code: 'S4', at, says: 'its hold is over and it still holds seats' })
  if (order.pools.length > 0 && overdue(order.endedAt, now))
    found.push({ code: 'S4', at, says: 'it is over and its seats did not go back' })
  return found
}

const kept = ({ payments }: Pick<Money, 'payments'>) => payments.filter(({ state, surplus }) => state === 'paid' && !surplus)
const sumOf = (sums: readonly { amountFen: number }[]) => sums.reduce((sum, { amountFen }) => sum + amountFen, 0)
/** What went back of one payment, or is owed, or was taken off that because its bank gave it back. */
const backOf = (order: Pick<Money, 'refunds' | 'payments' | 'disputes'>, attempt: number) => {
  const paymentId = order.payments.find((payment) => payment.attempt === attempt)?.paymentId ?? null
  return sumOf(order.refunds.filter((refund) => refund.attempt === attempt && refund.state !== 'canceled')) + setOffFen(order, paymentId)
}

function checkMoney(order: Money, at: string): Violation[] {
  const found: Violation[] = []
  const says = (code: string, text: string) => found.push({ code, at, says: text })
  const paid = order.payments.filter(({ state }) => state === 'paid')
  for (const { attempt, amountFen, surplus } of paid) {
    if (backOf(order, attempt) > amountFen) says('O3', 'more is given back than was paid')
    if (surplus && backOf(order, attempt) !== amountFen) says('O2', 'a surplus payment is not given back whole')
  }
  if (order.refunds.some((refund) => !paid.some(({ attempt }) => attempt === refund.attempt))) says('O3', 'a refund of what was not paid')
  if (withLossesSetOff(order, '', () => '') !== order) says('O3', 'what its bank gave back is owed once more')
  if (order.disputes.some(({ state, amountFen, setOffFen: off = 0 }) => off < 0 || off > (state === 'lost' ? amountFen : 0)))
    says('O3', 'more is taken off for a dispute than was lost by it')
  if (kept(order).length > 1) says('O4', 'it keeps more than one payment')
  return found
}

function checkSeatMoney(order: OrderItem, at: string): Violation[] {
  const found: Violation[] = []
  const says = (code: string, text: string) => found.push({ code, at, says: text })
  const own = kept(order)
  if (order.state === 'confirmed' && sumOf(own) !== order.split.payableFen)
    says('E2', `${sumOf(own)} fen paid for a seat that costs ${order.split.payableFen}`)
  if (order.state === 'confirmed' && order.split.employerFen > 0 && order.groupOrderId === null)
    says('E2', 'an employer’s part without a group order')
  if (order.state === 'awaiting-payment' && own.length > 0) says('O2', 'it is paid for and has no seat yet')
  const unseated = order.confirmedAt === null && order.state !== 'awaiting-payment'
  if (unseated && own.some(({ attempt, amountFen }) => backOf(order, attempt) !== amountFen))
    says('O2', 'it was paid for, has no seat and is not given back whole')
  return found
}

/** Minutes a sweep may be late, or a payment provider slow, before a hold past its end counts as forgotten. */
export const graceMinutes = 15

/** Whether an end is so long past that no sweep can be on its way. */
export function overdue(until: string | null, now: string): boolean {
  return until !== null && Date.parse(until) + graceMinutes * 60_000 < Date.parse(now)
}
