import type { Stripe } from 'stripe'
import { stripeId } from './stripe-shapes.ts'

interface RefundParts {
  amount: number
  created: number
  reason: string | null
  metadata: Record<string, string>
  /** Ways like WeChat Pay give money back later. */
  pending: boolean
}

/** A part of a charge given back. */
export function refundShape(charge: Stripe.Charge, parts: RefundParts): Stripe.Refund {
  return {
    id: stripeId(charge.id.startsWith('py_') ? 'pyr' : 're'),
    object: 'refund',
    amount: parts.amount,
    balance_transaction: stripeId('txn'),
    charge: charge.id,
    created: parts.created,
    currency: charge.currency,
    customer: null,
    customer_account: null,
    destination_details: destinationOf(charge),
    metadata: parts.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: parts.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: parts.pending ? 'pending' : 'succeeded',
    transfer_reversal: null,
  }
}

/** Where the money goes: back the way it came. */
function destinationOf({ payment_method_details }: Stripe.Charge): Stripe.Refund.DestinationDetails {
  const type = payment_method_details?.type ?? 'card'
  if (type !== 'card') return { [type]: {}, type }
  return { card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' }, type }
}

/** A dispute (chargeback) about a charge, to be answered within a week. */
export function disputeShape(charge: Stripe.Charge, parts: { amount: number; created: number; reason: string }): Stripe.Dispute {
  return {
    id: stripeId('du'),
    object: 'dispute',
    amount: parts.amount,
    balance_transactions: [],
    charge: charge.id,
    created: parts.created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {
      access_activity_log: null,
      billing_address: null,
      cancellation_policy: null,
      cancellation_policy_disclosure: null,
      cancellation_rebuttal: null,
      customer_communication: null,
      customer_email_address: null,
      customer_name: null,
      customer_purchase_ip: null,
      customer_signature: null,
      duplicate_charge_documentation: null,
      duplicate_charge_explanation: null,
      duplicate_charge_id: null,
      enhanced_evidence: {},
      product_description: null,
      receipt: null,
      refund_policy: null,
      refund_policy_disclosure: null,
      refund_refusal_explanation: null,
      service_date: null,
      service_documentation: null,
      shipping_address: null,
      shipping_carrier: null,
      shipping_date: null,
      shipping_documentation: null,
      shipping_tracking_number: null,
      uncategorized_file: null,
      uncategorized_text: null,
    },
    evidence_details: {
      due_by: parts.created + 7 * 86_400,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    ...(charge.payment_method_details?.card && {
      payment_method_details: {
        card: { brand: 'visa', case_type: 'chargeback', network: 'visa', network_reason_code: null },
        type: 'card',
      },
    }),
    reason: parts.reason,
    status: 'needs_response',
  }
}
