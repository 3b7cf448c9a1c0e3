import { Refusal } from '@skills/contract/refusals.ts'
import { withDispute, withLossesSetOff } from '../order/dispute.ts'
import type { Applied, Keeper } from '../order/keeper.ts'
import { failedNow } from '../order/money-matter.ts'
import { matterSteps } from '../order/money-matter.table.ts'
import type { Payable } from '../order/open-payment.ts'
import { paymentStep } from '../order/order.table.ts'
import type { Payments } from '../order/payment.ts'
import type { Checkout } from '../order/payment-provider.ts'
import { withProviderRefunds } from '../order/refund.ts'
import { outboxStep } from '../outbox.ts'
import type { Outcome, Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { GroupOrderItem } from './group-order.ts'
import { readGroupOrder } from './group-order.table.ts'
import { nextGroupOrder } from './next-group-order.ts'
import { changeGroupOrder, payGroupOrder } from './pay-group-order.ts'

const by = 'system:payments'
const mostRounds = 8

/** What leads from the payment provider back to a group order. */
export const groupReferences = (groupOrderId: string): Record<string, string> => ({ groupOrderId })

/** Group orders of employers, as keepers of money. */
export const groupKeeper: Keeper = {
  applyCheckout: (world, { livemode }, checkout, more) =>
    applied(world, checkout.references['groupOrderId'], async (before) => {
      const next = nextGroupOrder(before, checkout, livemode, world.now(), world.id('refund'))
      if ('misfit' in next) return next
      return next.seats === 'same' ? 'same' : write(world, before, next, more)
    }),

  applyRefunds: (world, { references }, paymentId, found, more) =>
    applied(world, references['groupOrderId'], async (before) => {
      const news = withProviderRefunds(before, paymentId, found, world.now(), () => world.id('refund'))
      if (!news.changed) return 'same'
      const invoicesAt = news.succeeded.length > 0 ? world.now() : before.invoicesAt
      const next = withLossesSetOff({ ...before, refunds: news.refunds, invoicesAt }, world.now(), () => world.id('refund'))
      const steps = [...groupRefundFailedSteps(world, before, next), ...more]
      return changeGroupOrder(world, undefined, before, next, { action: 'refund', by }, steps)
    }),

  applyDispute: (world, { references }, dispute, more) =>
    applied(world, references['groupOrderId'], async (before) => {
      const next = withDispute(before, dispute, world.now(), () => world.id('refund'))
      if (next === undefined) return 'same'
      const steps = [...groupRefundFailedSteps(world, before, next), ...more]
      // What waited for its end is due at once.
      return changeGroupOrder(world, undefined, before, { ...next, lookedAt: null }, { action: 'dispute', by }, steps)
    }),
}

/** Tells whoever bought a group order of refunds that failed just now, and puts each before an operator. In: the order before and after. */
export function groupRefundFailedSteps(world: World, before: GroupOrderItem, after: GroupOrderItem): Step[] {
  const { buyerId: personId, runId } = before
  const failed = failedNow(before.refunds, after.refunds)
  const fen = failed.reduce((sum, { amountFen }) => sum + amountFen, 0)
  return [
    ...(fen > 0 && personId !== undefined ? [outboxStep(world, { type: 'group-refund-failed', personId, runId, fen })] : []),
    ...failed.flatMap(({ id, amountFen, paymentId, providerId }) =>
      matterSteps(world, {
        ...{ kind: 'refund-failed', groupOrderId: before.id, refundId: id, fen: amountFen },
        about: [paymentId, providerId].filter((name) => name !== null),
      }),
    ),
  ]
}

/** Reads a group order, judges and writes it, again while somebody else changes it between. */
async function applied(
  world: World,
  groupOrderId: string | undefined,
  change: (before: GroupOrderItem) => Promise<Outcome<unknown> | Extract<Applied, object | 'same'>>,
): Promise<Applied> {
  if (groupOrderId === undefined) return 'unknown'
  for (let round = 0; round < mostRounds; round += 1) {
    const before = await readGroupOrder(world.table, groupOrderId)
    if (before === undefined) return 'unknown'
    const outcome = await change(before)
    if (outcome === 'same' || 'misfit' in outcome) return outcome
    if ('answer' in outcome) return 'applied'
    if (outcome.failed === 'event') return 'same'
    if (outcome.failed === 'payment') return { misfit: 'payment' }
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

/** Writes what follows from a checkout, with the guard of the money where some came. */
function write(
  world: World,
  before: GroupOrderItem,
  { order, seats }: { order: GroupOrderItem; seats: string },
  more: readonly Step[],
): Promise<Outcome<unknown>> {
  const was = new Map(before.payments.map(({ attempt, state }) => [attempt, state]))
  const captured = order.payments.find(({ attempt, state }) => state === 'paid' && was.get(attempt) !== 'paid')
  const owner = { orderId: before.id, references: groupReferences(before.id) }
  const steps = [...((captured?.paymentId ?? null) === null ? [] : [paymentStep(captured?.paymentId ?? '', owner, world.now())]), ...more]
  if (seats === 'pay') return payGroupOrder(world, undefined, { before, order, paidBy: 'stripe', by }, steps)
  return changeGroupOrder(world, undefined, before, order, { action: captured === undefined ? 'payment' : 'surplus payment', by }, steps)
}

/** The largest sum of one checkout: Stripe takes at most eight digits of fen (docs.stripe.com/currencies, minimum and maximum charge amounts). */
export const mostCheckoutFen = 99_999_999

/** The refusal of a checkout for more than one takes, at a field of the call. */
export function overCheckout(pointer: string): Refusal {
  const zh = '总额超过线上单笔付款上限 ¥999,999.99，请改用银行转账，或分成几个订单。'
  const en = 'The total is more than one online payment takes (¥999,999.99). Pay by bank transfer, or buy in several orders.'
  return new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer, code: 'over-checkout', detail: { zh, en } }] })
}

/** A group order as something to be paid for at a checkout; `openPayment` does the rest. Refuses `validation-failed` for a sum that no checkout takes. */
export function groupPayable(world: World, payments: Payments, before: GroupOrderItem, who: string): Payable {
  const { id, title, state, totalFen, holdUntil } = before
  if (totalFen > mostCheckoutFen) throw overCheckout('')
  return {
    ...{ id, title, state, holdUntil, amountFen: totalFen, payments: before.payments, references: groupReferences(id) },
    save: async (next, action) =>
      'answer' in (await changeGroupOrder(world, undefined, before, { ...before, payments: next }, { action, by: who })),
    take: (checkout: Checkout) => groupKeeper.applyCheckout(world, payments, checkout, []),
  }
}
