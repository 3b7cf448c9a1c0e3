import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Stripe } from 'stripe'
import type { Double } from './doubles.ts'
import { readKept, writeKept } from './kept-file.ts'
import { createStripeApi } from './stripe-api.ts'
import { openStripeBooks } from './stripe-books.ts'
import { checkoutPath, createCheckout, settleInTime } from './stripe-checkout.ts'
import { createStripeClock, type StripeClock } from './stripe-clock.ts'
import { createStripeDeliveries, stripeSignature, type StripeDeliveries } from './stripe-deliveries.ts'
import { viewEvent } from './stripe-events.ts'
import { createStripeFaults, type StripeFaults } from './stripe-faults.ts'
import { paySession, settleSession, type Paying } from './stripe-payments.ts'
import { arriveInTime, closeDispute, failRefund, openDispute, settleRefund } from './stripe-refunds.ts'
import { endInTime, expireSession } from './stripe-sessions.ts'
import { openStripeStore, type StripeEvent, type StripeStore } from './stripe-store.ts'

/** Stripe on one machine: what the library talks to, what a person clicks, and switches for tests. */
export interface StripeDouble extends Pick<StripeDeliveries, 'deliverTo' | 'drain' | 'redeliver'> {
  /** What `STRIPE_SECRET_KEY` and `STRIPE_WEBHOOK_SECRETS` are here; made at the first start and kept. */
  secretKey: string
  webhookSecret: string
  clock: StripeClock
  faults: StripeFaults
  store: StripeStore
  /** Every event so far, oldest first. */
  events(): StripeEvent[]
  /** What a person does on the checkout page: pays by card at once, unless told otherwise. Throws when the session is not open. */
  pay(sessionId: string, how?: { method?: Paying['way']; outcome?: Paying['outcome'] }): Stripe.Checkout.Session
  /** Money that was to come later comes, or fails. */
  settle(sessionId: string, paid: boolean): Stripe.Checkout.Session
  expire(sessionId: string): Stripe.Checkout.Session
  settleRefund(id: string): Stripe.Refund
  failRefund(id: string, reason?: string): Stripe.Refund
  openDispute(paymentIntentId: string, reason?: string): Stripe.Dispute
  closeDispute(id: string, outcome: 'won' | 'lost'): Stripe.Dispute
  /** The header that Stripe would send with this body now, or at another second: for webhooks that a test makes itself. */
  sign(body: string, seconds?: number): string
  /** The services for `/v1/…` (the API) and `/stripe/…` (the pages). */
  api: Double
  pages: Double
  stop(): Promise<void>
}

/** Opens the double over its folder; `baseUrl` tells the doubles' address once it is known. */
export function createStripeDouble(folder: string, baseUrl: () => string, clock: StripeClock = createStripeClock()): StripeDouble {
  const store = openStripeStore(join(folder, 'objects.jsonl'))
  const keysFile = join(folder, 'keys.json')
  const made = { secretKey: `sk_test_double${randomBytes(12).toString('hex')}`, webhookSecret: `whsec_${randomBytes(24).toString('hex')}` }
  const { secretKey, webhookSecret } = readKept(keysFile, made)
  writeKept(keysFile, { secretKey, webhookSecret })
  const faults = createStripeFaults()
  const deliveries = createStripeDeliveries({ store, clock, faults, secret: webhookSecret })
  const books = openStripeBooks(store, clock, deliveries.send)
  for (const session of store.all('session')) if (session.status === 'open') endInTime(books, session)
  for (const id of store.ids('outcome')) settleInTime(books, id)
  for (const refund of store.all('refund')) arriveInTime(books, refund)
  const show = (object: object) => {
    const session = object as Partial<Stripe.Checkout.Session>
    return session.object === 'checkout.session' && session.status === 'open'
      ? { ...session, url: baseUrl() + checkoutPath(session.id ?? '') }
      : object
  }
  return {
    secretKey,
    webhookSecret,
    clock,
    faults,
    store,
    deliverTo: deliveries.deliverTo,
    drain: deliveries.drain,
    redeliver: deliveries.redeliver,
    events: () => store.all('event').map(viewEvent),
    pay: (id, { method = 'card', outcome = 'paid' } = {}) => books.change(() => paySession(books, id, { way: method, outcome })),
    settle: (id, paid) => books.change(() => settleSession(books, id, paid)),
    expire: (id) => books.change(() => expireSession(books, id)),
    settleRefund: (id) => books.change(() => settleRefund(books, id)),
    failRefund: (id, reason) => books.change(() => failRefund(books, id, reason)),
    openDispute: (id, reason) => books.change(() => openDispute(books, id, reason)),
    closeDispute: (id, outcome) => books.change(() => closeDispute(books, id, outcome)),
    sign: (body, seconds = books.seconds()) => stripeSignature(body, webhookSecret, seconds),
    api: createStripeApi({ books, faults, secretKey, show }),
    pages: createCheckout(books),
    async stop() {
      clock.stop()
      await deliveries.stop()
    },
  }
}
