import type { Dispute } from '@skills/contract/order.ts'
import type { RefundItem } from './order.ts'
import { owedRefund } from './refund.ts'

/** A dispute with the provider's name for it, and for the money that it is about. */
export interface DisputeItem extends Dispute {
  disputeId: string
  /** Left out where it was recorded before this was kept; an order keeps one payment, and it is that one's. */
  paymentId?: string
  /** Of a lost sum, the fen that were taken off what was owed back, so that nobody gets them twice. */
  setOffFen?: number
}

/** What an order (or group order) owes back, and which banks took money back. */
export interface Disputed {
  refunds: readonly RefundItem[]
  disputes: readonly DisputeItem[]
}

const isAbout = ({ paymentId }: DisputeItem, payment: string | null) => paymentId === undefined || paymentId === payment

/** Fen of a lost dispute that nothing was taken off for yet. */
const unsettledFen = ({ state, amountFen, setOffFen = 0 }: DisputeItem) => (state === 'lost' ? amountFen - setOffFen : 0)

/** Whether the money of a payment is disputed now: its bank has taken it back for the moment, and nothing of it is sent back until that is decided. */
export function disputedNow({ disputes }: Pick<Disputed, 'disputes'>, paymentId: string | null): boolean {
  return disputes.some((dispute) => dispute.state === 'open' && isAbout(dispute, paymentId))
}

/** The payments whose refunds wait for the end of a dispute. */
export function waitingPayments({ refunds, disputes }: Disputed): string[] {
  return refunds
    .filter(({ state, paymentId }) => state === 'pending' && disputedNow({ disputes }, paymentId))
    .map(({ paymentId }) => paymentId)
}

/** Fen of a payment that its bank gave back in place of refunds that were owed. */
export function setOffFen({ disputes }: Pick<Disputed, 'disputes'>, paymentId: string | null): number {
  return disputes.reduce((sum, dispute) => sum + (isAbout(dispute, paymentId) ? (dispute.setOffFen ?? 0) : 0), 0)
}

/** Takes what was lost of a payment off a sum that is owed back of it. Out: what is still owed, in fen, and the disputes that remember it. */
export function lessLosses(
  disputes: readonly DisputeItem[],
  paymentId: string | null,
  owedFen: number,
): { fen: number; disputes: DisputeItem[] } {
  let fen = owedFen
  const after = disputes.map((dispute) => {
    const off = isAbout(dispute, paymentId) ? Math.min(fen, unsettledFen(dispute)) : 0
    fen -= off
    return off > 0 ? { ...dispute, setOffFen: (dispute.setOffFen ?? 0) + off } : dispute
  })
  return { fen, disputes: after }
}

/**
 * An order's refunds and disputes once every loss was taken off what is still owed of that payment: a refund that did not leave (or came back) is canceled, and one of the
 * rest takes its place. The same lists where there is nothing to take off.
 */
export function withLossesSetOff<Owing extends Disputed>(order: Owing, now: string, newId: () => string): Owing {
  let { disputes } = order
  const rests: RefundItem[] = []
  const refunds = order.refunds.map((refund): RefundItem => {
    if (refund.state !== 'pending' && refund.state !== 'failed') return refund
    const left = lessLosses(disputes, refund.paymentId, refund.amountFen)
    if (left.fen === refund.amountFen) return refund
    disputes = left.disputes
    const { state, settledAt, reason } = refund
    if (left.fen > 0) rests.push({ ...owedRefund(newId(), { ...refund, amountFen: left.fen }, reason, now), state, settledAt })
    return { ...refund, state: 'canceled' }
  })
  return disputes === order.disputes ? order : { ...order, refunds: [...refunds, ...rests], disputes }
}

/**
 * An order with what an event says of one dispute. What was won or lost stays so, whichever event comes last; what is lost lowers what is still owed of that payment.
 * Undefined: nothing is new.
 */
export function withDispute<Owing extends Disputed>(order: Owing, said: DisputeItem, now: string, newId: () => string): Owing | undefined {
  const before = order.disputes.find(({ disputeId }) => disputeId === said.disputeId)
  if (before !== undefined && (before.state !== 'open' || said.state === 'open')) return undefined
  const disputes =
    before === undefined
      ? [...order.disputes, said]
      : order.disputes.map((one) => (one === before ? { ...one, state: said.state, amountFen: said.amountFen } : one))
  return withLossesSetOff({ ...order, disputes }, now, newId)
}
