import type { Stripe } from 'stripe'
import type { Facts, Table } from './test-stripe-facts.ts'
import { card, error, evidence } from './test-stripe-money-facts.ts'

const address = { city: '?text', country: '?text', line1: '?text', line2: '?text', postal_code: '?text', state: '?text' } as const
/** Of every way of paying a session says how it is asked for; these are ours. */
const wechatPay = { app_id: '?text', client: '?=android|ios|web', setup_future_usage: '~=none' } as const satisfies Facts<
  NonNullable<Stripe.Checkout.Session.PaymentMethodOptions['wechat_pay']>
>

/** Tables of what stands below, by object and path. Only what the double fills in is here; a null has nothing below it. */
export const parts: Readonly<Record<string, Table>> = {
  'checkout.session.adaptive_pricing': { enabled: 'flag' } satisfies Facts<Stripe.Checkout.Session.AdaptivePricing>,
  'checkout.session.automatic_tax': {
    enabled: 'flag',
    liability: '?object',
    provider: '?text',
    status: '?=complete|failed|requires_location_inputs',
  } satisfies Facts<Stripe.Checkout.Session.AutomaticTax>,
  'checkout.session.custom_text': {
    after_submit: '?object',
    shipping_address: '?object',
    submit: '?object',
    terms_of_service_acceptance: '?object',
  } satisfies Facts<Stripe.Checkout.Session.CustomText>,
  'checkout.session.customer_details': {
    address: '?object',
    business_name: '?text',
    email: '?text',
    individual_name: '?text',
    name: '?text',
    phone: '?text',
    tax_exempt: '?=exempt|none|reverse',
    tax_ids: '?list',
  } satisfies Facts<Stripe.Checkout.Session.CustomerDetails>,
  'checkout.session.payment_method_options': { card: '~object', wechat_pay: '~object' },
  'checkout.session.payment_method_options.card': { request_three_d_secure: '=any|automatic|challenge' },
  'checkout.session.payment_method_options.wechat_pay': wechatPay,
  'checkout.session.phone_number_collection': { enabled: 'flag' } satisfies Facts<Stripe.Checkout.Session.PhoneNumberCollection>,
  'checkout.session.total_details': {
    amount_discount: 'whole',
    amount_shipping: '?whole',
    amount_tax: 'whole',
    breakdown: '~object',
  } satisfies Facts<Stripe.Checkout.Session.TotalDetails>,
  'payment_intent.amount_details': { tip: '~object' },
  'payment_intent.amount_details.tip': { amount: '~whole' } satisfies Facts<Stripe.PaymentIntent.AmountDetails.Tip>,
  'payment_intent.last_payment_error': error,
  'payment_intent.payment_method_options': { card: '~object', wechat_pay: '~object' },
  'payment_intent.payment_method_options.card': {
    installments: '?object',
    mandate_options: '?object',
    network: '?text',
    request_three_d_secure: '?=any|automatic|challenge',
  },
  'payment_intent.payment_method_options.wechat_pay': wechatPay,
  'charge.billing_details': {
    address: '?object',
    email: '?text',
    name: '?text',
    phone: '?text',
    tax_id: '?text',
  } satisfies Facts<Stripe.Charge.BillingDetails>,
  'charge.billing_details.address': address satisfies Facts<Stripe.Address>,
  'charge.fraud_details': { stripe_report: '~text', user_report: '~text' } satisfies Facts<Stripe.Charge.FraudDetails>,
  'charge.payment_method_details': { alipay: '~object', card: '~object', type: '=alipay|card|wechat_pay', wechat_pay: '~object' },
  'charge.payment_method_details.alipay': { buyer_id: '~text', fingerprint: '?text', transaction_id: '?text' } satisfies Facts<
    NonNullable<Stripe.Charge.PaymentMethodDetails['alipay']>
  >,
  'charge.payment_method_details.card': card,
  'charge.payment_method_details.card.checks': { address_line1_check: '?text', address_postal_code_check: '?text', cvc_check: '?text' },
  'charge.payment_method_details.wechat_pay': {
    fingerprint: '?text',
    location: '~text',
    reader: '~text',
    transaction_id: '?text',
  } satisfies Facts<NonNullable<Stripe.Charge.PaymentMethodDetails['wechat_pay']>>,
  'charge.radar_options': { session: '~text' } satisfies Facts<Stripe.Charge.RadarOptions>,
  'refund.destination_details': { alipay: '~object', card: '~object', type: '=alipay|card|wechat_pay', wechat_pay: '~object' },
  'refund.destination_details.alipay': {},
  'refund.destination_details.card': {
    reference: '~text',
    reference_status: '~=available|pending|unavailable',
    reference_type: '~text',
    type: '=pending|refund|reversal',
  } satisfies Facts<NonNullable<Stripe.Refund.DestinationDetails['card']>>,
  'refund.destination_details.wechat_pay': {},
  'dispute.evidence': evidence,
  'dispute.evidence.enhanced_evidence': {},
  'dispute.evidence_details': {
    due_by: '?whole',
    enhanced_eligibility: 'object',
    has_evidence: 'flag',
    past_due: 'flag',
    submission_count: 'whole',
    submission_method: '=manual|not_submitted|smart_disputes',
  } satisfies Facts<Stripe.Dispute.EvidenceDetails>,
  'dispute.evidence_details.enhanced_eligibility': {},
  'dispute.payment_method_details': { card: '~object', type: '=amazon_pay|card|klarna|paypal' },
  'dispute.payment_method_details.card': {
    brand: 'text',
    case_type: '=block|chargeback|compliance|inquiry|resolution',
    network: 'text',
    network_reason_code: '?text',
  } satisfies Facts<NonNullable<Stripe.Dispute.PaymentMethodDetails['card']>>,
  'event.data': { object: 'object', previous_attributes: '~object' },
  'event.request': { id: '?text', idempotency_key: '?text' } satisfies Facts<Stripe.Event.Request>,
}
