import Stripe from 'stripe'
import {
  BadSignature,
  ProviderFailed,
  type Checkout,
  type CheckoutAsk,
  type PaymentProvider,
  type ProviderDispute,
  type ProviderEvent,
  type ProviderRefund,
} from './payment-provider.ts'

interface StripeParts {
  secretKey: string
  /** Of our webhook's address at Stripe; two while one is replaced. */
  webhookSecrets: readonly string[]
  /** Where a double of Stripe's API listens; without it, Stripe itself. */
  endpoint?: { host: string; port: number; protocol: 'http' | 'https' }
}

/** Seconds a signature may be old, as Stripe's libraries have it (docs.stripe.com/webhooks/signature). */
const toleranceSeconds = 300
/** A call is given up after so long, in milliseconds; a webhook must be answered within ten seconds. */
const patienceMs = 8_000
/** Money from abroad is shown and taken in yuan, not converted: what the order says is what is charged. */
const currency = 'cny'
const waysToPay: Stripe.Checkout.SessionCreateParams.AllowedPaymentMethodType[] = ['card', 'alipay', 'wechat_pay']
const withPayment = { expand: ['payment_intent'] }
/** What we ask Stripe to send, and what the reconciler asks for again. */
const eventTypes = [
  'checkout.session.completed',
  'checkout.session.expired',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
]

/** Stripe as the payment provider. Amounts are fen, which is Stripe's smallest unit of CNY. Throws `ProviderFailed`, and `BadSignature` for events. */
export function stripeProvider({ secretKey, webhookSecrets, endpoint }: StripeParts): PaymentProvider {
  // Repeating is our own business: it is decided by who asked, and how long that one can wait.
  const stripe = new Stripe(secretKey, { ...endpoint, maxNetworkRetries: 0, timeout: patienceMs, telemetry: false })
  const { sessions } = stripe.checkout

  async function checkoutsWhere(params: Stripe.Checkout.SessionListParams, orderId?: string): Promise<Checkout[]> {
    const found: Checkout[] = []
    for await (const session of sessions.list({ ...params, limit: 100, expand: ['data.payment_intent'] }))
      if (orderId === undefined || session.client_reference_id === orderId) found.push(checkoutOf(session))
    return found
  }
  const refundsOf = async (paymentId: string): Promise<Stripe.Refund[]> => {
    const found: Stripe.Refund[] = []
    for await (const refund of stripe.refunds.list({ payment_intent: paymentId, limit: 100 })) found.push(refund)
    return found
  }

  return {
    openCheckout: (ask) =>
      answered(async () => {
        try {
          return checkoutOf(await sessions.create(sessionOf(ask), { idempotencyKey: `order:${ask.orderId}:${ask.attempt}` }))
        } catch (error) {
          // A broken answer is kept under its key for a day; whether it had an effect shows in the list.
          const [found] = keptFailure(error)
            ? (await checkoutsWhere({ created: { gte: secondsOf(ask.expiresAt) - 86_400 } }, ask.orderId)).filter(
                ({ references }) => references['attempt'] === String(ask.attempt),
              )
            : []
          if (found) return found
          throw error
        }
      }),
    readCheckout: (id) => answered(async () => checkoutOf(await sessions.retrieve(id, withPayment))),
    expireCheckout: (id) =>
      answered(async () => {
        try {
          return checkoutOf(await sessions.expire(id, withPayment, { idempotencyKey: `expire:${id}` }))
        } catch (error) {
          // Not open any more: the person was faster, or it ended by itself. What it is now is the answer.
          const now = checkoutOf(await sessions.retrieve(id, withPayment))
          if (now.state === 'open') throw error
          return now
        }
      }),
    findCheckouts: (orderId, since) => answered(() => checkoutsWhere({ created: { gte: secondsOf(since) } }, orderId)),
    checkoutOfPayment: (paymentId) => answered(async () => (await checkoutsWhere({ payment_intent: paymentId }))[0]),
    refund: ({ refundId, paymentId, amountFen, references }) =>
      answered(async () => {
        try {
          return refundOf(
            await stripe.refunds.create(
              { payment_intent: paymentId, amount: amountFen, metadata: { ...references, refundId } },
              { idempotencyKey: `refund:${refundId}` },
            ),
          )
        } catch (error) {
          const found = keptFailure(error)
            ? (await refundsOf(paymentId)).find(({ metadata }) => metadata?.['refundId'] === refundId)
            : undefined
          if (found) return refundOf(found)
          throw error
        }
      }),
    readRefund: (id) => answered(async () => refundOf(await stripe.refunds.retrieve(id))),
    refundsOf: (paymentId) => answered(async () => (await refundsOf(paymentId)).map(refundOf)),
    moneyIn: (since, until, after) =>
      answered(async () => {
        const created = { gte: secondsOf(since), lt: secondsOf(until) }
        const page = await stripe.charges.list({ created, limit: 100, ...(after === undefined ? {} : { starting_after: after }) })
        // A charge without a payment intent was made another way than ours: a refund would name the charge itself.
        const money = page.data
          .filter(({ paid, captured }) => paid && captured)
          .map((one) => ({ paymentId: idOf(one.payment_intent) ?? one.id, at: instantOf(one.created), amountFen: one.amount_captured }))
        return { money, next: page.has_more ? page.data.at(-1)?.id : undefined }
      }),
    disputesOf: (paymentId) =>
      answered(async () => {
        const found: ProviderDispute[] = []
        for await (const { id, created, amount, status } of stripe.disputes.list({ payment_intent: paymentId, limit: 100 }))
          found.push({ disputeId: id, at: instantOf(created), amountFen: amount, state: disputeStates[status] ?? 'open' })
        return found
      }),
    async readEvent(body, signature, now) {
      const text = textOf(body)
      for (const secret of webhookSecrets)
        // Checked apart from reading, because the library refuses to read a thin event whose signature is right.
        if (await signedWith(secret, text, signature ?? '', now)) return eventOf(parsed(text), now)
      throw new BadSignature('no secret of ours signed this')
    },
    async *undelivered(since) {
      const events = await answered(async () => {
        const found: Stripe.Event[] = []
        const params = { delivery_success: false, created: { gte: secondsOf(since) }, types: eventTypes, limit: 100 }
        for await (const event of stripe.events.list(params)) found.push(event)
        return found
      })
      yield* events.reverse().map((event) => eventOf(event, since))
    },
  }
}

