import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { readGroupOrder } from '@skills/core/employer/group-order.table.ts'
import { seatsIn, type GroupOrderItem } from '@skills/core/employer/group-order.ts'
import type { ProviderEvent } from '@skills/core/order/payment-provider.ts'
import { openGroupCheckout } from '@skills/functions/orders/open-group-checkout.ts'
import { command, makeRun } from '../enrollment/claim-scene.ts'
import { stripeSums, wanted, type PaymentScene } from '../order/payment-scene.ts'
import type { Mortal } from '../order/crash.ts'
import { employerScene, makeStaff } from './employer-scene.ts'

export const priceFen = 45_600
type Firm = ReturnType<typeof employerScene>
type Command = ReturnType<typeof command>

/** What a process is about: one firm with its order and perhaps one of its staff, and the command that is sent again by who heard no answer. */
export interface Case {
  firm: Firm
  runId: string
  /** Empty where the order is still to be made. */
  orderId: string
  personId: string
  hash: string
  invitationId: string
  enrollmentId: string
  key: Command
}

let commands = 0
const fresh = (route: Command['route']): Command => command(`group-crash-${(commands += 1)}`, 'asked', route)

const shop = 'https://shop.example'
/** Opens the checkout page of the case's order. */
export const page = ({ world, payments }: Pick<Mortal, 'world' | 'payments'>, { firm, orderId }: Case) =>
  openGroupCheckout(world, payments, shop, { actor: firm.manager, params: { groupOrderId: orderId }, body: { language: 'zh' } })

/** A run far in the future, so that time may pass while its seats are bought. */
export const wideRun = ({ world }: PaymentScene, capacity = 640): Promise<RunItem> =>
  makeRun(world, { capacity, priceFen, closesAt: '2027-05-15T10:00:00.000Z', date: '2027-06-01' })

/** A firm before it buys. */
export function wish({ world }: PaymentScene, runId: string, route: Command['route']): Case {
  const nobody = { personId: '', hash: '', invitationId: '', enrollmentId: '' }
  return { firm: employerScene(world), runId, orderId: '', ...nobody, key: fresh(route) }
}

/** A firm that holds two seats. */
export async function held(scene: PaymentScene, runId: string, route: Command['route'], payBy: 'stripe' | 'transfer' = 'stripe') {
  const one = wish(scene, runId, route)
  return { ...one, orderId: (await one.firm.buy(runId, 2, { payBy })).id }
}

/** A firm that paid for two seats, by transfer or at a checkout. */
export async function bought(scene: PaymentScene, runId: string, route: Command['route'], payBy: 'stripe' | 'transfer' = 'transfer') {
  const one = await held(scene, runId, route, payBy)
  if (payBy === 'transfer') await one.firm.pay(one.orderId, 2 * priceFen)
  else await pay(scene, one)
  return one
}

/** A firm that invited one of its staff to one of its two seats. */
export async function invited(scene: PaymentScene, runId: string, route: Command['route'], payBy: 'stripe' | 'transfer' = 'transfer') {
  const one = await bought(scene, runId, route, payBy)
  const [{ personId, hash } = { personId: '', hash: '' }] = await makeStaff(scene.world, 1)
  return { ...one, personId, hash, invitationId: await one.firm.inviteHash(one.orderId, hash) }
}

/** A firm of whose staff one accepted. */
export async function seated(scene: PaymentScene, runId: string, route: Command['route'], payBy: 'stripe' | 'transfer' = 'transfer') {
  const one = await invited(scene, runId, route, payBy)
  await one.firm.answer(one.personId, one.invitationId)
  const { invitations } = await stored(scene, one)
  return { ...one, enrollmentId: invitations[0]?.enrollmentId ?? '' }
}

/** Pays at the checkout page; nobody is told yet. Gives the session's id. */
export async function atStripe(scene: PaymentScene, one: Case, how?: Parameters<PaymentScene['scene']['stripe']['pay']>[1]) {
  const id = (await page(scene, one)).url.split('/').at(-1) ?? ''
  scene.scene.stripe.pay(id, how)
  return id
}

async function pay(scene: PaymentScene, one: Case): Promise<void> {
  const { receiveEvent } = await import('@skills/core/order/receive-event.ts')
  await atStripe(scene, one)
  await receiveEvent(scene.world, scene.payments, paidEvent(scene, one))
}

/** The event that says that the case's checkout was paid. */
export function paidEvent(scene: PaymentScene, { orderId }: Case): ProviderEvent {
  const mine = (object: unknown) => (object as { metadata?: Record<string, string> | null }).metadata?.['orderId'] === orderId
  const event = wanted(scene).find(({ type, data }) => type === 'checkout.session.completed' && mine(data.object))
  if (event === undefined) throw new Error('nothing was paid')
  const checkoutId = (event.data.object as { id: string }).id
  const about = { about: 'checkout' as const, checkoutId }
  return { id: event.id, at: new Date(event.created * 1000).toISOString(), livemode: false, account: null, knownVersion: true, ...about }
}

async function stored({ world }: PaymentScene, { orderId }: Case): Promise<GroupOrderItem> {
  const order = await readGroupOrder(world.table, orderId)
  if (order === undefined) throw new Error('no such order')
  return order
}

/** What matters of a group order: its seats, its people, and its money here and at the payment provider. */
export async function sum(scene: PaymentScene, one: Case) {
  const order = await stored(scene, one)
  return {
    state: order.state,
    inHand: seatsIn(order.pools),
    people: order.invitations.map(({ state }) => state).join(' '),
    transfers: order.transfers.length,
    paidFen: order.payments.reduce((fen, { state, amountFen }) => fen + (state === 'paid' ? amountFen : 0), 0),
    back: order.refunds.map(({ state, amountFen }) => `${state} ${amountFen}`).join(', '),
    stripe: stripeSums(scene, one.orderId),
  }
}
