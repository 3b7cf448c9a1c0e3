import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { runOf } from '../catalog/run-item.ts'
import { keys } from '../keys.ts'
import { closePayment } from '../order/close-payment.ts'
import { bringInvoices } from '../order/invoice.table.ts'
import { disputedNow, waitingPayments } from '../order/dispute.ts'
import { matterSteps } from '../order/money-matter.table.ts'
import { differencesOf, lookAtDisputes, readMoney, takeInMoney } from '../order/money-found.ts'
import { livePayment, type Payments } from '../order/payment.ts'
import { lookedAtNow } from '../order/order.ts'
import { ProviderFailed } from '../order/payment-provider.ts'
import { sendRefund, withRefusedRefund } from '../order/refund.ts'
import { readItem } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { endGroupOrder, releaseSeats } from './end-group-order.ts'
import { groupKeeper, groupReferences, groupRefundFailedSteps } from './group-keeper.ts'
import { byTransfer, groupComparisonDueAt, groupOrderDueAt, invoicedGroupOrder, type GroupOrderItem } from './group-order.ts'
import { readGroupOrder, readGroupOrdersOfRun } from './group-order.table.ts'
import { changeGroupOrder } from './pay-group-order.ts'

const by = 'system:settle-payments'
const mostRounds = 12
/** As for an order of one person: so long the seats wait for a provider that does not say whether they were paid for. */
const patienceMinutes = 10

/** What was done for a group order. `refundsFailed`: refunds that the provider will not make, for a person to look at. */
export interface SettledGroupOrder {
  groupOrderId: string
  lapsed: boolean
  refundsFailed: string[]
  /** Where its money and the provider's are not the same, though all that the provider says was taken in. */
  differs: string[]
}

/**
 * Does what a group order asks for by now: ends a checkout whose hold is over, takes in what turns out paid, lets the hold lapse otherwise, gives seats back, sends refunds that are owed and
 * looks at those on their way, asks for invoices. Each step is one transaction, safe to repeat and to overlap. Throws `ProviderFailed` when the provider does not answer.
 */
