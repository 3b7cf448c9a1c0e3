import type { Stripe } from 'stripe'
import type { StripeBooks } from './stripe-books.ts'
import {
  anyText,
  checkParameters,
  metadataIn,
  metadataText,
  wholeNumber,
  yesOrNo,
  type Parameters,
  type Rules,
} from './stripe-parameters.ts'
import { missing, StripeRefusal } from './stripe-refusal.ts'
import { itemShape, sessionShape, ways, type Way } from './stripe-shapes.ts'

const address = /^https?:\/\/\S{1,5000}$/
const rules: Rules = {
  mode: ['payment'],
  ui_mode: ['hosted_page'],
  currency: ['cny'],
  client_reference_id: /^[^]{1,200}$/,
  success_url: address,
  cancel_url: address,
  expires_at: wholeNumber,
  locale: ['auto', 'zh', 'zh-HK', 'zh-TW', 'en', 'en-GB'],
  submit_type: ['auto', 'book', 'donate', 'pay'],
  'adaptive_pricing[enabled]': yesOrNo,
  'allowed_payment_method_types[]': ways,
  'payment_method_options[wechat_pay][client]': ['web'],
  'line_items[][quantity]': wholeNumber,
  'line_items[][price_data][currency]': ['cny'],
  'line_items[][price_data][unit_amount]': wholeNumber,
  'line_items[][price_data][product_data][name]': anyText,
  'metadata[*]': metadataText,
  'payment_intent_data[metadata][*]': metadataText,
  'payment_intent_data[description]': anyText,
  'expand[]': anyText,
}
const line = 'line_items[0]'
const required = ['mode', 'success_url', `${line}[quantity]`, `${line}[price_data][currency]`, `${line}[price_data][unit_amount]`]
/** Seconds from creation in which a session may end (docs.stripe.com/api/checkout/sessions/create). */
const [least, most] = [30 * 60, 24 * 3_600]
/**
 * The least and the largest amount that Stripe takes, in fen. The largest is eight digits. The least has no number in CNY: it is that of the currency the merchant is paid out
 * in, after conversion on the day (US$0.50, HK$4.00: about ¥4; docs.stripe.com/currencies, minimum and maximum charge amounts). What is certain is that nothing is too little.
 */
const [smallest, largest] = [1, 99_999_999]

/** Checks what a session is asked to be; Stripe remembers nothing of a refusal at this point. */
export function checkSession(given: Parameters, now: number): void {
  checkParameters(given, rules, [...required, `${line}[price_data][product_data][name]`])
  if ([...given.keys()].some((name) => /^line_items\[[1-9]/.test(name)))
    throw new StripeRefusal('This double plays sessions of one line only', { param: 'line_items' })
  const ends = Number(given.get('expires_at') ?? now + most)
  if (ends - now < least)
    throw new StripeRefusal('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', {
      param: 'expires_at',
    })
  if (ends - now > most)
    throw new StripeRefusal('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', {
      param: 'expires_at',
    })
  const amount = amountOf(given)
  const refusal = (code: string, message: string) => new StripeRefusal(message, { code, param: `${line}[price_data][unit_amount]` })
  if (amount < smallest) throw refusal('amount_too_small', 'The total amount due must be greater than zero.')
  if (amount > largest) throw refusal('amount_too_large', `The total amount due must be no more than ¥999,999.99`)
}

const amountOf = (given: Parameters) => Number(given.get(`${line}[quantity]`)) * Number(given.get(`${line}[price_data][unit_amount]`))

/** Makes a session that was checked; its timer ends it. */
export function createSession(books: StripeBooks, given: Parameters): Stripe.Checkout.Session {
  const created = books.seconds()
  const chosen = ways.filter((way) => [...given].some(([name, value]) => name.startsWith('allowed_payment_method_types[') && value === way))
  const session = sessionShape({
    created,
    amount: amountOf(given),
    expiresAt: Number(given.get('expires_at') ?? created + most),
    successUrl: given.get('success_url') ?? null,
    cancelUrl: given.get('cancel_url') ?? null,
    reference: given.get('client_reference_id') ?? null,
    locale: given.get('locale') ?? null,
    metadata: metadataIn(given, 'metadata'),
    ways: chosen.length === 0 ? ['card'] : (chosen as Way[]),
    adaptive: given.get('adaptive_pricing[enabled]') === 'true',
  })
  const name = given.get(`${line}[price_data][product_data][name]`) ?? ''
  books.store.put('session', session.id, session)
  books.store.put(
    'item',
    session.id,
    itemShape({ created, amount: amountOf(given), quantity: Number(given.get(`${line}[quantity]`)), name }),
  )
  books.store.put('wish', session.id, { metadata: metadataIn(given, 'payment_intent_data[metadata]') })
  endInTime(books, session)
  return session
}

/** A session by its id; one whose time is over has expired by then, whether a timer ran or not. */
export function sessionOf(books: StripeBooks, id: string): Stripe.Checkout.Session {
  const session = books.store.get('session', id)
  if (session === undefined) throw missing('checkout.session', id, 'session')
  if (session.status === 'open' && session.expires_at <= books.seconds()) return end(books, session)
  return session
}

/** Ends an open session before its time. */
export function expireSession(books: StripeBooks, id: string): Stripe.Checkout.Session {
  const session = sessionOf(books, id)
  if (session.status === 'open') return end(books, session)
  throw new StripeRefusal(
    `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    { kept: true },
  )
}

/** Sets the timer of an open session, when it is made and again at every start. */
export function endInTime(books: StripeBooks, { id, expires_at }: Stripe.Checkout.Session): void {
  books.clock.later(expires_at * 1000 - books.clock.now(), () => books.change(() => sessionOf(books, id)))
}

/** Ends every session whose time is over, so that lists show what is. */
export function endAllDue(books: StripeBooks): void {
  for (const session of books.store.all('session')) if (session.status === 'open') sessionOf(books, session.id)
}

function end(books: StripeBooks, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  const ended: Stripe.Checkout.Session = { ...session, status: 'expired' }
  books.store.put('session', session.id, ended)
  const intent = typeof session.payment_intent === 'string' ? books.store.get('intent', session.payment_intent) : undefined
  if (intent) {
    const canceled: Stripe.PaymentIntent = { ...intent, status: 'canceled', canceled_at: books.seconds(), cancellation_reason: 'automatic' }
    books.store.put('intent', intent.id, canceled)
    books.emit('payment_intent.canceled', canceled)
  }
  books.emit('checkout.session.expired', ended)
  return ended
}
