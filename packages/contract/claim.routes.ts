import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { route } from './route.ts'
import { Instant } from './time.ts'

/** Claiming alone, so that its function carries no schema it does not use: each one costs a part of every cold start. */
export const runParams = z.strictObject({ runId: idOf('run') })

export const Enrollment = z.strictObject({
  id: idOf('enrollment'),
  runId: idOf('run'),
  courseId: idOf('course'),
  state: z.enum(['active', 'cancelled']),
  claimedAt: Instant,
  cancelledAt: z.nullable(Instant),
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
  body: z.strictObject({ healthCommitment: z.optional(z.literal(true)) }),
  answer: { status: 201, body: Enrollment },
  refusals: [
    'sold-out',
    'registration-not-open',
    'registration-closed',
    'run-cancelled',
    'already-enrolled',
    'schedule-overlap',
    'condition-not-met',
    'profile-incomplete',
    'consent-required',
    'payment-not-open',
    'busy',
    'outcome-unknown',
  ],
})
