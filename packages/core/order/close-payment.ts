import { findCheckout } from './open-payment.ts'
import type { PaymentItem } from './order.ts'
import type { Checkout, PaymentProvider } from './payment-provider.ts'

/**
 * Ends the checkout of an attempt that may still bring money, and says what it is then: it may have been paid a moment before. Undefined: the provider never made one.
 * Throws `ProviderFailed`.
 */
export async function closePayment(provider: PaymentProvider, orderId: string, payment: PaymentItem): Promise<Checkout | undefined> {
  const id = payment.checkoutId ?? (await findCheckout(provider, orderId, payment))?.id
  return id === undefined ? undefined : provider.expireCheckout(id)
}
