import type { World } from '../world.ts'
import type { Applied, Keeper, Owner } from './keeper.ts'
import type { OrderItem, PaymentItem } from './order.ts'
import type { Payments } from './payment.ts'
import type { Step } from '../transact.ts'
import type { Checkout, PaymentProvider, ProviderDispute, ProviderRefund } from './payment-provider.ts'

/** What the payment provider has of an order's money. */
export interface MoneyFound {
  checkouts: Checkout[]
  /** By payment. */
  refunds: Map<string, ProviderRefund[]>
}

/** Whether a payment is at the provider at all: a bank transfer is not, it has no checkout and its id is of our own making. */
export const atProvider = ({ paymentId }: Pick<PaymentItem, 'paymentId'>): boolean => paymentId?.startsWith('transfer-') !== true

/** Reads what the provider has of every checkout and payment that an order (or group order) knows. Throws `ProviderFailed`. */
export async function readMoney(provider: PaymentProvider, { payments }: Pick<OrderItem, 'payments'>): Promise<MoneyFound> {
  const found: MoneyFound = { checkouts: [], refunds: new Map() }
  for (const { checkoutId, paymentId } of payments.filter(atProvider)) {
    if (checkoutId !== null) found.checkouts.push(await provider.readCheckout(checkoutId))
    if (paymentId !== null) found.refunds.set(paymentId, await provider.refundsOf(paymentId))
  }
  return found
}

const succeededFen = (refunds: readonly { state: string; amountFen: number }[]) =>
  refunds.reduce((sum, { state, amountFen }) => sum + (state === 'succeeded' ? amountFen : 0), 0)

/** Where the order and the provider do not say the same, as codes: `payment`, `amount`, `refund`. Both sides are money that really moved: captured, and given back. */
export function differencesOf({ payments, refunds }: Pick<OrderItem, 'payments' | 'refunds'>, found: MoneyFound): string[] {
  return payments.filter(atProvider).flatMap(({ checkoutId, paymentId, state, amountFen }) => {
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

/** Brings an owner of money to what the provider has of it. Out: whether anything was new. Refuses `busy` when others kept changing it. */
export async function takeInMoney(world: World, payments: Payments, keeper: Keeper, owner: Owner, found: MoneyFound): Promise<boolean> {
  for (const checkout of found.checkouts) if ((await keeper.applyCheckout(world, payments, checkout, [])) === 'applied') return true
  for (const [paymentId, refunds] of found.refunds)
    if ((await keeper.applyRefunds(world, owner, paymentId, refunds, [])) === 'applied') return true
  return false
}

/**
 * Brings an owner of money to what is said of one dispute of a payment. What is lost is taken off what did not go back yet: so it must be known first what did. `more` goes with the
 * dispute's own change. Throws `ProviderFailed`.
 */
export async function takeInDispute(
  world: World,
  { provider }: Payments,
  keeper: Keeper,
  owner: Owner,
  dispute: ProviderDispute & { paymentId: string },
  more: readonly Step[] = [],
): Promise<Applied> {
  const { paymentId, state } = dispute
  if (state === 'lost') await keeper.applyRefunds(world, owner, paymentId, await provider.refundsOf(paymentId), [])
  return keeper.applyDispute(world, owner, dispute, more)
}

/**
 * Looks at the disputes that refunds of an owner wait for, whose end may never have been told. In: the payments of those refunds. Out: whether anything was new.
 * Throws `ProviderFailed`.
 */
export async function lookAtDisputes(
  world: World,
  payments: Payments,
  keeper: Keeper,
  owner: Owner,
  paymentIds: Iterable<string>,
): Promise<boolean> {
  let found = false
  for (const paymentId of new Set(paymentIds))
    for (const dispute of await payments.provider.disputesOf(paymentId))
      found = (await takeInDispute(world, payments, keeper, owner, { ...dispute, paymentId })) === 'applied' || found
  return found
}
