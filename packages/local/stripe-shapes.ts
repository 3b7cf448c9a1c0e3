import { randomBytes } from 'node:crypto'
import type { Stripe } from 'stripe'
import type { StripeEvent } from './stripe-store.ts'

/** The version of Stripe's API whose shapes these are: the one that the library in core pins. */
export const apiVersion = '2026-10-28.endive'

export type Way = 'card' | 'alipay' | 'wechat_pay'
export const ways: readonly Way[] = ['card', 'alipay', 'wechat_pay']
type Metadata = Record<string, string>

/** A new id as Stripe makes them: what it is, and chance. */
export function stripeId(prefix: string): string {
  const letters = [...randomBytes(24)].map((byte) => 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789'[byte % 58]).join('')
  return `${prefix}_${letters}`
}

export interface SessionParts {
  created: number
  amount: number
  expiresAt: number
  successUrl: string | null
  cancelUrl: string | null
  reference: string | null
  locale: string | null
  metadata: Metadata
  ways: Way[]
  adaptive: boolean
}

/** A Checkout Session that waits for payment. Its `url` is put in when it is shown, because the port may be another one then. */
export function sessionShape(parts: SessionParts): Stripe.Checkout.Session {
  return {
    id: stripeId('cs_test'),
    object: 'checkout.session',
    adaptive_pricing: { enabled: parts.adaptive },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: parts.ways,
    amount_subtotal: parts.amount,
    amount_total: parts.amount,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: parts.cancelUrl,
    client_reference_id: parts.reference,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: parts.created,
    currency: 'cny',
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: null,
    customer_account: null,
    customer_creation: 'if_required',
    customer_details: null,
    customer_email: null,
    discounts: [],
    expires_at: parts.expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: parts.locale,
    managed_payments: null,
    metadata: parts.metadata,
    mode: 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: {
      ...(parts.ways.includes('card') && { card: { request_three_d_secure: 'automatic' } }),
      ...(parts.ways.includes('wechat_pay') && { wechat_pay: { app_id: null, client: 'web' } }),
    },
    payment_method_types: parts.ways,
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    success_url: parts.successUrl,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: null,
    wallet_options: null,
  }
}

/** The one line of a session. */
export function itemShape(parts: { created: number; amount: number; quantity: number; name: string }): Stripe.LineItem {
  const each = parts.amount / parts.quantity
  return {
    id: stripeId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: parts.amount,
    amount_tax: 0,
    amount_total: parts.amount,
    currency: 'cny',
    description: parts.name,
    metadata: {},
    price: {
      id: stripeId('price'),
      object: 'price',
      active: false,
      billing_scheme: 'per_unit',
      created: parts.created,
      currency: 'cny',
      custom_unit_amount: null,
      livemode: false,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: stripeId('prod'),
      recurring: null,
      tax_behavior: 'unspecified',
      tiers_mode: null,
      transform_quantity: null,
      type: 'one_time',
      unit_amount: each,
      // A text on the wire; the library makes its Decimal of it.
      unit_amount_decimal: String(each) as unknown as Stripe.Decimal,
    },
    quantity: parts.quantity,
  }
}

/** The payment of a session, before any money. */
export function intentShape(parts: { created: number; amount: number; metadata: Metadata; ways: Way[] }): Stripe.PaymentIntent {
  const id = stripeId('pi')
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: parts.ways,
    amount: parts.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${stripeId('x').slice(2)}`,
    confirmation_method: 'automatic',
    created: parts.created,
    currency: 'cny',
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: parts.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      ...(parts.ways.includes('card') && {
        card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
      }),
      ...(parts.ways.includes('wechat_pay') && { wechat_pay: { app_id: null, client: 'web' } }),
    },
    payment_method_types: parts.ways,
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  }
}

/** The call that made something happen: its own id, and the key it was asked with. */
export type AskedBy = Stripe.Event.Request

/** An event that says what happened to an object, with the object as it was then. */
export function eventShape(type: string, object: object, created: number, request: AskedBy, before?: Record<string, unknown>): StripeEvent {
  return {
    id: stripeId('evt'),
    object: 'event',
    api_version: apiVersion,
    created,
    data: before === undefined ? { object } : { object, previous_attributes: before },
    livemode: false,
    pending_webhooks: 0,
    request,
    type,
  }
}
