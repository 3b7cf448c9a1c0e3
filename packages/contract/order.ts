import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { Fen } from './money.ts'
import { Level } from './taxonomy.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

/** Who pays what of a list price, in fen: `list = subsidy + employer + discount + payable`. */
export const Split = z.strictObject({ listFen: Fen, subsidyFen: Fen, employerFen: Fen, discountFen: Fen, payableFen: Fen })
export type Split = z.infer<typeof Split>

/** Share of the payable sum that is given back when a seat is left at least so many working days before the first meeting. */
export const RefundBand = z.strictObject({
  workingDays: z.int().check(z.minimum(0), z.maximum(60)),
  percent: z.int().check(z.minimum(0), z.maximum(100)),
})
/** A refund policy as data, bands from the earliest to the latest; after the last band nothing is given back. */
export const RefundPolicy = z.strictObject({
  version: z.string().check(z.maxLength(40)),
  bands: z.array(RefundBand).check(z.minLength(1), z.maxLength(10)),
})
export type RefundPolicy = z.infer<typeof RefundPolicy>

/** `reserved` while the seat is held, `spent` when it is confirmed, `voided` when the hold ended, `returned` after a cancellation. */
export const grantStates = ['reserved', 'spent', 'voided', 'returned'] as const
/** Subsidy on one enrollment, with what was known when it was granted. */
export const Grant = z.strictObject({
  id: idOf('grant'),
  programId: idOf('program'),
  sponsorId: idOf('sponsor'),
  scheme: z.string(),
  fen: Fen,
  state: z.enum(grantStates),
  /** The civil year, trade and level it counts for. */
  year: z.string(),
  trade: z.nullable(z.string()),
  level: z.nullable(Level),
  ruleSet: z.string(),
  /** The rules that were met, by kind, or the review that granted an exception. */
  met: z.array(z.string()),
  reviewId: z.nullable(idOf('review')),
  voucherId: z.nullable(idOf('voucher')),
})
export type Grant = z.infer<typeof Grant>

/**
 * `opening`: saved before the payment provider is asked; `open`: a checkout page exists; `paid`; `expired`; `failed`. A `surplus` payment came for an order
 * that needs none; it is given back whole.
 */
export const paymentStates = ['opening', 'open', 'paid', 'expired', 'failed'] as const
export const Payment = z.strictObject({
  attempt: z.int().check(z.minimum(1)),
  state: z.enum(paymentStates),
  amountFen: Fen,
  openedAt: Instant,
  expiresAt: Instant,
  paidAt: z.nullable(Instant),
  surplus: z.boolean(),
})
export type Payment = z.infer<typeof Payment>

/** `pending`: owed and not yet asked for; `sent`: the payment provider works on it; `failed`: owed again, and an alarm rings. */
export const refundStates = ['pending', 'sent', 'succeeded', 'failed', 'canceled'] as const
export const refundReasons = ['left', 'run-cancelled', 'force-majeure', 'paid-without-seat', 'paid-twice', 'operator'] as const
export const Refund = z.strictObject({
  id: idOf('refund'),
  attempt: z.int().check(z.minimum(1)),
  amountFen: Fen,
  reason: z.enum(refundReasons),
  state: z.enum(refundStates),
  at: Instant,
  settledAt: z.nullable(Instant),
})
export type Refund = z.infer<typeof Refund>

export const disputeStates = ['open', 'won', 'lost'] as const
export const Dispute = z.strictObject({ at: Instant, amountFen: Fen, state: z.enum(disputeStates) })
export type Dispute = z.infer<typeof Dispute>

/** `awaiting-payment` has a hold; `lapsed`: the hold ended unpaid; `cancelled`: given back after it was confirmed or held. */
export const orderStates = ['awaiting-payment', 'confirmed', 'lapsed', 'cancelled'] as const
/** What one person owes, was granted, paid and got back for one seat. Its id is its enrollment's with another prefix. */
export const Order = z.strictObject({
  id: idOf('order'),
  enrollmentId: idOf('enrollment'),
  runId: idOf('run'),
  providerId: idOf('provider'),
  title: Text,
  state: z.enum(orderStates),
  split: Split,
  grants: z.array(Grant),
  refundPolicy: RefundPolicy,
  createdAt: Instant,
  /** The fixed end of the hold; null where nothing had to be paid. */
  holdUntil: z.nullable(Instant),
  confirmedAt: z.nullable(Instant),
  /** The group order that paid the employer's part, or null. */
  groupOrderId: z.nullable(idOf('groupOrder')),
  payments: z.array(Payment),
  refunds: z.array(Refund),
  disputes: z.array(Dispute),
})
export type Order = z.infer<typeof Order>

/** The id of the order of an enrollment, and back: they share everything but the prefix. */
export const orderIdOf = (enrollmentId: string): string => `ord_${enrollmentId.slice(4)}`
export const enrollmentIdOf = (orderId: string): string => `enr_${orderId.slice(4)}`
