import { idOf } from '@skills/contract/ids.ts'
import { Fen } from '@skills/contract/money.ts'
import { Instant } from '@skills/contract/time.ts'
import * as z from 'zod/mini'

const person = { personId: idOf('person'), runId: idOf('run') }
/** An address within the site, without its language. */
const Href = z.string().check(z.regex(/^\/[\w/?=&-]*$/))
const seat = { ...person, enrollmentId: idOf('enrollment') }

/** An event of the outbox as it must be to be understood (`packages/core/outbox.ts`). */
export const Event = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('seat-claimed'), ...seat }),
  z.strictObject({ type: z.literal('seat-given-back'), ...seat }),
  z.strictObject({ type: z.literal('hold-lapsed'), ...seat }),
  z.strictObject({ type: z.literal('seat-offered'), ...person, until: Instant }),
  z.strictObject({ type: z.literal('offer-ended'), ...person }),
  z.strictObject({ type: z.literal('waiting-skipped'), ...person }),
  z.strictObject({ type: z.literal('group-offered'), ...person, until: Instant }),
  z.strictObject({ type: z.literal('waiting-closed'), ...person }),
  z.strictObject({ type: z.literal('money-returned'), ...seat, fen: Fen }),
  z.strictObject({ type: z.literal('paid-without-seat'), ...seat, fen: Fen }),
  z.strictObject({ type: z.literal('refund-failed'), ...seat, fen: Fen }),
  z.strictObject({ type: z.literal('group-refund-failed'), ...person, fen: Fen }),
  z.strictObject({ type: z.literal('force-majeure'), ...seat, fen: Fen }),
  z.strictObject({ type: z.literal('group-force-majeure'), ...person, fen: Fen }),
  z.strictObject({ type: z.literal('review-decided'), ...person, granted: z.boolean() }),
  z.strictObject({ type: z.literal('seat-invited'), ...person }),
  z.strictObject({ type: z.literal('seat-withdrawn'), ...seat }),
  z.strictObject({ type: z.literal('assignment-asked'), ...person, bookingId: idOf('booking'), from: Instant, until: Instant }),
  z.strictObject({ type: z.literal('assignment-answered'), ...person, from: Instant, granted: z.boolean() }),
  z.strictObject({ type: z.literal('assignment-lapsed'), ...person, from: Instant }),
  z.strictObject({ type: z.literal('assignment-withdrawn'), ...person, from: Instant }),
  z.strictObject({ type: z.literal('instructor-ill'), ...person, from: Instant }),
  z.strictObject({ type: z.literal('instructor-unqualified'), ...person, from: Instant }),
  z.strictObject({ type: z.literal('instructor-missing'), ...person, from: Instant }),
  z.strictObject({ type: z.literal('assignment-moved'), ...person, from: Instant }),
  z.strictObject({ type: z.literal('rating-asked'), ...seat }),
  z.strictObject({ type: z.literal('run-cancelled'), runId: idOf('run') }),
  z.strictObject({ type: z.literal('run-changed'), runId: idOf('run'), soonest: z.optional(Instant) }),
  z.strictObject({ type: z.literal('run-confirmed'), runId: idOf('run') }),
  z.strictObject({ type: z.literal('instructor-sought'), runId: idOf('run'), from: Instant }),
  z.strictObject({ type: z.literal('run-merged'), runId: idOf('run') }),
  z.strictObject({ type: z.literal('run-announced'), runId: idOf('run'), threadId: idOf('thread') }),
  z.strictObject({ type: z.literal('question-asked'), ...person, threadId: idOf('thread') }),
  z.strictObject({ type: z.literal('question-answered'), ...person, threadId: idOf('thread') }),
  z.strictObject({
    type: z.literal('case-news'),
    personId: idOf('person'),
    runId: z.optional(z.undefined()),
    organizationId: z.nullable(idOf('provider')),
    href: Href,
  }),
])
