import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { Fen } from './money.ts'
import { Order } from './order.ts'
import { PageQuery, pageOf } from './page.ts'
import { recently, route } from './route.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

const orderParams = z.strictObject({ orderId: idOf('order') })
const money = { tag: 'orders', function: 'orders', who: 'person' } as const

/** Who the invoice is for. A person has no taxpayer number; a firm's is its USCC (GB 32100). Texts are judged by core. */
export const InvoiceTitle = z.strictObject({
  kind: z.enum(['person', 'firm']),
  title: z.string().check(z.minLength(1), z.maxLength(100)),
  taxNumber: z.nullable(z.string().check(z.maxLength(40))),
  email: z.nullable(z.string().check(z.maxLength(120))),
})
export type InvoiceTitle = z.infer<typeof InvoiceTitle>

/** An invoice as its payer sees it: what is asked of the provider, and the number once it was issued. */
export const InvoiceSlip = z.strictObject({
  id: idOf('invoice'),
  kind: z.enum(['blue', 'red']),
  fen: Fen,
  title: z.nullable(z.string()),
  requestedAt: Instant,
  number: z.nullable(z.string()),
})
export type InvoiceSlip = z.infer<typeof InvoiceSlip>

/** An order with what its person can still do and see. */
export const OrderView = z.strictObject({
  order: Order,
  providerName: Text,
  runName: Text,
  /** Captured, and given back so far (succeeded refunds), in fen. */
  paidFen: Fen,
  refundedFen: Fen,
  invoiceTitle: z.nullable(InvoiceTitle),
  /** What the provider is to issue to this person; what unions and employers paid is invoiced to them. */
  invoices: z.array(InvoiceSlip),
})
export type OrderView = z.infer<typeof OrderView>

export const listMyOrders = route({
  name: 'listMyOrders',
  summary: { zh: '我的订单', en: 'My orders' },
  ...money,
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(OrderView) },
  refusals: ['invalid-cursor'],
})

export const getMyOrder = route({
  name: 'getMyOrder',
  summary: { zh: '查看我的一笔订单', en: 'One of my orders' },
  ...money,
  params: orderParams,
  answer: { status: 200, body: OrderView },
  refusals: [],
})

/** Where to pay. The same attempt answers the same page while it is open. */
export const Checkout = z.strictObject({ orderId: z.string(), attempt: z.int(), url: z.string(), expiresAt: Instant, amountFen: Fen })

export const openCheckout = route({
  name: 'openCheckout',
  summary: { zh: '打开付款页面', en: 'Open the checkout page' },
  ...money,
  params: orderParams,
  body: z.strictObject({ language: z.enum(['zh', 'en']) }),
  answer: { status: 201, body: Checkout },
  refusals: ['hold-expired', 'hold-ending', 'illegal-transition', 'payment-unavailable', 'busy', 'outcome-unknown'],
  // Every step is guarded by the order itself (attempt number, version) and by the payment provider's key; a repetition answers the same page.
  idempotency: 'none',
})

/** What would come back if the seat were given back now. */
export const RefundPreview = z.strictObject({
  enrollmentId: idOf('enrollment'),
  /** Working days between now and the first meeting; the band that follows, in percent. */
  workingDays: z.int(),
  percent: z.int(),
  /** The provider moved the run since the seat was claimed: then all of it comes back until the first meeting, and afterwards at least what was not taught. */
  moved: z.boolean(),
  learnerFen: Fen,
  /** The bank looks into her payment now: what goes back to her waits for the end of that, and is less by what she gets from it. */
  disputed: z.boolean(),
  employerFen: Fen,
  /** Subsidy that returns to its programs. */
  subsidyFen: Fen,
  /** Until when the seat can be given back by oneself, or null when it no longer can. */
  until: z.nullable(Instant),
})
export type RefundPreview = z.infer<typeof RefundPreview>

export const previewRefund = route({
  name: 'previewRefund',
  summary: { zh: '退出前预览退款', en: 'What a cancellation would give back' },
  tag: 'enrollment',
  function: 'enrollment',
  who: 'person',
  params: z.strictObject({ enrollmentId: idOf('enrollment') }),
  answer: { status: 200, body: RefundPreview },
  refusals: [],
})

/** What force majeure gives back, to each who paid; `written`: it is done, and not only reckoned. */
export const ForceMajeure = z.strictObject({
  enrollmentId: idOf('enrollment'),
  written: z.boolean(),
  learnerFen: Fen,
  /** As in a preview: the learner's part waits for the end of a dispute. */
  disputed: z.boolean(),
  employerFen: Fen,
  grants: z.array(z.strictObject({ sponsorId: idOf('sponsor'), fen: Fen })),
  subsidyFen: Fen,
})
export type ForceMajeure = z.infer<typeof ForceMajeure>

export const recordForceMajeure = route({
  name: 'recordForceMajeure',
  summary: { zh: '登记不可抗力：先试算，再全额退还', en: 'Record force majeure: reckoned first, then everything goes back' },
  tag: 'enrollment',
  function: 'enrollment',
  who: { anyOf: ['platform:operator'] },
  params: z.strictObject({ personId: idOf('person'), enrollmentId: idOf('enrollment') }),
  /** `write=yes` does it; without it the answer says what would go back. */
  query: z.strictObject({ write: z.optional(z.literal('yes')) }),
  /** What was looked at, and the number of a document where there is one: no ID or mobile numbers, nothing about anybody's health. */
  body: z.strictObject({
    evidence: z.string().check(z.minLength(1), z.maxLength(1_000)),
    document: z.nullable(z.string().check(z.minLength(1), z.maxLength(200))),
  }),
  stepUp: recently,
  answer: { status: 200, body: ForceMajeure },
  refusals: ['force-majeure-late', 'illegal-transition', 'validation-failed', 'busy', 'outcome-unknown'],
})

export const saveInvoiceTitle = route({
  name: 'saveInvoiceTitle',
  summary: { zh: '填写发票信息', en: 'Say whom the invoice is for' },
  ...money,
  params: orderParams,
  body: InvoiceTitle,
  answer: { status: 200, body: InvoiceTitle },
  refusals: ['invoice-title-wrong', 'validation-failed', 'busy', 'outcome-unknown'],
})

export const receiveStripeEvent = route({
  name: 'receiveStripeEvent',
  summary: { zh: '接收 Stripe 的通知', en: 'Receive an event of Stripe' },
  tag: 'orders',
  function: 'stripe-webhook',
  who: 'anyone',
  body: { file: ['application/json'], maxBytes: 256_000 },
  signatureHeader: 'stripe-signature',
  answer: { status: 200, body: z.strictObject({ received: z.literal(true) }) },
  refusals: ['webhook-signature', 'order-unknown-yet', 'busy'],
  idempotency: 'none',
})
