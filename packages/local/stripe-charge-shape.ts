import type { Stripe } from 'stripe'
import { stripeId, type Way } from './stripe-shapes.ts'

/** How a charge was paid, as far as Stripe tells it of this way: a card that does not exist, or the wallet's own ids. */
function detailsOf(way: Way): Stripe.Charge.PaymentMethodDetails {
  if (way === 'alipay') return { alipay: { buyer_id: stripeId('buyer'), fingerprint: null, transaction_id: stripeId('trade') }, type: way }
  if (way === 'wechat_pay') return { wechat_pay: { fingerprint: null, transaction_id: stripeId('trade') }, type: way }
  return {
    card: {
      amount_authorized: null,
      authorization_code: null,
      brand: 'visa',
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      electronic_commerce_indicator: null,
      exp_month: 12,
      exp_year: 2034,
      fingerprint: 'DoubleOfACard000',
      funding: 'credit',
      installments: null,
      last4: '4242',
      mandate: null,
      network: 'visa',
      network_transaction_id: null,
      regulated_status: null,
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
    type: way,
  }
}

/** What a charge says of why it failed; nulls while it did not. */
const noFailure: Failure = { failure_code: null, failure_message: null }
type Failure = Pick<Stripe.Charge, 'failure_code' | 'failure_message'>

/** What a charge says of a payment that its bank or wallet declined. */
export function failureOf(way: Way): { failure_code: 'card_declined' | 'payment_method_provider_decline'; failure_message: string } {
  return way === 'card'
    ? { failure_code: 'card_declined', failure_message: 'Your card was declined.' }
    : { failure_code: 'payment_method_provider_decline', failure_message: 'The payment was declined.' }
}

/** The charge of a payment: `succeeded`, `pending` (settles later) or `failed`. */
export function chargeShape(
  intent: Stripe.PaymentIntent,
  way: Way,
  status: 'succeeded' | 'pending' | 'failed',
  created: number,
): Stripe.Charge {
  const paid = status === 'succeeded'
  const failed = status === 'failed'
  return {
    id: stripeId(way === 'card' ? 'ch' : 'py'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: paid ? stripeId('txn') : null,
    billing_details: {
      address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
      email: null,
      name: null,
      phone: null,
      tax_id: null,
    },
    calculated_statement_descriptor: 'SKILLS SUPERMARKET',
    captured: !failed,
    created,
    currency: intent.currency,
    customer: null,
    description: null,
    disputed: false,
    failure_balance_transaction: null,
    ...(failed ? failureOf(way) : noFailure),
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: null,
    paid,
    payment_intent: intent.id,
    payment_method: stripeId('pm'),
    payment_method_details: detailsOf(way),
    radar_options: {},
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status,
    transfer_data: null,
    transfer_group: null,
  }
}
