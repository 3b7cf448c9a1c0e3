import * as z from 'zod/mini'
import { runParams } from './claim.routes.ts'
import { idOf } from './ids.ts'
import { Fen } from './money.ts'
import { RefundPolicy, Split } from './order.ts'
import { route } from './route.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

/** A voucher's code as somebody types it. */
const voucherCode = z.string().check(z.minLength(4), z.maxLength(40))

/** One rule that was not met: what is missing, and what would change it (null: nothing the person can do). */
export const PriceReason = z.strictObject({ code: z.string(), reason: Text, wouldHelp: z.nullable(Text) })

/** A program that was considered for this person and run, or the voucher that was given. */
export const PriceLine = z.strictObject({
  programId: idOf('program'),
  name: Text,
  sponsorName: Text,
  granted: z.boolean(),
  fen: Fen,
  reasons: z.array(PriceReason),
  voucher: z.boolean(),
  /** Rules with their version and document, for who wants to read them. */
  source: z.strictObject({ version: z.string(), title: z.string(), document: z.string() }),
  /** Whether people could decide otherwise: then a review can be asked for. */
  reviewable: z.boolean(),
  /** Where a human review stands; null when none was asked for. A refused person can ask for one. */
  review: z.nullable(z.enum(['open', 'granted', 'refused'])),
  /** What the person who decided it wrote. */
  reviewReason: z.nullable(z.string()),
})
export type PriceLine = z.infer<typeof PriceLine>

export const Price = z.strictObject({
  runId: idOf('run'),
  split: Split,
  programs: z.array(PriceLine),
  refundPolicy: RefundPolicy,
  /** Whether a voucher was given that cannot be used here; its reasons stand in its line, if it is known at all. */
  voucherRefused: z.boolean(),
  /** The split, signed for this person and run; a claim carries it. */
  quote: z.string(),
  quoteExpiresAt: Instant,
  /** How long a seat is held for payment, in minutes. */
  holdMinutes: z.int(),
})
export type Price = z.infer<typeof Price>

export const getPrice = route({
  name: 'getPrice',
  summary: { zh: '补贴后的价格和理由', en: 'The price after subsidy, and why' },
  tag: 'enrollment',
  function: 'enrollment',
  who: 'person',
  params: runParams,
  answer: { status: 200, body: Price },
  refusals: [],
})

/** The same with a voucher; its code travels in the body, never in an address. */
export const quotePrice = route({
  name: 'quotePrice',
  summary: { zh: '使用优惠券计算价格', en: 'The price with a voucher' },
  tag: 'enrollment',
  function: 'enrollment',
  who: 'person',
  params: runParams,
  body: z.strictObject({ voucher: voucherCode }),
  answer: { status: 200, body: Price },
  refusals: ['rate-limited'],
  idempotency: 'none',
})

export const askReview = route({
  name: 'askReview',
  summary: { zh: '对补贴资格申请人工复核', en: 'Ask a person to review a refused subsidy' },
  tag: 'enrollment',
  function: 'enrollment',
  who: 'person',
  params: runParams,
  body: z.strictObject({
    programId: idOf('program'),
    statement: z.string().check(z.minLength(1), z.maxLength(500)),
    /** The voucher whose program refused her; it is not kept. */
    voucher: z.optional(voucherCode),
  }),
  answer: { status: 201, body: z.strictObject({ reviewId: idOf('review'), state: z.literal('open') }) },
  refusals: ['review-pending', 'rate-limited'],
})
