import { checkBooks, scanTable } from '@skills/core/books/books.table.ts'
import { enrollmentItemOf } from '@skills/core/enrollment/enrollment-item.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import type { Run } from '@skills/contract/catalog.ts'
import type { Enrollment } from '@skills/contract/claim.routes.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { OrderItem } from '@skills/core/order/order.ts'
import type { Payments } from '@skills/core/order/payment.ts'
import { stripeProvider } from '@skills/core/order/stripe.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { getPrice } from '@skills/functions/enrollment/get-price.ts'
import { openCheckout } from '@skills/functions/orders/open-checkout.ts'
import { receiveStripeEvent } from '@skills/functions/orders/receive-stripe-event.ts'
import { settlePayments } from '@skills/functions/orders/settle-payments.ts'
import { stripeSignature } from '@skills/local/stripe-deliveries.ts'
import type { StripeEvent } from '@skills/local/stripe-store.ts'
import { sceneStart, startStripe, type StripeScene } from '@skills/local/test-stripe.ts'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { actor, command, makePeople, quoteSecret } from '../enrollment/claim-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'

export const priceFen = 128_000

/** A table and Stripe's double whose clocks go together, and what people and the house do with them. */
export interface PaymentScene {
  world: TestWorld
  scene: StripeScene
  payments: Payments
  stop(): Promise<void>
}

export async function startPayments(name: string): Promise<PaymentScene> {
  const [table, scene] = await Promise.all([startTable(name), startStripe()])
  return {
    world: testWorld(table.table, sceneStart),
    scene,
    payments: paymentsOf(scene),
    async stop() {
      await scene.stop()
      await table.stop()
    },
  }
}

/** The scene of a file's tests, or of each of them: there from before its first test to after its last. */
export function usePaymentScene(name: string, lives: 'whole file' | 'one test' = 'whole file'): PaymentScene {
  const scene = {} as PaymentScene
  const [before, after] = lives === 'whole file' ? [beforeAll, afterAll] : [beforeEach, afterEach]
  let made = 0
  before(async () => void Object.assign(scene, await startPayments(`${name}-${(made += 1)}`)))
  after(() => scene.stop())
  return scene
}

export function paymentsOf({ stripe, endpoint }: StripeScene): Payments {
  return { provider: stripeProvider({ secretKey: stripe.secretKey, webhookSecrets: [stripe.webhookSecret], endpoint }), livemode: false }
}

/** Moves both clocks on, in minutes. */
export async function pass({ world, scene }: PaymentScene, minutes: number): Promise<void> {
  const to = plusMinutes(world.now(), minutes)
  world.moveTo(to)
  await scene.stripe.clock.moveTo(to)
}

export interface Held {
  personId: string
  enrollmentId: string
  orderId: string
  runId: string
}

let commands = 0
/** A key that nobody used. */
export const fresh = (route: Parameters<typeof command>[2] = 'claimSeat') => command(`payment-${(commands += 1)}`, 'asked', route)

/** Claims as a person does: sees the price, takes it. */
export async function claim(world: TestWorld, personId: string, runId: string, key = fresh()): Promise<Enrollment> {
  const call = { actor: actor(personId), params: { runId } }
  const { quote } = await getPrice(world, quoteSecret, call)
  return claimSeat({ world, memory: seatMemory(world), quoteSecret }, { ...call, command: key, body: { quote } })
}

/** A new person holds a seat of a run. */
export async function hold({ world }: PaymentScene, run: Pick<Run, 'id'>): Promise<Held> {
  const [personId = ''] = await makePeople(world, 1)
  const { id, orderId } = await claim(world, personId, run.id)
  return { personId, enrollmentId: id, orderId: orderId ?? '', runId: run.id }
}

export const checkout = ({ world, payments }: PaymentScene, { personId, orderId }: Held, language: 'zh' | 'en' = 'zh') =>
  openCheckout(world, payments, 'https://shop.example', { actor: actor(personId), params: { orderId }, body: { language } })

/** Opens the checkout and pays there; gives the session's id. */
export async function pay(scene: PaymentScene, held: Held, how?: Parameters<StripeScene['stripe']['pay']>[1]): Promise<string> {
  const { url } = await checkout(scene, held)
  const id = url.split('/').at(-1) ?? ''
  scene.scene.stripe.pay(id, how)
  return id
}

export const leave = ({ world }: PaymentScene, { personId, enrollmentId }: Held) =>
  cancelEnrollment(world, { actor: actor(personId), command: fresh('cancelEnrollment'), params: { enrollmentId } })

/** Sends an event to the webhook's story, signed by the double's secret. */
export function deliver({ world, scene, payments }: PaymentScene, event: StripeEvent | object): Promise<{ received: true }> {
  const text = JSON.stringify(event)
  const signature = stripeSignature(text, scene.stripe.webhookSecret, Math.floor(scene.stripe.clock.now() / 1000))
  return receiveStripeEvent(world, payments, { body: new TextEncoder().encode(text), signature })
}

/** The events of ours that the double made so far: those a webhook would get. */
export const wanted = ({ scene }: PaymentScene): StripeEvent[] =>
  scene.stripe.events().filter(({ type }) => /^(checkout\.session\.|refund\.|charge\.(refunded$|dispute\.))/.test(type))

/** Delivers every event so far, in its order. */
export async function deliverAll(scene: PaymentScene): Promise<void> {
  for (const event of wanted(scene)) await deliver(scene, event)
}

export const settle = ({ world, payments }: PaymentScene) => settlePayments(world, payments)

/** The enrollment and its order as they are. */
export async function now(
  { world }: PaymentScene,
  { personId, enrollmentId }: Held,
): Promise<{ enrollment: Enrollment; order: OrderItem }> {
  const item = enrollmentItemOf(await readItem(world.table, keys.enrollment.key(personId, enrollmentId)))
  if (item === undefined || item.order === null) throw new Error('there is no such order')
  return { enrollment: item.enrollment, order: item.order }
}

/** Money that Stripe took and gave back for an order, in fen. */
export function stripeSums({ scene }: PaymentScene, orderId: string): { captured: number; returned: number } {
  const intents = scene.stripe.store
    .all('intent')
    .filter(({ metadata, status }) => metadata['orderId'] === orderId && status === 'succeeded')
  const ids = new Set(intents.map(({ id }) => id))
  const refunds = scene.stripe.store
    .all('refund')
    .filter(({ payment_intent: payment, status }) => ids.has(String(payment)) && status === 'succeeded')
  return {
    captured: intents.reduce((sum, { amount_received: fen }) => sum + fen, 0),
    returned: refunds.reduce((sum, { amount }) => sum + amount, 0),
  }
}

/** The books are clean, once what the stream would have done is done: there is none here, so the outbox is emptied by hand. */
export async function expectCleanBooks({ world }: Pick<PaymentScene, 'world'>): Promise<void> {
  const { violations } = await checkBooks(world)
  expect(violations.filter(({ code }) => code !== 'T1')).toEqual([])
}

/** What was told, or is about to be: the events in the outbox about an enrollment. */
export async function told({ world }: Pick<PaymentScene, 'world'>, { enrollmentId }: Held): Promise<string[]> {
  const items = await scanTable(world.table)
  return items
    .filter(({ pk }) => pk.startsWith('OUTBOX#'))
    .map((item) => item['event'] as { type: string; enrollmentId?: string })
    .filter((event) => event.enrollmentId === enrollmentId)
    .map(({ type }) => type)
}