async function signedWith(secret: string, text: string, signature: string, now: string): Promise<boolean> {
  try {
    return (
      (await Stripe.webhooks.signature?.verifyHeaderAsync(text, signature, secret, toleranceSeconds, undefined, Date.parse(now))) === true
    )
  } catch {
    return false
  }
}

/** What Stripe is asked for: one line, our ids as metadata of the checkout and of the payment, nothing personal. */
function sessionOf(ask: CheckoutAsk): Stripe.Checkout.SessionCreateParams {
  const metadata = { ...ask.references, orderId: ask.orderId, attempt: String(ask.attempt) }
  return {
    mode: 'payment',
    client_reference_id: ask.orderId,
    success_url: ask.returnUrl,
    cancel_url: ask.cancelUrl,
    expires_at: secondsOf(ask.expiresAt),
    locale: ask.language,
    adaptive_pricing: { enabled: false },
    allowed_payment_method_types: waysToPay,
    payment_method_options: { wechat_pay: { client: 'web' } },
    line_items: [{ quantity: 1, price_data: { currency, unit_amount: ask.amountFen, product_data: { name: ask.title[ask.language] } } }],
    metadata,
    payment_intent_data: { metadata },
    ...withPayment,
  }
}

function checkoutOf(session: Stripe.Checkout.Session): Checkout {
  const { payment_intent: payment, status } = session
  const state: Checkout['state'] = status === 'complete' ? 'complete' : status === 'expired' ? 'expired' : 'open'
  const paid = session.payment_status === 'paid'
  const unpayable = payment !== null && typeof payment === 'object' && ['requires_payment_method', 'canceled'].includes(payment.status)
  return {
    id: session.id,
    url: session.url,
    state,
    paid,
    failed: state === 'complete' && !paid && unpayable,
    paymentId: idOf(payment),
    amountFen: session.amount_total ?? 0,
    currency: session.currency ?? '',
    livemode: session.livemode,
    references: session.metadata ?? {},
  }
}

