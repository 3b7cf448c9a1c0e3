import type { Grant, Order, Payment, Refund } from '@skills/contract/order.ts'
import { shares } from './split.ts'

/** Of an order, what a refund is reckoned from. */
export interface Refundable extends Pick<Order, 'split'> {
  grants: readonly Pick<Grant, 'id' | 'sponsorId' | 'fen' | 'state'>[]
  payments: readonly Pick<Payment, 'attempt' | 'state' | 'amountFen' | 'surplus'>[]
  refunds: readonly Pick<Refund, 'attempt' | 'amountFen' | 'state'>[]
}

/** What goes back where it came from, in fen. */
export interface RefundParts {
  /** To the learner, from which payment; the latest first, none of them zero. */
  learner: { attempt: number; fen: number }[]
  learnerFen: number
  employerFen: number
  /** To the programs, whole. */
  grants: { id: string; sponsorId: string; fen: number }[]
  subsidyFen: number
}

/**
 * The parts of a refund when a seat is given back before its run. The percent is taken of what the learner and the employer really paid and have not had back,
 * shared between them by largest remainder, so that no fen is lost or invented. Subsidy goes back whole: the program gets its money and the person her times
 * for another seat, and what a policy keeps is kept from those who chose to leave late. What was paid in surplus is not touched here; it is owed whole anyway.
 * In: percent 0–100; what the employer paid, if that is not yet the employer's part. Repeating it for an order that was already settled would take the percent
 * of the rest: the order's state says whether it was.
 */
export function refundParts(order: Refundable, percent: number, employerPaidFen = order.split.employerFen): RefundParts {
  const captured = order.payments
    .filter(({ state, surplus }) => state === 'paid' && !surplus)
    .map(({ attempt, amountFen }) => ({ attempt, leftFen: amountFen - refundedOf(order, attempt) }))
    .filter(({ leftFen }) => leftFen > 0)
    .toSorted((a, b) => b.attempt - a.attempt)
  const paid = Math.min(
    order.split.payableFen,
    captured.reduce((sum, { leftFen }) => sum + leftFen, 0),
  )
  const [back = 0] = shares(paid + employerPaidFen, [percent, 100 - percent])
  const [learnerFen = 0, employerFen = 0] = shares(back, [paid, employerPaidFen])
  const learner: RefundParts['learner'] = []
  let rest = learnerFen
  for (const { attempt, leftFen } of captured) {
    const fen = Math.min(rest, leftFen)
    if (fen > 0) learner.push({ attempt, fen })
    rest -= fen
  }
  const grants = order.grants
    .filter(({ state }) => state === 'reserved' || state === 'spent')
    .map(({ id, sponsorId, fen }) => ({ id, sponsorId, fen }))
  return { learner, learnerFen, employerFen, grants, subsidyFen: grants.reduce((sum, { fen }) => sum + fen, 0) }
}

/** Given back of one payment or on its way; a failed refund is still owed, so its money is not free. */
function refundedOf({ refunds }: Refundable, attempt: number): number {
  return refunds.reduce((sum, refund) => sum + (refund.attempt === attempt && refund.state !== 'canceled' ? refund.amountFen : 0), 0)
}
