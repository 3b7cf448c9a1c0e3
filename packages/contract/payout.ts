import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { Fen } from './money.ts'
import { RunState } from './catalog.ts'
import { Text } from './text.ts'
import { CivilDate, Instant } from './time.ts'

/** A sum that may also be taken back: integer fen of either sign. */
export const SignedFen = z.int().check(z.minimum(-1_000_000_000_00), z.maximum(1_000_000_000_00))

/**
 * Why money of a run is not the provider's (yet). `run-not-given`: its last meeting is to come. `run-cancelled`: it goes back to who paid. `evidence-missing`: nobody knows
 * who attended; `attendance-short`, `not-attended`: it is known, and less than the sponsor pays in full for. `dispute-open`: a bank has taken it back for the moment.
 */
export const heldReasons = [
  'run-not-given',
  'run-cancelled',
  'evidence-missing',
  'attendance-short',
  'not-attended',
  'dispute-open',
] as const
export const HeldReason = z.enum(heldReasons)
export type HeldReason = z.infer<typeof HeldReason>

export const payers = ['learner', 'employer', 'sponsor'] as const

/**
 * What one payer's money of a seat, a group order or a whole run came to, in fen: `paid = refunded + lost + held + earned`. Refunded counts from when it is owed; lost is what a bank took
 * back by a dispute. Each held sum has its reason, and they add up to `heldFen`.
 */
const Sums = { paidFen: Fen, refundedFen: Fen, lostFen: Fen, heldFen: Fen, earnedFen: Fen }
const Payer = { payer: z.enum(payers), sponsorId: z.nullable(idOf('sponsor')), programId: z.nullable(idOf('program')) }

export const PayoutPart = z.strictObject({
  ...Payer,
  ...Sums,
  held: z.array(z.strictObject({ reason: HeldReason, fen: Fen })),
  /** The version of the rule it was reckoned by. */
  rule: z.string(),
})
export type PayoutPart = z.infer<typeof PayoutPart>

/** Attendance as it counted for a line: credited minutes of all minutes. Null where nothing is known. */
const Attended = z.strictObject({ minutes: z.int(), outOfMinutes: z.int() })

/** One seat (its id is the enrollment's), or all that one group order paid. `differenceFen`: earned now less what earlier statements said of it. */
export const PayoutLine = z.strictObject({
  id: z.string(),
  kind: z.enum(['seat', 'group-order']),
  maskedName: z.nullable(z.string()),
  state: z.enum(['active', 'left']),
  seats: z.int(),
  attended: z.nullable(Attended),
  parts: z.array(PayoutPart),
  differenceFen: SignedFen,
})
export type PayoutLine = z.infer<typeof PayoutLine>

/** What one payer's money in this run came to, over all lines. */
export const PayoutSum = z.strictObject({ ...Payer, name: z.nullable(Text), ...Sums })
export type PayoutSum = z.infer<typeof PayoutSum>

/** How attendance earns a sponsor's money; see `core/payout/payout-rule.ts`. */
export const PayoutRule = z.strictObject({
  version: z.string(),
  basis: z.enum(['given', 'attended']),
  fullFromPercent: z.int(),
  shareFromPercent: z.int(),
  belowPercent: z.int(),
  source: Text,
})
export type PayoutRule = z.infer<typeof PayoutRule>

/** A statement that was closed: it never changes again. `sums` are those of the whole run up to it, `differenceFen` is what it adds to the ones before. */
export const PayoutStatement = z.strictObject({
  runId: idOf('run'),
  providerId: idOf('provider'),
  number: z.int().check(z.minimum(1)),
  title: Text,
  runName: Text,
  closedAt: Instant,
  closedBy: idOf('person'),
  lines: z.int(),
  sums: z.array(PayoutSum),
  earnedFen: Fen,
  heldFen: Fen,
  differenceFen: SignedFen,
  rules: z.array(PayoutRule),
})
export type PayoutStatement = z.infer<typeof PayoutStatement>

/**
 * A bank transfer of what a statement says, as an operator recorded it. `fen` has the sign of the statement's difference: what was sent to the provider, or came back from it. A counter-entry
 * has the other sign and names the entry that it takes back.
 */
export const PayoutPayment = z.strictObject({
  number: z.int().check(z.minimum(1)),
  fen: SignedFen,
  paidOn: CivilDate,
  reference: z.string(),
  corrects: z.nullable(z.int()),
  at: Instant,
  by: idOf('person'),
})
export type PayoutPayment = z.infer<typeof PayoutPayment>

/** A closed statement with what was paid of it so far, which lies between nothing and its difference. */
export const PaidStatement = z.extend(PayoutStatement, { paidFen: SignedFen, payments: z.array(PayoutPayment) })
export type PaidStatement = z.infer<typeof PaidStatement>

/** What all closed statements of a provider come to: earned, held back besides, paid out, and open (below zero: the provider owes it). */
export const PayoutMoney = z.strictObject({ statements: z.int(), earnedFen: Fen, heldFen: Fen, paidFen: SignedFen, openFen: SignedFen })
export type PayoutMoney = z.infer<typeof PayoutMoney>

/** What a statement says with all its lines, in 64 hex digits. */
export const PayoutDigest = z.string().check(z.regex(/^[0-9a-f]{64}$/))

/** A run's money as it stands now: the statements that were closed, and what the next one would say. */
export const Payout = z.strictObject({
  runId: idOf('run'),
  providerId: idOf('provider'),
  title: Text,
  runName: Text,
  state: RunState,
  /** From when on a statement can be closed: the end of the last meeting. */
  closesFrom: Instant,
  statements: z.array(PaidStatement),
  /** Null: nothing is new since the last one. Its digest, of all its lines, is said again by whoever closes it. */
  next: z.nullable(z.extend(z.omit(PayoutStatement, { closedAt: true, closedBy: true }), { digest: PayoutDigest })),
})
export type Payout = z.infer<typeof Payout>
