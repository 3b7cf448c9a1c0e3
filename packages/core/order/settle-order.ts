import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { changeOrder } from '../enrollment/change-order.ts'
import { giveSeatBack } from '../enrollment/give-seat-back.ts'
import { runOf } from '../catalog/run-item.ts'
import { keys } from '../keys.ts'
import { readItem } from '../table.ts'
import type { World } from '../world.ts'
import { orderKeeper, orderReferences, refundFailedSteps } from './apply-payment.ts'
import { closePayment } from './close-payment.ts'
import { disputedNow, waitingPayments } from './dispute.ts'
import { matterSteps } from './money-matter.table.ts'
import { differencesOf, lookAtDisputes, readMoney, takeInMoney } from './money-found.ts'
import { comparisonDueAt, lookedAtNow, orderDueAt } from './order.ts'
import { readOrder, type ReadOrder } from './order.table.ts'
import { livePayment, type Payments } from './payment.ts'
import { ProviderFailed } from './payment-provider.ts'
import { sendRefund, withRefusedRefund } from './refund.ts'

const by = 'system:settle-payments'
const mostRounds = 8
/** A hold is over, but whether it was paid for cannot be asked: so many minutes the seat waits for the answer. Money that shows up later is late money. */
const patienceMinutes = 10

/** What was done for an order. `refund-failed`: a refund that the provider will not make, for a person to look at. */
export interface SettledOrder {
  orderId: string
  lapsed: boolean
  refundsFailed: string[]
  /** Where its money and the provider's are not the same, though all that the provider says was taken in. */
  differs: string[]
}

/**
 * Does what an order asks for by now: ends a checkout whose hold is over or whose seat is gone, confirms what turns out paid, lets the hold lapse otherwise, sends the refunds that are owed
 * and looks at those on their way. Each step is one transaction and safe to repeat and to overlap. Throws `ProviderFailed` when the provider does not answer; what was done stays done.
 */
export async function settleOrder(world: World, payments: Payments, personId: string, orderId: string): Promise<SettledOrder> {
  const settled: SettledOrder = { orderId, lapsed: false, refundsFailed: [], differs: [] }
  const asked = new Set<string>()
  for (let round = 0; round < mostRounds; round += 1) {
    const read = await readOrder(world.table, personId, orderId)
    const due = read === undefined ? undefined : orderDueAt(read.item.order)
    if (read === undefined || due === undefined || due > world.now()) return settled
    const more = await step(world, payments, read, settled, asked).catch(async (error: unknown) => {
      if (error instanceof ProviderFailed) await rest(world, read)
      throw error
    })
    if (more) continue
    await rest(world, read)
    return settled
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

/** Writes down that an order was looked at and nothing was new, so that it comes again after a pause. Where somebody changed it meanwhile, it is due as that says. */
async function rest(world: World, { item }: ReadOrder): Promise<void> {
  const looked = lookedAtNow(item.order, orderDueAt, world.now())
  if (looked !== undefined) await changeOrder(world, undefined, item, looked, { action: 'look', by })
}

/** Compares the order's money with the provider's where that is due: what is new there is taken in first, what then still differs is said. */
async function compare(world: World, payments: Payments, { item }: ReadOrder, settled: SettledOrder): Promise<boolean> {
  const { order, personId } = item
  const due = comparisonDueAt(order)
  if (due === undefined || due > world.now()) return false
  const found = await readMoney(payments.provider, order)
  const owner = { orderId: order.id, references: orderReferences(personId) }
  if (await takeInMoney(world, payments, orderKeeper, owner, found)) return true
  const differs = differencesOf(order, found)
  const told =
    differs.length === 0 ? [] : matterSteps(world, { kind: 'money-differs', why: differs.join(' '), personId, orderId: order.id })
  const outcome = await changeOrder(world, undefined, item, { ...order, comparedAt: world.now() }, { action: 'compare', by }, told)
  if ('answer' in outcome) settled.differs.push(...differs)
  return true
}

/** One step of an order; says whether there may be another. `asked`: refunds that were looked at in this turn. */
async function step(world: World, payments: Payments, read: ReadOrder, settled: SettledOrder, asked: Set<string>): Promise<boolean> {
  const { item, schedule } = read
  const { order, personId } = item
  const over = order.state === 'awaiting-payment' && order.holdUntil !== null && order.holdUntil <= world.now()
  const live = livePayment(order.payments)
  if (live !== undefined && (over || order.state !== 'awaiting-payment') && !asked.has(`payment ${live.attempt}`)) {
    asked.add(`payment ${live.attempt}`)
    const checkout = await closePayment(payments.provider, order.id, live).catch((error: unknown) => {
      if (!over || !(error instanceof ProviderFailed) || world.now() < plusMinutes(order.holdUntil ?? '', patienceMinutes)) throw error
      return 'no answer' as const
    })
    if (checkout === undefined) {
      const without = order.payments.map((one) => (one === live ? { ...one, state: 'expired' as const } : one))
      await changeOrder(world, undefined, item, { ...order, payments: without }, { action: 'payment never opened', by })
      return true
    }
    const taken = checkout === 'no answer' ? 'same' : await orderKeeper.applyCheckout(world, payments, checkout, [])
    if (taken === 'applied') return true
    if (typeof taken === 'object') settled.differs.push(taken.misfit)
  }
  if (over) {
    const run = runOf(await readItem(world.table, keys.run.key(order.runId)))
    if (run === undefined) throw new Error(`the run of ${order.id} is not there`)
    const outcome = await giveSeatBack(world, undefined, { before: item, schedule, run, to: 'lapsed', by })
    settled.lapsed ||= 'answer' in outcome
    return true
  }
  const refund = order.refunds.find(
    ({ id, state, paymentId }) => !asked.has(id) && (state === 'sent' || (state === 'pending' && !disputedNow(order, paymentId))),
  )
  const owner = { orderId: order.id, references: orderReferences(personId) }
  if (refund === undefined && !asked.has('disputes')) {
    asked.add('disputes')
    if (await lookAtDisputes(world, payments, orderKeeper, owner, waitingPayments(order))) return true
  }
  if (refund === undefined) return compare(world, payments, read, settled)
  asked.add(refund.id)
  const found = await sendRefund(payments.provider, refund, { ...orderReferences(personId), orderId: order.id }, world.now())
  if (found === 'refused') {
    settled.refundsFailed.push(refund.id)
    const next = { ...order, refunds: withRefusedRefund(order.refunds, refund.id, world.now()) }
    await changeOrder(world, undefined, item, next, { action: 'refund refused', by }, refundFailedSteps(world, item, next))
    return true
  }
  await orderKeeper.applyRefunds(world, owner, refund.paymentId, [found], [])
  if (found.state === 'failed' || found.state === 'canceled') settled.refundsFailed.push(refund.id)
  return true
}
