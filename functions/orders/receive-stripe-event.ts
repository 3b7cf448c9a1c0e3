import { Refusal } from '@skills/contract/refusals.ts'
import type { Payments } from '@skills/core/order/payment.ts'
import { BadSignature, ProviderFailed } from '@skills/core/order/payment-provider.ts'
import { receiveEvent } from '@skills/core/order/receive-event.ts'
import type { World } from '@skills/core/world.ts'
import { log } from '@skills/http/log.ts'

interface Call {
  /** The body as it came, letter for letter: that is what was signed. */
  body: Uint8Array
  signature: string | undefined
}

/**
 * Takes in one event of Stripe. It is answered well only when its guard is durable; everything else makes Stripe send it again. Refuses `webhook-signature` (nothing is kept of it),
 * `order-unknown-yet`, and `busy` when Stripe or others do not let us finish.
 */
export async function receiveStripeEvent(world: World, payments: Payments, { body, signature }: Call): Promise<{ received: true }> {
  const event = await payments.provider.readEvent(body, signature, world.now()).catch((error: unknown) => {
    throw error instanceof BadSignature ? new Refusal('webhook-signature') : error
  })
  const received = await receiveEvent(world, payments, event).catch((error: unknown) => {
    throw error instanceof ProviderFailed ? new Refusal('busy', {}, { retryAfterSeconds: 10 }) : error
  })
  if (received.done === 'unknown-yet') throw new Refusal('order-unknown-yet', {}, { retryAfterSeconds: 60 })
  if (received.done === 'quarantined')
    log({ at: world.now(), level: 'error', function: 'stripe-webhook', event: 'payment-event-quarantined', code: received.why })
  return { received: true }
}
