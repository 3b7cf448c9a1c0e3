import type * as z from 'zod/mini'
import type { Checkout as CheckoutAnswer } from '@skills/contract/orders.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Language, Text } from '@skills/contract/text.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { World } from '../world.ts'
import { leastCheckoutMinutes, type PaymentItem } from './order.ts'
import { livePayment, nextAttempt, withCheckout } from './payment.ts'
import { ProviderFailed, type Checkout, type PaymentProvider } from './payment-provider.ts'

/** What can be paid for, as it is now: an order, or a group order. */
export interface Payable {
  id: string
  title: Text
  /** Its state by name; only `awaiting-payment` is paid for. */
  state: string
  amountFen: number
  holdUntil: string | null
  payments: readonly PaymentItem[]
  /** What leads an event back to it, besides its id and the attempt. Ids only. */
  references: Record<string, string>
  /** Writes other payments, if nothing of it changed since it was read; says whether it did. */
  save(payments: PaymentItem[], action: string): Promise<boolean>
  /** Takes in what the provider says of a checkout: paid, over, failed. */
  take(checkout: Checkout): Promise<unknown>
}

export interface Page {
  language: Language
  returnUrl: string
  cancelUrl: string
}

const mostRounds = 8
/** Somebody may be asking for the same checkout at this very moment: so often, and as long as answers come within seconds, it is asked for again after a pause. */
const mostPauses = 3
const pauseMs = 400
const patienceMs = 4_000
/** An attempt that cannot be opened for so long, while the provider answers everything else, is given up for the next. */
const stuckMinutes = 1

/**
 * Where to pay for something now. The attempt is saved before the provider is asked, under the key of order and attempt, and its id after: so a lost reply or a crash between
 * finds the same checkout again. The same attempt answers the same page while it is open; a new one is made only when the earlier is surely over.
 * In: how to read it anew (undefined: it is gone). Refuses `not-found`, `illegal-transition`, `hold-expired`, `hold-ending`, `payment-unavailable`, `busy`.
 */
export async function openPayment(
  world: World,
  provider: PaymentProvider,
  read: () => Promise<Payable | undefined>,
  page: Page,
): Promise<z.infer<typeof CheckoutAnswer>> {
  const began = world.tick()
  let pauses = 0
  for (let round = 0; round < mostRounds; round += 1) {
    const payable = await read()
    if (payable === undefined) throw new Refusal('not-found')
    const now = world.now()
    if (payable.state === 'lapsed') throw new Refusal('hold-expired')
    if (payable.state !== 'awaiting-payment' || payable.holdUntil === null)
      throw new Refusal('illegal-transition', { current: payable.state, allowed: [] })
    if (payable.holdUntil <= now) throw new Refusal('hold-expired')
    const live = livePayment(payable.payments)
    if (live === undefined) {
      const payment = nextAttempt(payable.payments, payable.amountFen, payable.holdUntil, now)
      if (payment === undefined) throw new Refusal('hold-ending')
      await payable.save([...payable.payments, payment], 'open payment')
      continue
    }
    const checkout =
      live.checkoutId === null
        ? await asked(provider, payable, live, page, now)
        : await provider.readCheckout(live.checkoutId).catch(unavailable)
    if (checkout instanceof ProviderFailed) {
      pauses += 1
      if (pauses > mostPauses || world.tick() - began > patienceMs) unavailable(checkout)
      await world.pause(pauseMs)
      continue
    }
    if (checkout === 'never') {
      await payable.save(
        payable.payments.map((one) => (one === live ? { ...one, state: 'failed' } : one)),
        'payment not opened',
      )
      continue
    }
    // Saved also where it was known: the second of two callers changes nothing.
    const { payments, changed } = withCheckout(payable.payments, checkout, now)
    if (checkout.state === 'open' && checkout.url !== null) {
      if (changed && !(await payable.save(payments, 'payment opened'))) continue
      return { orderId: payable.id, attempt: live.attempt, url: checkout.url, expiresAt: live.expiresAt, amountFen: live.amountFen }
    }
    // Money that is on its way: nobody pays twice for being impatient.
    if (!changed) throw new Refusal('illegal-transition', { current: 'paid', allowed: [] })
    await payable.take(checkout)
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

/** Finds the checkout of an attempt that was saved, or asks for it. `never`: it cannot be opened any more, or will not. A failure: not now. */
async function asked(
  provider: PaymentProvider,
  payable: Payable,
  payment: PaymentItem,
  page: Page,
  now: string,
): Promise<Checkout | ProviderFailed | 'never'> {
  const { attempt, amountFen, expiresAt, openedAt } = payment
  const ask = { orderId: payable.id, attempt, references: payable.references, amountFen, title: payable.title, expiresAt, ...page }
  try {
    return await provider.openCheckout(ask)
  } catch (error) {
    if (!(error instanceof ProviderFailed)) throw error
    // It may have been made: by the call that did not answer, or by an earlier one in another language.
    const found = await findCheckout(provider, payable.id, payment).catch(unavailable)
    if (found !== undefined) return found
    const tooLate = plusMinutes(now, leastCheckoutMinutes) > expiresAt
    // A provider that keeps its own failure under the key would give it again for a day.
    const stuck = !error.certain && now >= plusMinutes(openedAt, stuckMinutes)
    return tooLate || stuck ? 'never' : error
  }
}

/** The checkout of an attempt whose id was lost between asking and saving, or undefined. */
export async function findCheckout(
  provider: PaymentProvider,
  orderId: string,
  { attempt, openedAt }: Pick<PaymentItem, 'attempt' | 'openedAt'>,
): Promise<Checkout | undefined> {
  const found = await provider.findCheckouts(orderId, openedAt)
  return found.find(({ references }) => references['attempt'] === String(attempt))
}

function unavailable(error: unknown): never {
  if (!(error instanceof ProviderFailed)) throw error
  throw new Refusal('payment-unavailable', {}, { retryAfterSeconds: 5 })
}
