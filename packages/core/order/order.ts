import { orderIdOf, type Grant, type Order, type Payment, type Refund, type RefundPolicy, type Split } from '@skills/contract/order.ts'
import type { InvoiceTitle } from '@skills/contract/orders.routes.ts'
import type { Text } from '@skills/contract/text.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { disputedNow, type DisputeItem } from './dispute.ts'

/** How long a seat is held for payment, in minutes: longer than a checkout may live, which Stripe does not end before 30. Never extended. */
export const holdMinutes = 45
/** The checkout ends so much before the hold, so that money in flight still meets its seat. */
export const marginMinutes = 3
/** A checkout page lives at least so long (Stripe refuses less); a later attempt needs that much time left. */
export const leastCheckoutMinutes = 30

/** Which pot a grant's money came from, so that it goes back there: of a run's allocation or of a voucher, and which part. */
interface PotName {
  programId: string
  /** A run's id, or a voucher's. */
  of: string
  part: string
}

export interface GrantItem extends Grant {
  pot: PotName
}
export interface PaymentItem extends Payment {
  checkoutId: string | null
  /** The provider's name for the money, once it came; refunds name it. */
  paymentId: string | null
}
export interface RefundItem extends Refund {
  paymentId: string
  providerId: string | null
}
/** An order as the table holds it, inside its enrollment's item. */
export interface OrderItem extends Omit<Order, 'grants' | 'payments' | 'refunds' | 'disputes'> {
  grants: GrantItem[]
  payments: PaymentItem[]
  refunds: RefundItem[]
  disputes: DisputeItem[]
  invoiceTitle: InvoiceTitle | null
  /** When its money was last compared with what the payment provider has. */
  comparedAt?: string | null
  /** When the provider was last asked about what is on its way and had nothing new to say. */
  lookedAt?: string | null
}

export interface OrderParts {
  enrollmentId: string
  runId: string
  providerId: string
  title: Text
  split: Split
  grants: GrantItem[]
  refundPolicy: RefundPolicy
  groupOrderId?: string
}

/** A new order: with something to pay it waits for payment until the hold's fixed end, otherwise it is confirmed at once. Its grants are reserved or spent alike. */
export function newOrder(parts: OrderParts, now: string): OrderItem {
  const pays = parts.split.payableFen > 0
  return {
    id: orderIdOf(parts.enrollmentId),
    enrollmentId: parts.enrollmentId,
    runId: parts.runId,
    providerId: parts.providerId,
    title: parts.title,
    state: pays ? 'awaiting-payment' : 'confirmed',
    split: parts.split,
    grants: parts.grants.map((grant) => ({ ...grant, state: pays ? 'reserved' : 'spent' })),
    refundPolicy: parts.refundPolicy,
    createdAt: now,
    holdUntil: pays ? plusMinutes(now, holdMinutes) : null,
    confirmedAt: pays ? null : now,
    groupOrderId: parts.groupOrderId ?? null,
    payments: [],
    refunds: [],
    disputes: [],
    invoiceTitle: null,
    comparedAt: null,
  }
}

/** Fen captured by payments, surplus ones included. */
export function paidFen({ payments }: Pick<OrderItem, 'payments'>): number {
  return payments.reduce((sum, { state, amountFen }) => sum + (state === 'paid' ? amountFen : 0), 0)
}

/** Fen that refunds gave back, or with `owed` also those on their way or still to be asked for. */
export function refundedFen({ refunds }: Pick<OrderItem, 'refunds'>, owed = false): number {
  return refunds.reduce((sum, { state, amountFen }) => sum + (state === 'succeeded' || (owed && state !== 'canceled') ? amountFen : 0), 0)
}

/** Minutes after which something that was sent to the payment provider is looked at again, the first time and at most. */
const lookAgainMinutes = 10
const mostLookAgainMinutes = 6 * 60

/**
 * When something that stands with the provider is looked at again: first at `first`, and after each look that brought nothing new after a pause as long as it has stood, so that what hangs for
 * days does not fill the turn of every sweep and keep others out of it.
 */
function lookDueAt(first: string, lookedAt: string | null | undefined, since = first): string {
  if (typeof lookedAt !== 'string' || lookedAt <= first) return first
  const stood = Math.floor((Date.parse(lookedAt) - Date.parse(since)) / 60_000)
  return plusMinutes(lookedAt, Math.min(mostLookAgainMinutes, Math.max(lookAgainMinutes, stood)))
}

/** A refund that waits for the end of a dispute makes us ask for it after so many minutes: disputes last for weeks, and their end is told by itself. */
const askDisputeMinutes = 24 * 60

/** How long after money moved it is compared with what the payment provider has, in minutes. */
const compareMinutes = 24 * 60

/** When the order's money is to be compared with the provider's, a day after any of it moved; undefined while nothing moved since the last time. */
export function comparisonDueAt({ payments, refunds, comparedAt }: OrderItem): string | undefined {
  if (comparedAt === undefined) return undefined
  const moved = [...payments.map(({ paidAt }) => paidAt), ...refunds.map(({ settledAt }) => settledAt)].filter((at) => at !== null)
  const last = moved.sort().at(-1)
  return last === undefined || (comparedAt !== null && comparedAt >= last) ? undefined : plusMinutes(last, compareMinutes)
}

/** The order as looked at now with nothing new, where that lets it rest; undefined where it still asks for something at once. */
export function lookedAtNow<Looked extends { lookedAt?: string | null }>(
  order: Looked,
  dueAt: (order: Looked) => string | undefined,
  now: string,
): Looked | undefined {
  const looked = { ...order, lookedAt: now }
  const [due, rests] = [dueAt(order), dueAt(looked)]
  return due !== undefined && due <= now && (rests === undefined || rests > now) ? looked : undefined
}

/** When the order itself asks for something to be done (hold over, refund owed, a page still open for a seat that is gone, money to compare), or undefined. */
export function orderDueAt(order: OrderItem): string | undefined {
  const due: string[] = [comparisonDueAt(order)].filter((at) => at !== undefined)
  if (order.state === 'awaiting-payment' && order.holdUntil !== null) due.push(order.holdUntil)
  for (const refund of order.refunds) {
    // Nothing is sent back while its payment is disputed. What comes of that makes it due, or takes it off; only where that was never told, it is asked for.
    const first = disputedNow(order, refund.paymentId) ? plusMinutes(refund.at, askDisputeMinutes) : refund.at
    if (refund.state === 'pending') due.push(lookDueAt(first, order.lookedAt))
    if (refund.state === 'sent') due.push(lookDueAt(plusMinutes(refund.at, lookAgainMinutes), order.lookedAt))
  }
  if (order.state !== 'awaiting-payment') {
    // Its page ends with the hold: only from then on it stands for longer than it may.
    for (const { state, openedAt, expiresAt } of order.payments)
      if (state === 'opening' || state === 'open') due.push(lookDueAt(openedAt, order.lookedAt, expiresAt))
  }
  return due.sort()[0]
}

/** The order as its person sees it: without what only the payment provider and the ledger need. */
export function orderView(order: OrderItem): Order {
  const { invoiceTitle: _title, comparedAt: _compared, lookedAt: _looked, ...rest } = order
  return {
    ...rest,
    grants: order.grants.map(({ pot: _pot, ...grant }) => grant),
    payments: order.payments.map(({ checkoutId: _checkout, paymentId: _payment, ...payment }) => payment),
    refunds: order.refunds.map(({ paymentId: _payment, providerId: _provider, ...refund }) => refund),
    disputes: order.disputes.map(({ at, amountFen, state }) => ({ at, amountFen, state })),
  }
}
