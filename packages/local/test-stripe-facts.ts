import type { Stripe } from 'stripe'
import { charge, dispute, refund } from './test-stripe-money-facts.ts'

/*
 * What Stripe publishes about the objects that the double gives, field by field, in our words. Source: Stripe's OpenAPI description (github.com/stripe/openapi), release v2596,
 * 2026-10-28.endive, as the library was made from it and pins it; the checkout session also in latest/openapi.spec3.json of 2026-09-30.endive; what is filled in: the objects of
 * openapi/fixtures3.json. `Facts` ties each table to the library's own types: with another version of it a field too many, too few or of another kind does not compile.
 *
 * `text`, `whole` (number), `flag` (yes or no), `texts`, `list`, `object`, `=a|b` (one of these words); `?…` may be null, `~…` may be left out.
 */
type Kind<T> = [T] extends [boolean]
  ? 'flag'
  : [T] extends [number]
    ? 'whole'
    : [T] extends [string]
      ? 'text' | `=${string}`
      : [T] extends [readonly string[]]
        ? 'texts'
        : [T] extends [readonly unknown[]]
          ? 'list'
          : 'text' | 'object'
type Fact<T, K extends keyof T> = `${object extends Pick<T, K> ? '~' : ''}${null extends T[K] ? '?' : ''}${Kind<NonNullable<T[K]>>}`
export type Facts<T> = { [K in keyof T]-?: Fact<T, K> }
/** A table; what stands below a field (`billing_details.address`) has a table of its own. */
export type Table = Readonly<Record<string, string>>

const session = {
  id: 'text',
  object: '=checkout.session',
  adaptive_pricing: '?object',
  after_expiration: '?object',
  allow_promotion_codes: '?flag',
  allowed_payment_method_types: '?texts',
  amount_subtotal: '?whole',
  amount_total: '?whole',
  automatic_tax: 'object',
  billing_address_collection: '?=auto|required',
  branding_settings: '~object',
  cancel_url: '?text',
  client_reference_id: '?text',
  client_secret: '?text',
  collected_information: '?object',
  consent: '?object',
  consent_collection: '?object',
  created: 'whole',
  currency: '?text',
  currency_conversion: '?object',
  custom_fields: 'list',
  custom_text: 'object',
  customer: '?text',
  customer_account: '?text',
  customer_creation: '?=always|if_required',
  customer_details: '?object',
  customer_email: '?text',
  discounts: '?list',
  excluded_payment_method_types: '~texts',
  expires_at: 'whole',
  integration_identifier: '?text',
  invoice: '?text',
  invoice_creation: '?object',
  line_items: '~object',
  livemode: 'flag',
  locale: '?text',
  managed_payments: '?object',
  metadata: '?object',
  mode: '=payment|setup|subscription',
  name_collection: '~object',
  optional_items: '~?list',
  origin_context: '?=mobile_app|web',
  payment_intent: '?text',
  payment_link: '?text',
  payment_method_collection: '?=always|if_required',
  payment_method_configuration_details: '?object',
  payment_method_options: '?object',
  payment_method_types: 'texts',
  payment_status: '=no_payment_required|paid|unpaid',
  permissions: '?object',
  phone_number_collection: '~object',
  presentment_details: '~object',
  recovered_from: '?text',
  redirect_on_completion: '~=always|if_required|never',
  return_url: '~text',
  saved_payment_method_options: '?object',
  setup_intent: '?text',
  shipping_address_collection: '?object',
  shipping_cost: '?object',
  shipping_options: 'list',
  status: '?=complete|expired|open',
  submit_type: '?=auto|book|donate|pay|subscribe',
  subscription: '?text',
  success_url: '?text',
  tax_id_collection: '~object',
  total_details: '?object',
  ui_mode: '?=elements|embedded_page|form|hosted_page',
  url: '?text',
  wallet_options: '?object',
} as const satisfies Facts<Stripe.Checkout.Session>

const item = {
  id: 'text',
  object: '=item',
  adjustable_quantity: '?object',
  amount_discount: 'whole',
  amount_subtotal: 'whole',
  amount_tax: 'whole',
  amount_total: 'whole',
  currency: 'text',
  description: '?text',
  discounts: '~list',
  metadata: '?object',
  price: '?object',
  quantity: '?whole',
  taxes: '~list',
} as const satisfies Facts<Stripe.LineItem>

const price = {
  id: 'text',
  object: '=price',
  active: 'flag',
  billing_scheme: '=per_unit|tiered',
  created: 'whole',
  currency: 'text',
  currency_options: '~object',
  custom_unit_amount: '?object',
  livemode: 'flag',
  lookup_key: '?text',
  metadata: 'object',
  nickname: '?text',
  product: 'text',
  recurring: '?object',
  tax_behavior: '?=exclusive|inclusive|unspecified',
  tiers: '~list',
  tiers_mode: '?=graduated|volume',
  transform_quantity: '?object',
  type: '=one_time|recurring',
  unit_amount: '?whole',
  unit_amount_decimal: '?text',
} as const satisfies Facts<Omit<Stripe.Price, 'deleted'>>

const intent = {
  id: 'text',
  object: '=payment_intent',
  allowed_payment_method_types: '?texts',
  amount: 'whole',
  amount_capturable: 'whole',
  amount_details: '~object',
  amount_received: 'whole',
  application: '?text',
  application_fee_amount: '?whole',
  automatic_payment_methods: '?object',
  canceled_at: '?whole',
  cancellation_reason: '?=abandoned|automatic|duplicate|expired|failed_invoice|fraudulent|requested_by_customer|void_invoice',
  capture_method: '=automatic|automatic_async|manual',
  client_secret: '?text',
  confirmation_method: '=automatic|manual',
  created: 'whole',
  currency: 'text',
  customer: '?text',
  customer_account: '?text',
  description: '?text',
  excluded_payment_method_types: '?texts',
  hooks: '~object',
  last_payment_error: '?object',
  latest_charge: '?text',
  livemode: 'flag',
  managed_payments: '?object',
  metadata: 'object',
  next_action: '?object',
  on_behalf_of: '?text',
  payment_details: '~object',
  payment_method: '?text',
  payment_method_configuration_details: '?object',
  payment_method_options: '?object',
  payment_method_types: 'texts',
  payment_record: '?text',
  presentment_details: '~object',
  processing: '?object',
  receipt_email: '?text',
  review: '?text',
  setup_future_usage: '?=off_session|on_session',
  shipping: '?object',
  source: '?text',
  statement_descriptor: '?text',
  statement_descriptor_suffix: '?text',
  status: '=canceled|processing|requires_action|requires_capture|requires_confirmation|requires_payment_method|succeeded',
  transfer_data: '~?object',
  transfer_group: '?text',
} as const satisfies Facts<Stripe.PaymentIntent>

const event = {
  id: 'text',
  object: '=event',
  account: '~text',
  api_version: '?text',
  context: '~text',
  created: 'whole',
  data: 'object',
  livemode: 'flag',
  pending_webhooks: 'whole',
  request: '?object',
  type: 'text',
} as const satisfies Facts<Stripe.EventBase>

const list = { object: '=list', data: 'list', has_more: 'flag', url: 'text' } as const satisfies Facts<Stripe.ApiList<object>>

/** Tables by what an object calls itself. */
export const objects: Readonly<Record<string, Table>> = {
  'checkout.session': session,
  item,
  price,
  payment_intent: intent,
  charge,
  refund,
  dispute,
  event,
  list,
}