export async function settleGroupOrder(world: World, payments: Payments, groupOrderId: string): Promise<SettledGroupOrder> {
  const settled: SettledGroupOrder = { groupOrderId, lapsed: false, refundsFailed: [], differs: [] }
  const asked = new Set<string>()
  for (let round = 0; round < mostRounds; round += 1) {
    const order = await readGroupOrder(world.table, groupOrderId)
    const due = order === undefined ? undefined : groupOrderDueAt(order)
    if (order === undefined || due === undefined || due > world.now()) return settled
    const more = await step(world, payments, order, settled, asked).catch(async (error: unknown) => {
      if (error instanceof ProviderFailed) await rest(world, order)
      throw error
    })
    if (more) continue
    await rest(world, order)
    return settled
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

/** Writes down that an order was looked at and nothing was new, so that it comes again after a pause. */
async function rest(world: World, order: GroupOrderItem): Promise<void> {
  const looked = lookedAtNow(order, groupOrderDueAt, world.now())
  if (looked !== undefined) await changeGroupOrder(world, undefined, order, looked, { action: 'look', by })
}

/** One step of a group order, seats before money; says whether there may be another. `asked`: what was looked at in this turn. */
async function step(
  world: World,
  payments: Payments,
  order: GroupOrderItem,
  settled: SettledGroupOrder,
  asked: Set<string>,
): Promise<boolean> {
  if (order.endedAt !== null && order.pools.length > 0) {
    await releaseSeats(world, order.id)
    return true
  }
  if (order.invoicesAt !== null) {
    await ownInvoices(world, order)
    return true
  }
  const over = order.state === 'awaiting-payment' && order.holdUntil <= world.now()
  const live = livePayment(order.payments)
  if (live !== undefined && (over || order.state !== 'awaiting-payment') && !asked.has(`payment ${live.attempt}`)) {
    asked.add(`payment ${live.attempt}`)
    const checkout = await closePayment(payments.provider, order.id, live).catch((error: unknown) => {
      if (!over || !(error instanceof ProviderFailed) || world.now() < plusMinutes(order.holdUntil, patienceMinutes)) throw error
      return 'no answer' as const
    })
    if (checkout === undefined) {
      const without = order.payments.map((one) => (one === live ? { ...one, state: 'expired' as const } : one))
      await changeGroupOrder(world, undefined, order, { ...order, payments: without }, { action: 'payment never opened', by })
      return true
    }
    if (checkout !== 'no answer' && (await groupKeeper.applyCheckout(world, payments, checkout, [])) === 'applied') return true
  }
  if (over) {
    const run = runOf(await readItem(world.table, keys.run.key(order.runId)))
    if (run === undefined) throw new Error(`the run of ${order.id} is not there`)
    settled.lapsed ||= 'answer' in (await endGroupOrder(world, undefined, { before: order, run, to: 'lapsed', by }))
    return true
  }
  return settleRefund(world, payments, order, settled, asked)
}

async function settleRefund(
  world: World,
  payments: Payments,
  order: GroupOrderItem,
  settled: SettledGroupOrder,
  asked: Set<string>,
): Promise<boolean> {
  const sends = ({ state, paymentId }: GroupOrderItem['refunds'][number]) =>
    state === 'sent' || (state === 'pending' && !disputedNow(order, paymentId))
  const refund = order.refunds.find((one) => !asked.has(one.id) && !byTransfer(one) && sends(one))
  const owner = { orderId: order.id, references: groupReferences(order.id) }
  if (refund === undefined && !asked.has('disputes')) {
    asked.add('disputes')
    if (await lookAtDisputes(world, payments, groupKeeper, owner, waitingPayments(order))) return true
  }
  if (refund === undefined) return compare(world, payments, order, settled)
  asked.add(refund.id)
  const found = await sendRefund(payments.provider, refund, { ...owner.references, orderId: order.id }, world.now())
  if (found === 'refused') {
    settled.refundsFailed.push(refund.id)
    const next = { ...order, refunds: withRefusedRefund(order.refunds, refund.id, world.now()) }
    await changeGroupOrder(world, undefined, order, next, { action: 'refund refused', by }, groupRefundFailedSteps(world, order, next))
    return true
  }
  await groupKeeper.applyRefunds(world, owner, refund.paymentId, [found], [])
  if (found.state === 'failed' || found.state === 'canceled') settled.refundsFailed.push(refund.id)
  return true
}

/** As for an order of one person: compares the money with the provider's where that is due, taking in first what is new there. */
async function compare(world: World, payments: Payments, order: GroupOrderItem, settled: SettledGroupOrder): Promise<boolean> {
  const due = groupComparisonDueAt(order)
  if (due === undefined || due > world.now()) return false
  const found = await readMoney(payments.provider, order)
  const owner = { orderId: order.id, references: groupReferences(order.id) }
  if (await takeInMoney(world, payments, groupKeeper, owner, found)) return true
  const differs = differencesOf(order, found)
  const told = differs.length === 0 ? [] : matterSteps(world, { kind: 'money-differs', why: differs.join(' '), groupOrderId: order.id })
  const outcome = await changeGroupOrder(world, undefined, order, { ...order, comparedAt: world.now() }, { action: 'compare', by }, told)
  if ('answer' in outcome) settled.differs.push(...differs)
  return true
}

/** Brings the employer's invoice requests up to the order, then says that none is missing, unless the order changed between. */
async function ownInvoices(world: World, order: GroupOrderItem): Promise<void> {
  const stillSo: Step = {
    name: 'group order',
    check: { key: keys.groupOrder.key(order.id), condition: 'version = :seen', values: { ':seen': order.version } },
  }
  if (await bringInvoices(world, invoicedGroupOrder(order), stillSo))
    await changeGroupOrder(world, undefined, order, { ...order, invoicesAt: null }, { action: 'ask-invoices', by: 'system:invoices' })
}

/**
 * Ends the group orders of a cancelled run: their seats go back, and all that was paid is owed back. To be called before the seats of people are given back, again and
 * again until it says that nothing was left. Out: how many it ended.
 */
export async function endGroupOrdersOf(world: World, runId: string): Promise<number> {
  const run = runOf(await readItem(world.table, keys.run.key(runId)))
  if (run === undefined || run.run.state !== 'cancelled') throw new Error(`${runId} is not cancelled`)
  let ended = 0
  for (const { id } of await readGroupOrdersOfRun(world.table, runId)) {
    for (let round = 0; round < mostRounds; round += 1) {
      const before = await readGroupOrder(world.table, id)
      if (before === undefined || before.endedAt !== null) break
      if (!('answer' in (await endGroupOrder(world, undefined, { before, run, to: 'cancelled', by })))) continue
      ended += 1
      break
    }
    await releaseSeats(world, id)
  }
  return ended
}