function refundOf({ id, status, amount, metadata }: Stripe.Refund): ProviderRefund {
  const state = status === 'succeeded' || status === 'failed' || status === 'canceled' ? status : 'pending'
  return { id, state, amountFen: amount, references: metadata ?? {} }
}

function parsed(text: string): Stripe.Event {
  try {
    const event: unknown = JSON.parse(text)
    if (typeof event === 'object' && event !== null && 'id' in event && 'type' in event) return event as Stripe.Event
  } catch {
    // Said below.
  }
  throw new BadSignature('signed, but no event')
}

/** What an event of any shape is about; what we do not know, and thin events (v2), is `other`. */
function eventOf(event: Stripe.Event, now: string): ProviderEvent {
  const about = {
    id: String(event.id),
    // Thin events carry an ISO instant, all others seconds.
    at: typeof event.created === 'number' ? new Date(event.created * 1000).toISOString() : String(event.created ?? now),
    livemode: event.livemode === true,
    account: event.account ?? event.context ?? null,
    // Versions of one release ("2026-10-28.endive") understand each other.
    knownVersion: event.api_version?.split('.')[1] === Stripe.MAJOR_API_VERSION,
  }
  const object = event.data?.object as (Stripe.Event['data']['object'] & { object: string; id: string }) | undefined
  const other: ProviderEvent = { ...about, about: 'other', type: String(event.type) }
  if (!eventTypes.includes(event.type) || typeof object?.id !== 'string') return other
  if (object.object === 'checkout.session') return { ...about, about: 'checkout', checkoutId: object.id }
  if (object.object === 'refund')
    return { ...about, about: 'refund', refundId: object.id, paymentId: idOf((object as Stripe.Refund).payment_intent) }
  if (object.object === 'charge')
    return { ...about, about: 'refund', refundId: null, paymentId: idOf((object as Stripe.Charge).payment_intent) }
  if (object.object !== 'dispute') return other
  const dispute = object as Stripe.Dispute
  return {
    ...about,
    about: 'dispute',
    disputeId: dispute.id,
    paymentId: idOf(dispute.payment_intent),
    amountFen: dispute.amount,
    state: disputeStates[dispute.status] ?? 'open',
  }
}

/** `prevented` stays open: whether money left with it is for a person to see. A closed inquiry took none. */
const disputeStates: Record<string, 'won' | 'lost'> = { won: 'won', warning_closed: 'won', lost: 'lost' }

/** Runs a call; whatever it throws becomes `ProviderFailed` without Stripe's words. */
async function answered<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    const { statusCode = 0, code, type, requestId } = error
    // 409 (the same ask is under way), 429, and a key that is wrong (401, 403) are refusals of now, not of the thing asked.
    // Another ask under the same key leaves open what became of the first.
    const certain =
      statusCode >= 400 &&
      statusCode < 500 &&
      ![401, 403, 409, 429].includes(statusCode) &&
      !(error instanceof Stripe.errors.StripeIdempotencyError)
    throw new ProviderFailed(code ?? type, certain, requestId ?? null)
  }
}

/** Whether this is a failed answer that Stripe will repeat for the same key. */
function keptFailure(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && (error.statusCode ?? 0) >= 500
}

function idOf(reference: string | { id: string } | null): string | null {
  return typeof reference === 'object' ? (reference?.id ?? null) : reference
}

const instantOf = (seconds: number): string => new Date(seconds * 1000).toISOString()

function secondsOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000)
}

/** The body letter for letter: a mark of byte order stays and breaks the signature, and what is not UTF-8 was never signed. */
function textOf(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw new BadSignature('the body is not UTF-8')
  }
}
