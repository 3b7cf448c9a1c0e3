import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { route } from './route.ts'
import { personMayNot, refusing, runTakesNobody } from './seat-refusals.ts'
import { Instant } from './time.ts'

/** Claiming alone, so that its function carries no schema it does not use: each one costs a part of every cold start. */
export const runParams = z.strictObject({ runId: idOf('run') })

export const Enrollment = z.strictObject({
  id: idOf('enrollment'),
  runId: idOf('run'),
  courseId: idOf('course'),
  /** `held` until it is paid for; `lapsed` when the hold ended unpaid. */
  state: z.enum(['held', 'active', 'cancelled', 'lapsed']),
  claimedAt: Instant,
  cancelledAt: z.nullable(Instant),
  /** The end of the hold, fixed when the seat is claimed; null where nothing has to be paid. */
  holdUntil: z.nullable(Instant),
  /** The order that says who pays what; null for a run without a price. */
  orderId: z.nullable(idOf('order')),
})
export type Enrollment = z.infer<typeof Enrollment>

export const claimSeat = route({
  name: 'claimSeat',
  summary: { zh: '报名（占一个名额）', en: 'Claim a seat' },
  tag: 'enrollment',
  function: 'claim-seat',
  who: 'person',
  params: runParams,
  /** `healthCommitment`: the signed commitment that replaces the medical report (MEM notice of 2018-12). */
  body: z.strictObject({
    healthCommitment: z.optional(z.literal(true)),
    /** The price that was shown (`GET /runs/{runId}/price`), signed; a run with a price asks for it. */
    quote: z.optional(z.string().check(z.maxLength(4_000))),
  }),
  answer: { status: 201, body: Enrollment },
  refusals: refusing(runTakesNobody, personMayNot, [
    'sold-out',
    'quote-needed',
    'quote-expired',
    'price-changed',
    'payable-too-small',
    'too-many-holds',
    'unpaid-too-often',
    'busy',
    'outcome-unknown',
  ]),
})
