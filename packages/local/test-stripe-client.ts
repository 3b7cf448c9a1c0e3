import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Way } from './stripe-shapes.ts'
import { lineOf, sessionAsk, startStripe, type StripeScene } from './test-stripe.ts'

/** The double and the real library that speaks to it, for a file's tests. */
export interface StripeClientScene {
  scene: StripeScene
  stripe: Stripe
  /** Seconds since 1970 by the double's clock. */
  now(): number
  /** A session of forty minutes. */
  open(more?: Partial<Stripe.Checkout.SessionCreateParams>): Promise<Stripe.Response<Stripe.Checkout.Session>>
  /** A payment of so many fen that succeeded; gives its id. */
  paid(amount?: number, method?: Way): Promise<string>
}

/** The scene, there from before the first test to after the last; each test begins without faults. */
export function useStripeClient(): StripeClientScene {
  const client = {
    now: () => Math.floor(client.scene.stripe.clock.now() / 1000),
    open: (more = {}) => client.stripe.checkout.sessions.create(sessionAsk(client.now() + 40 * 60, more)),
    async paid(amount = 38_000, method = 'card') {
      const { id } = await client.open({ line_items: [lineOf(amount)] })
      return String(client.scene.stripe.pay(id, { method }).payment_intent)
    },
  } as StripeClientScene
  beforeAll(async () => {
    client.scene = await startStripe()
    const { scene } = client
    client.stripe = new Stripe(scene.stripe.secretKey, { ...scene.endpoint, maxNetworkRetries: 0, telemetry: false })
  })
  afterAll(() => client.scene.stop())
  beforeEach(() => client.scene.stripe.faults.clear())
  return client
}
