import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { DisputeItem } from './dispute.ts'
import type { Misfit, Payments } from './payment.ts'
import type { Checkout, ProviderRefund } from './payment-provider.ts'

/**
 * What came of news from the payment provider. `same`: nothing was new, and nothing was written; `unknown`: it belongs to nothing that is there (yet). A misfit fits nothing
 * of ours: `payment` where the money belongs to another order already.
 */
export type Applied = 'applied' | 'same' | 'unknown' | { misfit: Misfit | 'payment' }

/** Whose money it is: found by the references that its checkout was asked with. */
export interface Owner {
  orderId: string
  references: Record<string, string>
}

/**
 * What keeps money: orders, and group orders. Each brings itself to what the provider has, in one transaction on the version it was read; `more` is written in the same
 * transaction and makes an event count once (its failure, by the name `event`, means that it was done). Refuses `busy` when others kept changing it.
 */
export interface Keeper {
  applyCheckout(world: World, payments: Payments, checkout: Checkout, more: readonly Step[]): Promise<Applied>
  applyRefunds(world: World, owner: Owner, paymentId: string, found: readonly ProviderRefund[], more: readonly Step[]): Promise<Applied>
  applyDispute(world: World, owner: Owner, dispute: DisputeItem, more: readonly Step[]): Promise<Applied>
}
