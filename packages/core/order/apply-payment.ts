import { Refusal } from '@skills/contract/refusals.ts'
import { changeOrder } from '../enrollment/change-order.ts'
import { confirmHold } from '../enrollment/confirm-hold.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { retakeSeat } from '../enrollment/retake-seat.ts'
import { outboxStep } from '../outbox.ts'
import type { Outcome, Step } from '../transact.ts'
import type { World } from '../world.ts'
import { withDispute, withLossesSetOff } from './dispute.ts'
import type { Applied, Keeper } from './keeper.ts'
import { failedNow } from './money-matter.ts'
import { matterSteps } from './money-matter.table.ts'
import { capturedIn, nextOrder, paidWithoutSeat, type NextOrder } from './next-order.ts'
import type { OrderItem } from './order.ts'
import { paymentStep, readOrder, type ReadOrder } from './order.table.ts'
import type { Checkout } from './payment-provider.ts'
import { withProviderRefunds } from './refund.ts'

const by = 'system:payments'
const mostRounds = 8

/** What leads from the payment provider back to an order of a person. */
export const orderReferences = (personId: string): Record<string, string> => ({ personId })

/** Orders of one person each. */
export const orderKeeper: Keeper = {
  applyCheckout: (world, { livemode }, checkout, more) =>
    applied(world, checkout.references['personId'], checkout.references['orderId'], async (read) => {
      const next = nextOrder(read.item.order, checkout, livemode, world.now(), world.id('refund'))
      if ('misfit' in next) return next
      return next.seat === 'same' ? 'same' : write(world, read, next, checkout, more)
    }),

  applyRefunds: (world, { orderId, references }, paymentId, found, more) =>
    applied(world, references['personId'], orderId, async ({ item }) => {
      const { order, personId, enrollment } = item
      const news = withProviderRefunds(order, paymentId, found, world.now(), () => world.id('refund'))
      if (!news.changed) return 'same'
      const told = news.succeeded.map(({ amountFen }) =>
        outboxStep(world, { type: 'money-returned', personId, runId: order.runId, enrollmentId: enrollment.id, fen: amountFen }),
      )
      const next = withLossesSetOff({ ...order, refunds: news.refunds }, world.now(), () => world.id('refund'))
      const steps = [...told, ...refundFailedSteps(world, item, next), ...more]
      return changeOrder(world, undefined, item, next, { action: 'refund', by }, steps)
    }),

  applyDispute: (world, { orderId, references }, dispute, more) =>
    applied(world, references['personId'], orderId, async ({ item }) => {
      const next = withDispute(item.order, dispute, world.now(), () => world.id('refund'))
      if (next === undefined) return 'same'
      // What waited for its end is due at once.
      const steps = [...refundFailedSteps(world, item, next), ...more]
      return changeOrder(world, undefined, item, { ...next, lookedAt: null }, { action: 'dispute', by }, steps)
    }),
}

/**
 * Tells an order's person of refunds that failed just now: what is owed again, and that somebody sees to it; and puts each before an operator. What a lost dispute left of a failed one has a
 * new id, and counts as failed just now. In: the order before and after.
 */
export function refundFailedSteps(world: World, { order, personId, enrollment }: ReadOrder['item'], after: OrderItem): Step[] {
  const failed = failedNow(order.refunds, after.refunds)
  if (failed.length === 0) return []
  const fen = failed.reduce((sum, { amountFen }) => sum + amountFen, 0)
  return [
    outboxStep(world, { type: 'refund-failed', personId, runId: order.runId, enrollmentId: enrollment.id, fen }),
    ...failed.flatMap(({ id, amountFen, paymentId, providerId }) =>
      matterSteps(world, {
        ...{ kind: 'refund-failed', personId, orderId: order.id, refundId: id, fen: amountFen },
        about: [paymentId, providerId].filter((name) => name !== null),
      }),
    ),
  ]
}

/** Reads an order, judges and writes it, again while somebody else changes it between. */
async function applied(
  world: World,
  personId: string | undefined,
  orderId: string | undefined,
  change: (read: ReadOrder) => Promise<Outcome<EnrollmentItem> | Extract<Applied, object | 'same'>>,
): Promise<Applied> {
  if (personId === undefined || orderId === undefined) return 'unknown'
  for (let round = 0; round < mostRounds; round += 1) {
    const read = await readOrder(world.table, personId, orderId)
    if (read === undefined) return 'unknown'
    const outcome = await change(read)
    if (outcome === 'same' || 'misfit' in outcome) return outcome
    if ('answer' in outcome) return 'applied'
    if (outcome.failed === 'event') return 'same'
    if (outcome.failed === 'payment') return { misfit: 'payment' }
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

/** Writes what follows from a checkout, with the guard of the money where some came. */
async function write(
  world: World,
  { item, schedule }: ReadOrder,
  next: Extract<NextOrder, { seat: string }>,
  { references }: Checkout,
  more: readonly Step[],
): Promise<Outcome<EnrollmentItem>> {
  const captured = capturedIn(item.order, next.order)
  const guard =
    captured === undefined || captured.paymentId === null
      ? []
      : [paymentStep(captured.paymentId, { orderId: item.order.id, references }, world.now())]
  const steps = [...guard, ...more]
  if (next.seat === 'confirm') return confirmHold(world, undefined, item, schedule, next.order, by, steps)
  if (next.seat === 'late' && captured !== undefined) {
    const retaken = await retakeSeat(world, item, next.order, by, steps)
    if (retaken !== undefined) return retaken
    const returned = paidWithoutSeat(next.order, captured.attempt, world.id('refund'), world.now())
    return returning(world, item, returned, captured.amountFen, steps)
  }
  return captured === undefined || item.order.state === 'confirmed'
    ? changeOrder(world, undefined, item, next.order, { action: captured === undefined ? 'payment' : 'surplus payment', by }, steps)
    : returning(world, item, next.order, captured.amountFen, steps)
}

/** Money that bought no seat goes back by itself, and the person is told. */
function returning(
  world: World,
  item: EnrollmentItem,
  order: OrderItem,
  fen: number,
  steps: readonly Step[],
): Promise<Outcome<EnrollmentItem>> {
  const { personId, enrollment } = item
  const told = outboxStep(world, { type: 'paid-without-seat', personId, runId: order.runId, enrollmentId: enrollment.id, fen })
  return changeOrder(world, undefined, item, order, { action: 'paid without seat', by }, [told, ...steps])
}
