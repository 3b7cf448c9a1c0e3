import type { OrderItem } from './order.ts'
import type { Checkout, PaymentProvider, ProviderRefund } from './payment-provider.ts'

/** What the payment provider has of an order's money. */
export interface MoneyFound {
  checkouts: Checkout[]
  /** By payment. */
  refunds: Map<string, ProviderRefund[]>
}

/** Reads what the provider has of every checkout and payment that an order knows. Throws `ProviderFailed`. */
export async function readMoney(provider: PaymentProvider, { payments }: Pick<OrderItem, 'payments'>): Promise<MoneyFound> {
  const found: MoneyFound = { checkouts: [], refunds: new Map() }
  for (const { checkoutId, paymentId } of payments) {
    if (checkoutId !== null) found.checkouts.push(await provider.readCheckout(checkoutId))
    if (paymentId !== null) found.refunds.set(paymentId, await provider.refundsOf(paymentId))
  }
  return found
}

const succeededFen = (refunds: readonly { state: string; amountFen: number }[]) =>
  refunds.reduce((sum, { state, amountFen }) => sum + (state === 'succeeded' ? amountFen : 0), 0)

/** Where the order and the provider do not say the same, as codes: `payment`, `amount`, `refund`. Both sides are money that really moved: captured, and given back. */
export function differencesOf({ payments, refunds }: Pick<OrderItem, 'payments' | 'refunds'>, found: MoneyFound): string[] {
  return payments.flatMap(({ checkoutId, paymentId, state, amountFen }) => {
    const checkout = found.checkouts.find(({ id }) => id === checkoutId)
    const own = refunds.filter((refund) => refund.paymentId === paymentId)
    return [
      ...(checkout !== undefined && (checkout.paid !== (state === 'paid') || (checkout.paid && checkout.paymentId !== paymentId))
        ? ['payment']
        : []),
      ...(checkout !== undefined && checkout.amountFen !== amountFen ? ['amount'] : []),
      ...(paymentId !== null && succeededFen(own) !== succeededFen(found.refunds.get(paymentId) ?? []) ? ['refund'] : []),
    ]
  })
}
