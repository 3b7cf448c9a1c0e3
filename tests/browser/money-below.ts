import { settleOrder, type SettledOrder } from '@skills/core/order/settle-order.ts'
import { stripeProvider } from '@skills/core/order/stripe.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { must } from '@skills/local/must.ts'
import { testWorld } from '../test-world.ts'
import type { House } from './house.ts'

/** The checkout of an order, opened as its page does it: gives the id that the payment service knows it by. */
export async function checkoutOf(house: House, sub: string, orderId: string): Promise<string> {
  const { url } = must('opening a checkout', await house.as(sub).call('openCheckout', { params: { orderId }, body: { language: 'zh' } }))
  return url.split('/').at(-1) ?? ''
}

/**
 * Does for an order what the sweep does some minutes later, on a clock that is so far ahead; `sessionId` is a checkout of the order. What is looked at ahead of time is due again only
 * then, so who does it once does it again with more minutes.
 */
export async function settleLater(house: House, sessionId: string, minutes: number): Promise<SettledOrder> {
  const { cloud, table } = house.below()
  const { store, secretKey, webhookSecret, endpoint, drain } = cloud.doubles.stripe
  const { personId = '', orderId = '' } = store.get('session', sessionId)?.metadata ?? {}
  const world = testWorld(table, plusMinutes(new Date().toISOString(), minutes), (seeds += 1))
  const provider = stripeProvider({ secretKey, webhookSecrets: [webhookSecret], endpoint })
  const settled = await settleOrder(world, { provider, livemode: false }, personId, orderId)
  await drain()
  await house.drain()
  return settled
}

/** Ends a hold that nobody paid for in time. */
export async function holdEnds(house: House, sessionId: string): Promise<void> {
  if (!(await settleLater(house, sessionId, 46)).lapsed) throw new Error('the hold did not end')
}
/** Two worlds of one house must not make the same ids. */
let seeds = 460

/** The payment of an order, as the payment service names it. */
export function paymentOf(house: House, orderId: string): string {
  const intent = house
    .below()
    .cloud.doubles.stripe.store.all('intent')
    .findLast(({ metadata }) => metadata['orderId'] === orderId)
  if (intent === undefined) throw new Error('nothing was paid')
  return intent.id
}
