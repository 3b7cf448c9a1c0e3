import type { Language, Text } from '@skills/contract/text.ts'

/** What a checkout is asked for. Nothing of it is personal: ids of ours, a sum, a title. */
export interface CheckoutAsk {
  /** Our order (or group order) and which attempt to pay it this is; the same pair is the same checkout, however often it is asked for. */
  orderId: string
  attempt: number
  /** What leads an event back to its order; ids only. */
  references: Record<string, string>
  amountFen: number
  title: Text
  language: Language
  /** When the page stops taking money; the hold ends later. */
  expiresAt: string
  returnUrl: string
  cancelUrl: string
}

/** A checkout as the provider has it now. */
export interface Checkout {
  id: string
  /** Where the person pays, while it is open. */
  url: string | null
  state: 'open' | 'complete' | 'expired'
  paid: boolean
  /** Completed with a way of paying that settles later, and the money did not come: nothing will be paid here any more. */
  failed: boolean
  /** What a refund names, once there is one. */
  paymentId: string | null
  amountFen: number
  currency: string
  livemode: boolean
  references: Record<string, string>
}

export interface ProviderRefund {
  id: string
  state: 'pending' | 'succeeded' | 'failed' | 'canceled'
  amountFen: number
  references: Record<string, string>
}

/** Money that the provider took in for us. `paymentId`: what a refund of it would name. */
export interface ProviderMoney {
  paymentId: string
  at: string
  amountFen: number
}

/** A bank that takes a payment back for now (`open`), and how that ended. */
export interface ProviderDispute {
  disputeId: string
  at: string
  amountFen: number
  state: 'open' | 'won' | 'lost'
}

/**
 * What an event is about. The event only says where to look: callers read the object as it is now. `account` is set when it came on behalf of another
 * account than ours; `knownVersion` is false when it speaks another version of the provider's language than this code. A refund without an id means
 * any refund of that payment.
 */
export type ProviderEvent = { id: string; at: string; livemode: boolean; account: string | null; knownVersion: boolean } & (
  | { about: 'checkout'; checkoutId: string }
  | { about: 'refund'; refundId: string | null; paymentId: string | null }
  | { about: 'dispute'; disputeId: string; paymentId: string | null; amountFen: number; state: 'open' | 'won' | 'lost' }
  | { about: 'other'; type: string }
)

/**
 * The provider did not do what was asked, or did not say so. `certain`: it refused, and nothing happened; otherwise maybe it did, and asking again is safe.
 * Carries a code and the provider's request id for the log, never its words: they can hold parts of a key.
 */
export class ProviderFailed extends Error {
  certain: boolean
  code: string
  requestId: string | null
  constructor(code: string, certain: boolean, requestId: string | null) {
    super(`the payment provider ${certain ? 'refused' : 'did not answer'}: ${code}`)
    this.certain = certain
    this.code = code
    this.requestId = requestId
  }
}

/** The event's signature is wrong, missing or too old: nothing is believed of it. */
export class BadSignature extends Error {}

/**
 * Who takes and gives back money. One implementation speaks to Stripe (`stripe.ts`, the only file that imports its SDK); another could stand beside it.
 * Every call may be repeated: the same ask has the same effect once. Calls throw `ProviderFailed` when the provider refuses or does not answer.
 */
export interface PaymentProvider {
  openCheckout(ask: CheckoutAsk): Promise<Checkout>
  readCheckout(checkoutId: string): Promise<Checkout>
  /** Ends an open checkout; answers what it is then, which may be `complete` when the person was faster. */
  expireCheckout(checkoutId: string): Promise<Checkout>
  /** Finds the checkouts of an order by what it was asked with, for those whose id was lost between asking and saving. */
  findCheckouts(orderId: string, since: string): Promise<Checkout[]>
  /** The checkout that a payment came from, or undefined. */
  checkoutOfPayment(paymentId: string): Promise<Checkout | undefined>
  /** Gives a part of a payment back; `refundId` is ours and makes it happen once. */
  refund(ask: { refundId: string; paymentId: string; amountFen: number; references: Record<string, string> }): Promise<ProviderRefund>
  readRefund(id: string): Promise<ProviderRefund>
  /** Every refund of a payment, for the reconciler. */
  refundsOf(paymentId: string): Promise<ProviderRefund[]>
  /** All money that came in from attempts made between two instants, whatever it was for: a page, and from where the next goes on (undefined at the end). */
  moneyIn(since: string, until: string, after?: string): Promise<{ money: ProviderMoney[]; next: string | undefined }>
  /** Every dispute of a payment, for refunds that wait for the end of one. */
  disputesOf(paymentId: string): Promise<ProviderDispute[]>
  /** Believes a webhook's raw body only with its signature (tolerance 300 s at the instant `now`; two secrets while one is replaced). Throws `BadSignature`. */
  readEvent(body: Uint8Array, signature: string | undefined, now: string): Promise<ProviderEvent>
  /** Events that were not delivered to us, oldest first. */
  undelivered(since: string): AsyncIterable<ProviderEvent>
}
