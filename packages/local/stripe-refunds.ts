import type { Stripe } from 'stripe'
import type { StripeBooks } from './stripe-books.ts'
import { anyText, checkParameters, metadataIn, metadataText, wholeNumber, type Parameters, type Rules } from './stripe-parameters.ts'
import { missing, StripeRefusal } from './stripe-refusal.ts'
import { disputeShape, refundShape } from './stripe-refund-shapes.ts'

const rules: Rules = {
  payment_intent: anyText,
  charge: anyText,
  amount: wholeNumber,
  reason: ['duplicate', 'fraudulent', 'requested_by_customer'],
  'metadata[*]': metadataText,
  'expand[]': anyText,
}

/** How long a pending refund is on its way, in milliseconds of the double's clock. */
const arrivalMs = 30_000

/** Checks what a refund is asked to be; Stripe remembers nothing of a refusal at this point. */
export function checkRefund(given: Parameters): void {
  checkParameters(given, rules)
  if (given.has('payment_intent') === given.has('charge'))
    throw new StripeRefusal('One of the following params should be provided for this request: payment_intent or charge.', {
      code: 'parameter_missing',
    })
  if (given.get('amount') === '0')
    throw new StripeRefusal('This value must be greater than or equal to 1.', { code: 'parameter_invalid_integer', param: 'amount' })
}

/** Gives a part of a payment back, never more than is left of it. */
export function createRefund(books: StripeBooks, given: Parameters): Stripe.Refund {
  const charge = chargeOf(books, given)
  const left = charge.amount_captured - charge.amount_refunded
  const amount = given.has('amount') ? Number(given.get('amount')) : left
  const refuse = (message: string, code?: string) => new StripeRefusal(message, { ...(code === undefined ? {} : { code }), kept: true })
  if (charge.disputed) throw refuse(`Charge ${charge.id} has been charged back; cannot issue a refund.`, 'charge_disputed')
  if (left === 0) throw refuse(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded')
  if (amount > left) throw refuse(`Refund amount (${yuan(amount)}) is greater than unrefunded amount on charge (${yuan(left)})`)
  const refund = refundShape(charge, {
    amount,
    created: books.seconds(),
    reason: given.get('reason') ?? null,
    metadata: metadataIn(given, 'metadata'),
    pending: charge.payment_method_details?.type === 'wechat_pay',
  })
  books.store.put('refund', refund.id, refund)
  books.emit('refund.created', refund)
  const now = putBack(books, charge, amount)
  books.emit('charge.refunded', now, { amount_refunded: charge.amount_refunded, refunded: charge.refunded })
  arriveInTime(books, refund)
  return refund
}

/** A pending refund arrives by itself after a while; the timer is set again at every start. */
export function arriveInTime(books: StripeBooks, { id, status }: Stripe.Refund): void {
  if (status !== 'pending') return
  books.clock.later(arrivalMs, () => {
    if (books.store.get('refund', id)?.status === 'pending') books.change(() => settleRefund(books, id))
  })
}

/** A pending refund arrives. */
export function settleRefund(books: StripeBooks, id: string): Stripe.Refund {
  const refund = refundOf(books, id)
  if (refund.status !== 'pending') throw new Error(`the refund is ${refund.status}`)
  return putRefund(books, { ...refund, status: 'succeeded' }, { status: refund.status })
}

/** The bank gives a refund back to us, which may happen days after it was called succeeded. */
export function failRefund(books: StripeBooks, id: string, reason = 'expired_or_canceled_card'): Stripe.Refund {
  const refund = refundOf(books, id)
  if (refund.status === 'failed' || refund.status === 'canceled') throw new Error(`the refund is ${refund.status}`)
  const charge = books.store.get('charge', String(refund.charge))
  if (charge) putBack(books, charge, -refund.amount)
  const failed: Stripe.Refund = {
    ...refund,
    status: 'failed',
    failure_reason: reason,
    failure_balance_transaction: `txn_${refund.id.split('_')[1]}`,
  }
  putRefund(books, failed, { status: refund.status })
  books.emit('refund.failed', failed)
  return failed
}

/** The person's bank takes a payment back for now. */
export function openDispute(books: StripeBooks, paymentIntent: string, reason = 'product_not_received'): Stripe.Dispute {
  const charge = chargeOf(books, new Map([['payment_intent', paymentIntent]]))
  if (charge.disputed) throw new Error('the charge is disputed already')
  const dispute = disputeShape(charge, { amount: charge.amount_captured - charge.amount_refunded, created: books.seconds(), reason })
  books.store.put('dispute', dispute.id, dispute)
  books.store.put('charge', charge.id, { ...charge, disputed: true })
  books.emit('charge.dispute.created', dispute)
  books.emit('charge.dispute.funds_withdrawn', dispute)
  return dispute
}

/** The bank decides: the money comes back to us (`won`) or not (`lost`). */
export function closeDispute(books: StripeBooks, id: string, status: 'won' | 'lost'): Stripe.Dispute {
  const dispute = books.store.get('dispute', id)
  if (dispute === undefined) throw missing('dispute', id)
  if (dispute.status === 'won' || dispute.status === 'lost') throw new Error(`the dispute is ${dispute.status}`)
  const closed: Stripe.Dispute = { ...dispute, status }
  books.store.put('dispute', id, closed)
  const charge = books.store.get('charge', String(dispute.charge))
  if (charge && status === 'won') books.store.put('charge', charge.id, { ...charge, disputed: false })
  if (status === 'won') books.emit('charge.dispute.funds_reinstated', closed)
  books.emit('charge.dispute.closed', closed)
  return closed
}

function chargeOf(books: StripeBooks, given: Parameters): Stripe.Charge {
  const wanted = given.get('payment_intent')
  const intent = wanted === undefined ? undefined : books.store.get('intent', wanted)
  if (wanted !== undefined && intent === undefined) throw missing('payment_intent', wanted, 'payment_intent')
  const id = intent ? intent.latest_charge : given.get('charge')
  const charge = typeof id === 'string' ? books.store.get('charge', id) : undefined
  if (charge === undefined && intent === undefined) throw missing('charge', String(id), 'charge')
  if (charge?.status !== 'succeeded')
    throw new StripeRefusal(`This PaymentIntent (${wanted ?? charge?.payment_intent}) does not have a successful charge to refund.`, {
      kept: true,
    })
  return charge
}

function refundOf(books: StripeBooks, id: string): Stripe.Refund {
  const refund = books.store.get('refund', id)
  if (refund === undefined) throw missing('refund', id)
  return refund
}

function putRefund(books: StripeBooks, refund: Stripe.Refund, before: Record<string, unknown>): Stripe.Refund {
  books.store.put('refund', refund.id, refund)
  books.emit('refund.updated', refund, before)
  return refund
}

/** Counts fen as given back on a charge; negative ones came back to us. */
function putBack(books: StripeBooks, charge: Stripe.Charge, fen: number): Stripe.Charge {
  const amount_refunded = charge.amount_refunded + fen
  const now: Stripe.Charge = { ...charge, amount_refunded, refunded: amount_refunded === charge.amount_captured }
  books.store.put('charge', charge.id, now)
  return now
}

const yuan = (fen: number) => `¥${(fen / 100).toFixed(2)}`
