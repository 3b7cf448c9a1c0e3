import { plusMinutes } from '@skills/contract/time.ts'
import { leastCheckoutMinutes, marginMinutes, type PaymentItem } from './order.ts'
import type { Checkout, PaymentProvider } from './payment-provider.ts'

/** Who takes and gives back the money, and whether it is real money. */
export interface Payments {
  provider: PaymentProvider
  livemode: boolean
}

/** Why a checkout at the provider fits nothing of ours. Nothing is fulfilled on it; a person looks. */
export type Misfit = 'livemode' | 'order' | 'attempt' | 'currency' | 'amount'

const currency = 'cny'
const ranks: Record<PaymentItem['state'], number> = { opening: 0, open: 1, expired: 2, failed: 2, paid: 3 }

/** The payment of an order (or group order) that a checkout is for, by its attempt; undefined when another checkout is known for that attempt. */
function paymentOf(payments: readonly PaymentItem[], checkout: Checkout): PaymentItem | undefined {
  const payment = payments.find(({ attempt }) => String(attempt) === checkout.references['attempt'])
  return payment === undefined || payment.checkoutId === null || payment.checkoutId === checkout.id ? payment : undefined
}

/** What is wrong with a checkout, seen from the order it says it is for; undefined when it is what we asked for, to the fen. */
export function misfitOf(
  order: { id: string; payments: readonly PaymentItem[] },
  checkout: Checkout,
  livemode: boolean,
): Misfit | undefined {
  if (checkout.livemode !== livemode) return 'livemode'
  if (checkout.references['orderId'] !== order.id) return 'order'
  const payment = paymentOf(order.payments, checkout)
  if (payment === undefined) return 'attempt'
  if (checkout.currency.toLowerCase() !== currency) return 'currency'
  return checkout.amountFen === payment.amountFen ? undefined : 'amount'
}

/**
 * The payments with what the provider says of one checkout. A state never goes back to one of a lower rank, so that news may come late, twice and in any
 * order. `captured`: the payment whose money this very news brought; `changed`: whether anything is to be written.
 */
export function withCheckout(
  payments: readonly PaymentItem[],
  checkout: Checkout,
  now: string,
): { payments: PaymentItem[]; captured: PaymentItem | undefined; changed: boolean } {
  const before = paymentOf(payments, checkout)
  if (before === undefined) return { payments: [...payments], captured: undefined, changed: false }
  const said = stateOf(checkout)
  const state = ranks[said] > ranks[before.state] ? said : before.state
  const paid = state === 'paid' && before.state !== 'paid'
  const next: PaymentItem = {
    ...before,
    state,
    checkoutId: checkout.id,
    paidAt: paid ? now : before.paidAt,
    paymentId: before.paymentId ?? (state === 'paid' ? checkout.paymentId : null),
  }
  const changed = state !== before.state || next.checkoutId !== before.checkoutId || next.paymentId !== before.paymentId
  return { payments: payments.map((one) => (one === before ? next : one)), captured: paid ? next : undefined, changed }
}

/** Money that is still on its way leaves its payment open. */
function stateOf({ state, paid, failed }: Checkout): PaymentItem['state'] {
  if (paid) return 'paid'
  if (failed) return 'failed'
  return state === 'expired' ? 'expired' : 'open'
}

/** The attempt of a payment that may still bring money, if there is one: at most one at a time. */
export function livePayment(payments: readonly PaymentItem[]): PaymentItem | undefined {
  return payments.find(({ state }) => state === 'opening' || state === 'open')
}

/** The longest a checkout may live (Stripe's `expires_at`: less than 24 hours), with the margin. A longer hold is paid for in several attempts. */
const mostCheckoutMinutes = 24 * 60 - marginMinutes

/** A further attempt to pay until the end of a hold, or undefined when too little time is left for one. The checkout ends before the hold does. */
export function nextAttempt(payments: readonly PaymentItem[], amountFen: number, holdUntil: string, now: string): PaymentItem | undefined {
  const [expiresAt = holdUntil] = [plusMinutes(holdUntil, -marginMinutes), plusMinutes(now, mostCheckoutMinutes)].sort()
  if (plusMinutes(now, leastCheckoutMinutes) > expiresAt) return undefined
  return {
    attempt: payments.length + 1,
    state: 'opening',
    amountFen,
    openedAt: now,
    expiresAt,
    paidAt: null,
    surplus: false,
    checkoutId: null,
    paymentId: null,
  }
}
