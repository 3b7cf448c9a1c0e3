import type { HeldReason, PayoutLine, PayoutPart, PayoutRule } from '@skills/contract/payout.ts'
import type { Credit } from '../attendance/credit.ts'
import type { GroupOrderItem } from '../employer/group-order.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import type { OrderItem } from '../order/order.ts'
import { percentOf, shares } from '../order/split.ts'
import { givenRule, grantRule, type RulesOfGrant } from './payout-rule.ts'

/** Where a run stands: whether its last meeting is over, or it was cancelled. */
export type Given = 'to-come' | 'given' | 'cancelled'
/** What is known of one person's attendance of a run, or undefined. */
export type Attended = Pick<Credit, 'outcome' | 'minutes' | 'outOfMinutes'>
/** A line before it is compared with the statements before. */
export type ReckonedLine = Omit<PayoutLine, 'differenceFen'>

type Money = Pick<OrderItem, 'payments' | 'refunds' | 'disputes'>
type Payer = Pick<PayoutPart, 'payer' | 'sponsorId' | 'programId'>

/**
 * What one seat earned, by payer; undefined where nobody ever paid for it through its own order (free, unpaid, or paid by a group order). Money that came without a seat, or twice, is no part
 * of it: it goes back whole. `rulesOf` knows the rules of programs. Pure.
 */
export function seatLine(
  { enrollment, maskedName, order }: Pick<EnrollmentItem, 'enrollment' | 'maskedName' | 'order'>,
  given: Given,
  attended: Attended | undefined,
  rulesOf: RulesOfGrant,
): ReckonedLine | undefined {
  if (order === null || order.confirmedAt === null) return undefined
  const programs = Map.groupBy(order.grants, ({ sponsorId, programId }) => `${sponsorId} ${programId}`)
  const sponsors = [...programs.values()].map((grants) => {
    const [one] = grants
    const fen = (returned: boolean) => grants.reduce((sum, { state, fen: own }) => sum + ((state === 'returned') === returned ? own : 0), 0)
    const payer = { payer: 'sponsor' as const, sponsorId: one?.sponsorId ?? null, programId: one?.programId ?? null }
    const rule = one === undefined ? givenRule : grantRule(one, rulesOf)
    return part(payer, rule, { paidFen: fen(false) + fen(true), refundedFen: fen(true), lostFen: 0, disputedFen: 0 }, given, attended)
  })
  const parts = [part(own('learner'), givenRule, keptMoney(order), given, attended), ...sponsors].filter(({ paidFen }) => paidFen > 0)
  if (parts.length === 0) return undefined
  const known = attended === undefined || attended.outcome === 'not-taken' ? null : attended
  return {
    id: enrollment.id,
    kind: 'seat',
    maskedName,
    state: enrollment.state === 'active' ? 'active' : 'left',
    seats: 1,
    attended: known === null ? null : { minutes: known.minutes, outOfMinutes: known.outOfMinutes },
    parts,
  }
}

/** What a group order earned: its employer's money for all of its seats. Undefined where it was never paid. Pure. */
export function groupLine(
  order: Pick<GroupOrderItem, 'id' | 'seats' | 'state' | 'paidAt' | keyof Money>,
  given: Given,
): ReckonedLine | undefined {
  if (order.paidAt === null) return undefined
  return {
    id: order.id,
    kind: 'group-order',
    maskedName: null,
    state: order.state === 'paid' ? 'active' : 'left',
    seats: order.seats,
    attended: null,
    parts: [part(own('employer'), givenRule, keptMoney(order), given, undefined)],
  }
}

const own = (payer: 'learner' | 'employer'): Payer => ({ payer, sponsorId: null, programId: null })

interface Kept {
  paidFen: number
  refundedFen: number
  lostFen: number
  disputedFen: number
}

/** What was paid for the seat and not in surplus, what of it went back or is owed back, what banks took for good, and what they have now. Never more than was paid. */
function keptMoney({ payments, refunds, disputes }: Money): Kept {
  const kept = payments.filter(({ state, surplus }) => state === 'paid' && !surplus)
  const paidFen = kept.reduce((sum, { amountFen }) => sum + amountFen, 0)
  const isKept = new Set(kept.map(({ attempt }) => attempt))
  const surplusIds = new Set(payments.filter(({ surplus }) => surplus).map(({ paymentId }) => paymentId))
  const owed = refunds.filter(({ state, attempt }) => state !== 'canceled' && isKept.has(attempt))
  const refundedFen = Math.min(
    paidFen,
    owed.reduce((sum, { amountFen }) => sum + amountFen, 0),
  )
  const inDispute = (wanted: 'lost' | 'open') =>
    disputes.reduce(
      (sum, { state, amountFen, paymentId }) =>
        sum + (state === wanted && (paymentId === undefined || !surplusIds.has(paymentId)) ? amountFen : 0),
      0,
    )
  const lostFen = Math.min(paidFen - refundedFen, inDispute('lost'))
  return { paidFen, refundedFen, lostFen, disputedFen: Math.min(paidFen - refundedFen - lostFen, inDispute('open')) }
}

function part(payer: Payer, rule: PayoutRule, { disputedFen, ...kept }: Kept, given: Given, attended: Attended | undefined): PayoutPart {
  const rest = kept.paidFen - kept.refundedFen - kept.lostFen - disputedFen
  const held: PayoutPart['held'] = disputedFen > 0 ? [{ reason: 'dispute-open', fen: disputedFen }] : []
  const { fen, reason } = heldOf(rest, rule, given, attended)
  if (fen > 0) held.push({ reason, fen })
  return { ...payer, ...kept, heldFen: disputedFen + fen, earnedFen: rest - fen, held, rule: rule.version }
}

/** How much of a sum is held back, and why. */
export function heldOf(fen: number, rule: PayoutRule, given: Given, attended: Attended | undefined): { fen: number; reason: HeldReason } {
  if (given === 'cancelled') return { fen, reason: 'run-cancelled' }
  if (given === 'to-come') return { fen, reason: 'run-not-given' }
  if (rule.basis === 'given') return { fen: 0, reason: 'run-not-given' }
  if (attended === undefined || attended.outcome === 'not-taken' || attended.outOfMinutes <= 0) return { fen, reason: 'evidence-missing' }
  const { minutes, outOfMinutes } = attended
  const reaches = (percent: number) => minutes * 100 >= outOfMinutes * percent
  if (reaches(rule.fullFromPercent)) return { fen: 0, reason: 'attendance-short' }
  if (!reaches(rule.shareFromPercent)) return { fen: fen - percentOf(fen, rule.belowPercent), reason: 'not-attended' }
  const [earned = 0] = shares(fen, [minutes, outOfMinutes - minutes])
  return { fen: fen - earned, reason: 'attendance-short' }
}
