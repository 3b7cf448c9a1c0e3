import type { Stripe } from 'stripe'
import type { StripeBooks } from './stripe-books.ts'
import { chargeShape, failureOf } from './stripe-charge-shape.ts'
import { docOf } from './stripe-refusal.ts'
import { sessionOf } from './stripe-sessions.ts'
import { intentShape, stripeId, type Way } from './stripe-shapes.ts'

/** What a person can do on the checkout page; and what a bank does after it. */
export interface Paying {
  way: Way
  /** `later`: the page is done with, the money comes or fails afterwards (`settleSession`). `declined`: the session stays open. */
  outcome: 'paid' | 'later' | 'declined'
}

/** Said when a session cannot be paid (any more). */
export class NotPayable extends Error {}

/** Pays an open session, or tries to. */
export function paySession(books: StripeBooks, id: string, { way, outcome }: Paying): Stripe.Checkout.Session {
  const session = sessionOf(books, id)
  if (session.status !== 'open') throw new NotPayable(`the session is ${session.status}`)
  if (!session.payment_method_types.includes(way)) throw new NotPayable(`the session does not take ${way}`)
  const made = books.seconds()
  const known = typeof session.payment_intent === 'string' ? books.store.get('intent', session.payment_intent) : undefined
  const { metadata = {} } = books.store.get('wish', id) ?? {}
  const intent =
    known ?? intentShape({ created: made, amount: session.amount_total ?? 0, metadata, ways: [...(session.payment_method_types as Way[])] })
  if (!known) books.emit('payment_intent.created', intent)
  if (outcome === 'declined') {
    // A card's bank says no to a charge; a wallet says no before there is one.
    declined(books, intent, way, way === 'card' ? chargeShape(intent, way, 'failed', made) : undefined)
    return putSession(books, { ...session, payment_intent: intent.id })
  }
  const charge = chargeShape(intent, way, outcome === 'paid' ? 'succeeded' : 'pending', made)
  books.store.put('charge', charge.id, charge)
  const moving: Stripe.PaymentIntent = {
    ...intent,
    latest_charge: charge.id,
    payment_method: charge.payment_method,
    last_payment_error: null,
  }
  const done: Stripe.Checkout.Session = {
    ...session,
    status: 'complete',
    payment_intent: intent.id,
    customer_details: {
      address: null,
      business_name: null,
      email: null,
      individual_name: null,
      name: null,
      phone: null,
      tax_exempt: 'none',
      tax_ids: [],
    },
  }
  if (outcome === 'paid') succeeded(books, moving, charge)
  else {
    const processing: Stripe.PaymentIntent = { ...moving, status: 'processing' }
    books.store.put('intent', intent.id, processing)
    books.emit('charge.pending', charge)
    books.emit('payment_intent.processing', processing)
  }
  const now = putSession(books, { ...done, payment_status: outcome === 'paid' ? 'paid' : 'unpaid' })
  books.emit('checkout.session.completed', now)
  return now
}

/** The money of a session that was to be paid later comes, or it fails. */
export function settleSession(books: StripeBooks, id: string, paid: boolean): Stripe.Checkout.Session {
  const session = sessionOf(books, id)
  const intent = typeof session.payment_intent === 'string' ? books.store.get('intent', session.payment_intent) : undefined
  const charge = typeof intent?.latest_charge === 'string' ? books.store.get('charge', intent.latest_charge) : undefined
  if (intent?.status !== 'processing' || charge === undefined) throw new NotPayable('nothing is on its way for this session')
  books.store.put('outcome', id, undefined)
  if (!paid) {
    const way = charge.payment_method_details?.type as Way
    declined(books, intent, way, { ...charge, ...failureOf(way), status: 'failed', captured: false })
    books.emit('checkout.session.async_payment_failed', session)
    return session
  }
  succeeded(books, intent, charge)
  const now = putSession(books, { ...session, payment_status: 'paid' })
  books.emit('checkout.session.async_payment_succeeded', now)
  return now
}

function succeeded(books: StripeBooks, intent: Stripe.PaymentIntent, charge: Stripe.Charge): void {
  const captured: Stripe.Charge = {
    ...charge,
    amount_captured: charge.amount,
    balance_transaction: charge.balance_transaction ?? stripeId('txn'),
    captured: true,
    paid: true,
    status: 'succeeded',
  }
  const paid: Stripe.PaymentIntent = { ...intent, status: 'succeeded', amount_received: intent.amount, latest_charge: charge.id }
  books.store.put('charge', charge.id, captured)
  books.store.put('intent', intent.id, paid)
  books.emit('charge.succeeded', captured)
  books.emit('payment_intent.succeeded', paid)
}

/** `charge`: what was tried and failed, if anything was. */
function declined(books: StripeBooks, intent: Stripe.PaymentIntent, way: Way, charge?: Stripe.Charge): void {
  const { failure_code, failure_message } = failureOf(way)
  const error: Stripe.PaymentIntent.LastPaymentError = {
    ...(charge && { charge: charge.id }),
    code: failure_code,
    ...(way === 'card' && { decline_code: 'generic_decline' }),
    doc_url: docOf(failure_code),
    message: failure_message,
    type: way === 'card' ? 'card_error' : 'invalid_request_error',
  }
  const refused: Stripe.PaymentIntent = {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    last_payment_error: error,
    latest_charge: charge?.id ?? intent.latest_charge,
  }
  if (charge) {
    books.store.put('charge', charge.id, charge)
    books.emit('charge.failed', charge)
  }
  books.store.put('intent', intent.id, refused)
  books.emit('payment_intent.payment_failed', refused)
}

function putSession(books: StripeBooks, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  books.store.put('session', session.id, session)
  return session
}
