import { plusMinutes } from '@skills/contract/time.ts'
import { groupKeeper } from '../employer/group-keeper.ts'
import { transact, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { orderKeeper } from './apply-payment.ts'
import type { Applied, Keeper, Owner } from './keeper.ts'
import { takeInDispute } from './money-found.ts'
import { eventDone, eventStep, quarantine, readPaymentOwner } from './order.table.ts'
import type { Payments } from './payment.ts'
import { ProviderFailed, type Checkout, type ProviderEvent } from './payment-provider.ts'

/**
 * What became of an event. `ignored`: of a kind that concerns us not; `seen`: done before; `unknown-yet`: what it is about is not there, and it is young enough to
 * come again; `quarantined`: set aside for a person, with why.
 */
export type Received = { done: 'applied' | 'seen' | 'ignored' | 'unknown-yet' } | { done: 'quarantined'; why: string }

/** Minutes of an event's age until what it is about must be known. */
const unknownMinutes = 60

/** Who keeps the money of a checkout that was asked with these references. */
function keeperOf(references: Record<string, string>): Keeper | undefined {
  if (references['groupOrderId'] !== undefined) return groupKeeper
  return references['personId'] === undefined ? undefined : orderKeeper
}

/**
 * Does all that follows from one event of the payment provider, once for ever: its guard is written in the effect's own transaction. The event only says where to look; the checkout
 * or refund is read as it is now, so events may come late, twice and in any order. What fits nothing of ours is set aside and fulfils nothing.
 * Throws `ProviderFailed` when the provider does not answer, and refuses `busy`: then nothing is kept and the event must come again.
 */
export async function receiveEvent(world: World, payments: Payments, event: ProviderEvent): Promise<Received> {
  if (await eventDone(world.table, event.id)) return { done: 'seen' }
  const strange = strangeness(event, payments.livemode)
  if (strange !== undefined) return aside(world, event, strange)
  // Kinds we did not ask for leave nothing behind: there is nothing to do twice.
  if (event.about === 'other') return { done: 'ignored' }
  const guard = [eventStep(event.id, world.now())]
  const outcome = await looked(world, payments, event, guard)
  if (outcome === 'applied') return { done: 'applied' }
  if (outcome === 'same') {
    await transact(world, undefined, guard, null)
    return { done: 'applied' }
  }
  if (outcome === 'unknown')
    return world.now() < plusMinutes(event.at, unknownMinutes) ? { done: 'unknown-yet' } : aside(world, event, 'unknown')
  return aside(world, event, outcome.misfit)
}

/** Why an event is not believed to be meant for us at all. */
function strangeness({ livemode, account, knownVersion }: ProviderEvent, expected: boolean): string | undefined {
  if (livemode !== expected) return 'livemode'
  if (account !== null) return 'account'
  return knownVersion ? undefined : 'version'
}

async function aside(world: World, event: ProviderEvent, why: string): Promise<Received> {
  const about =
    'checkoutId' in event ? event.checkoutId : 'disputeId' in event ? event.disputeId : 'refundId' in event ? event.refundId : null
  await quarantine(world, event.id, why, about)
  return { done: 'quarantined', why }
}

type Looked = Exclude<ProviderEvent, { about: 'other' }>

/** Reads what an event is about, as it is now, and brings its owner to it. */
async function looked(world: World, payments: Payments, event: Looked, guard: readonly Step[]): Promise<Applied> {
  const { provider } = payments
  if (event.about === 'checkout') {
    const checkout = await there(provider.readCheckout(event.checkoutId))
    return checkout === undefined ? 'unknown' : takeCheckout(world, payments, checkout, guard)
  }
  if (event.paymentId === null) return 'unknown'
  const { paymentId } = event
  const owner = await ownerOf(world, payments, paymentId)
  const keeper = owner === undefined ? undefined : keeperOf(owner.references)
  if (owner === undefined || keeper === undefined) return 'unknown'
  if (event.about === 'refund') {
    const found = event.refundId === null ? await there(provider.refundsOf(paymentId)) : [await there(provider.readRefund(event.refundId))]
    if (found === undefined) return 'unknown'
    return keeper.applyRefunds(
      world,
      owner,
      paymentId,
      found.filter((refund) => refund !== undefined),
      guard,
    )
  }
  const { disputeId, amountFen, state, at } = event
  return takeInDispute(world, payments, keeper, owner, { disputeId, paymentId, at, amountFen, state }, guard)
}

/** Brings whatever a checkout is for to what the provider has. */
export function takeCheckout(world: World, payments: Payments, checkout: Checkout, more: readonly Step[] = []): Promise<Applied> {
  const keeper = keeperOf(checkout.references)
  return keeper === undefined ? Promise.resolve('unknown') : keeper.applyCheckout(world, payments, checkout, more)
}

/** Whose money a payment is. News of a refund or a dispute may come before the news of the payment itself: then that is taken in first. */
async function ownerOf(world: World, payments: Payments, paymentId: string): Promise<Owner | undefined> {
  const known = await readPaymentOwner(world.table, paymentId)
  if (known !== undefined) return known
  const checkout = await payments.provider.checkoutOfPayment(paymentId)
  if (checkout === undefined) return undefined
  const taken = await takeCheckout(world, payments, checkout)
  return taken === 'applied' || taken === 'same' ? readPaymentOwner(world.table, paymentId) : undefined
}

/** What the provider answered, or undefined where it has no such thing. */
async function there<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch((error: unknown) => {
    if (error instanceof ProviderFailed && error.certain && error.code === 'resource_missing') return undefined
    throw error
  })
}
