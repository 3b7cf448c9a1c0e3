import * as z from 'zod/mini'
import { ImportRemark, xlsxType } from './catalog.routes.ts'
import { idOf } from './ids.ts'
import { Fen } from './money.ts'
import { Checkout, InvoiceSlip, InvoiceTitle } from './orders.routes.ts'
import { PageQuery, pageOf } from './page.ts'
import { recently, route } from './route.ts'
import { personMayNot, refusing, runTakesNobody } from './seat-refusals.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

const employerParams = z.strictObject({ employerId: idOf('employer') })
const groupOrderParams = z.strictObject({ groupOrderId: idOf('groupOrder') })
const buys = { tag: 'employers', function: 'employer', who: { anyOf: ['employer:manager', 'platform:operator'] } } as const
const nominates = {
  tag: 'employers',
  function: 'employer',
  who: { anyOf: ['employer:manager', 'employer:nominator', 'platform:operator'] },
} as const

/** One nominated member of staff: whether registered, and what would stand in the way of a seat. Nothing is said that the sheet did not say. */
export const Nominee = z.strictObject({
  row: z.int(),
  /** A masked name as the platform would show it. */
  maskedName: z.string(),
  registered: z.boolean(),
  /** Codes and sentences of what is missing; empty: can take a seat. */
  obstacles: z.array(z.strictObject({ code: z.string(), detail: z.strictObject({ zh: z.string(), en: z.string() }) })),
  /** Subsidy the person could get by claiming alone, in fen. A seat that an employer buys has none. */
  subsidyFen: Fen,
})

/** A dry run: who of a list (names and mobiles or IDs) could take a seat of a run. Nothing of the list is kept. */
export const nominate = route({
  name: 'nominate',
  summary: { zh: '推荐员工：逐人查看资格', en: 'Nominate staff: who is eligible for what' },
  ...nominates,
  function: 'import-roster',
  params: employerParams,
  query: z.strictObject({ run: idOf('run') }),
  body: { file: ['text/csv', xlsxType, 'application/octet-stream'], maxBytes: 1_000_000 },
  answer: { status: 200, body: z.strictObject({ nominees: z.array(Nominee), remarks: z.array(ImportRemark) }) },
  refusals: ['import-rejected', 'rate-limited'],
  idempotency: 'none',
})

export const groupOrderStates = ['awaiting-payment', 'paid', 'lapsed', 'cancelled'] as const
export const payWays = ['stripe', 'transfer'] as const
export const invitationStates = ['open', 'accepted', 'declined', 'withdrawn'] as const
export const Invitation = z.strictObject({
  id: idOf('invitation'),
  /** What the employer calls the person; never shown to anybody else. */
  label: z.string(),
  state: z.enum(invitationStates),
  at: Instant,
  answeredAt: z.nullable(Instant),
  enrollmentId: z.nullable(idOf('enrollment')),
  maskedName: z.nullable(z.string()),
})
export const GroupOrder = z.strictObject({
  id: idOf('groupOrder'),
  employerId: idOf('employer'),
  runId: idOf('run'),
  providerId: idOf('provider'),
  title: Text,
  seats: z.int(),
  seatFen: Fen,
  totalFen: Fen,
  state: z.enum(groupOrderStates),
  payBy: z.enum(payWays),
  createdAt: Instant,
  /** The fixed end of the hold. */
  holdUntil: Instant,
  paidAt: z.nullable(Instant),
  paidBy: z.nullable(z.enum(payWays)),
  paidFen: Fen,
  /** Of what was paid: what bought no seat (a second payment, one that came too late, another sum). All of it goes back. */
  surplusFen: Fen,
  refundedFen: Fen,
  /** To be given back and not there yet. What came by bank transfer goes back by one, which an operator records. */
  owedFen: Fen,
  /** The same by its way: what an operator sends by bank, what the payment provider gives back by itself, and what it could not, for an operator to look at. */
  owed: z.strictObject({ transferFen: Fen, providerFen: Fen, failedFen: Fen }),
  /** Seats that nobody has and nobody is invited to. */
  unassigned: z.int(),
  invitations: z.array(Invitation),
  invoiceTitle: z.nullable(InvoiceTitle),
  /** What the provider is to issue to the employer; only said where one order is looked at. */
  invoices: z.optional(z.array(InvoiceSlip)),
})
export type GroupOrder = z.infer<typeof GroupOrder>

export const listGroupOrders = route({
  name: 'listGroupOrders',
  summary: { zh: '团购订单', en: 'Group orders' },
  ...nominates,
  params: employerParams,
  answer: { status: 200, body: z.strictObject({ groupOrders: z.array(GroupOrder) }) },
  refusals: [],
})

export const createGroupOrder = route({
  name: 'createGroupOrder',
  summary: { zh: '团购名额（全部成功或一个不占）', en: 'Buy seats for staff: all of them or none' },
  ...buys,
  params: employerParams,
  body: z.strictObject({
    runId: idOf('run'),
    seats: z.int().check(z.minimum(1), z.maximum(200)),
    payBy: z.enum(payWays),
    invoiceTitle: z.nullable(InvoiceTitle),
  }),
  answer: { status: 201, body: GroupOrder },
  refusals: refusing(runTakesNobody, [
    'seats-not-enough',
    'quota-reached',
    'unpaid-too-often',
    'validation-failed',
    'busy',
    'outcome-unknown',
  ]),
})

export const getGroupOrder = route({
  name: 'getGroupOrder',
  summary: { zh: '查看团购订单', en: 'One group order' },
  ...nominates,
  params: groupOrderParams,
  answer: { status: 200, body: GroupOrder },
  refusals: [],
})

export const cancelGroupOrder = route({
  name: 'cancelGroupOrder',
  summary: { zh: '取消团购（退回未分配的名额）', en: 'Cancel a group order: seats nobody took go back' },
  ...buys,
  stepUp: recently,
  params: groupOrderParams,
  body: z.strictObject({}),
  answer: { status: 200, body: GroupOrder },
  refusals: ['illegal-transition', 'cancellation-closed', 'busy', 'outcome-unknown'],
})

export const openGroupCheckout = route({
  name: 'openGroupCheckout',
  summary: { zh: '为团购打开付款页面', en: 'Open the checkout page of a group order' },
  ...buys,
  function: 'orders',
  params: groupOrderParams,
  body: z.strictObject({ language: z.enum(['zh', 'en']) }),
  answer: { status: 201, body: Checkout },
  refusals: ['hold-expired', 'hold-ending', 'illegal-transition', 'payment-unavailable', 'busy', 'outcome-unknown'],
  idempotency: 'none',
})

export const recordTransfer = route({
  name: 'recordTransfer',
  summary: { zh: '登记银行转账（附凭证号）', en: 'Record a bank transfer with its evidence' },
  tag: 'employers',
  function: 'employer',
  who: { anyOf: ['platform:operator'] },
  stepUp: recently,
  params: groupOrderParams,
  body: z.strictObject({
    fen: Fen.check(z.minimum(1)),
    /** The bank's number of the transfer: each counts once, for one order. */
    evidence: z.string().check(z.minLength(4), z.maxLength(120)),
    /** Money that was sent back to the employer, and not money that came. */
    back: z.optional(z.literal(true)),
    /** Money that pays for nothing did come (another sum than the total, a second transfer, one for an order that is over): it is recorded and owed back. */
    surplus: z.optional(z.literal(true)),
  }),
  answer: { status: 200, body: GroupOrder },
  refusals: ['illegal-transition', 'validation-failed', 'busy', 'outcome-unknown'],
})

/** The person is found by mobile or resident ID together with the name; whether anybody was found is not said. */
export const invite = route({
  name: 'invite',
  summary: { zh: '邀请员工使用一个名额', en: 'Invite a member of staff to a seat' },
  ...nominates,
  function: 'import-roster',
  params: groupOrderParams,
  body: z.strictObject({
    name: z.string().check(z.minLength(1), z.maxLength(100)),
    mobileOrId: z.string().check(z.minLength(6), z.maxLength(40)),
    label: z.string().check(z.minLength(1), z.maxLength(40)),
  }),
  answer: { status: 201, body: GroupOrder },
  refusals: ['no-seat-left-to-invite', 'illegal-transition', 'validation-failed', 'rate-limited', 'busy', 'outcome-unknown'],
})

export const withdrawInvitation = route({
  name: 'withdrawInvitation',
  summary: { zh: '撤回邀请或换人', en: 'Withdraw an invitation, or free its seat to swap people before the start' },
  ...nominates,
  params: z.strictObject({ groupOrderId: idOf('groupOrder'), invitationId: idOf('invitation') }),
  answer: { status: 200, body: GroupOrder },
  refusals: ['illegal-transition', 'cancellation-closed', 'busy', 'outcome-unknown'],
})

/** An invitation as the invited person sees it. */
export const MyInvitation = z.strictObject({
  id: idOf('invitation'),
  runId: idOf('run'),
  courseId: idOf('course'),
  title: Text,
  employerName: Text,
  startsAt: Instant,
  state: z.enum(invitationStates),
})
export type MyInvitation = z.infer<typeof MyInvitation>
export const listMyInvitations = route({
  name: 'listMyInvitations',
  summary: { zh: '企业给我的名额邀请', en: 'Seats my employer offers me' },
  tag: 'employers',
  function: 'employer',
  who: 'person',
  answer: { status: 200, body: z.strictObject({ invitations: z.array(MyInvitation) }) },
  refusals: [],
})

export const answerInvitation = route({
  name: 'answerInvitation',
  summary: { zh: '接受或谢绝邀请', en: 'Accept or decline an invitation' },
  tag: 'employers',
  function: 'employer',
  who: 'person',
  params: z.strictObject({ invitationId: idOf('invitation') }),
  body: z.strictObject({ accept: z.boolean(), healthCommitment: z.optional(z.literal(true)) }),
  answer: { status: 200, body: MyInvitation },
  refusals: refusing(personMayNot, ['illegal-transition', 'run-cancelled', 'busy', 'outcome-unknown']),
})

/** One payer's part of what was charged for one seat or group order. The payee issues it; the platform only says what is to be issued. */
export const InvoiceRequest = z.strictObject({
  id: idOf('invoice'),
  orderId: z.string(),
  payer: z.enum(['person', 'employer', 'sponsor']),
  title: z.nullable(z.string()),
  taxNumber: z.nullable(z.string()),
  item: z.string(),
  fen: Fen,
  kind: z.enum(['blue', 'red']),
  /** A red-letter request names the blue one it takes back. */
  of: z.nullable(idOf('invoice')),
  requestedAt: Instant,
  keepUntil: z.string(),
  number: z.nullable(z.string()),
})
export type InvoiceRequest = z.infer<typeof InvoiceRequest>

const provides = {
  tag: 'orders',
  function: 'orders',
  who: { anyOf: ['provider:manager', 'provider:registrar', 'platform:operator'] },
} as const
const providerParams = z.strictObject({ providerId: idOf('provider') })

/** Open: no number yet; issued: it has one; red: what takes a blue one back, with a number or without. */
const invoiceFilter = {
  show: z.optional(z.enum(['open', 'issued', 'red'])),
  month: z.optional(z.string().check(z.regex(/^20\d\d-(0[1-9]|1[0-2])$/))),
}

export const listInvoices = route({
  name: 'listInvoices',
  summary: { zh: '待开发票', en: 'Invoices to issue' },
  ...provides,
  params: providerParams,
  /** `show` and `month` (of the request, Beijing time) narrow the list. A page may be short, or empty, although more follows: `next` says so. */
  query: z.strictObject({ ...PageQuery, ...invoiceFilter }),
  answer: { status: 200, body: pageOf(InvoiceRequest) },
  refusals: ['invalid-cursor'],
})

export const exportInvoices = route({
  name: 'exportInvoices',
  summary: { zh: '导出开票数据', en: 'Export for the tax system' },
  ...provides,
  stepUp: recently,
  params: providerParams,
  /** A file holds what fits into it; where there is more, its header `x-next-cursor` says from where the next one goes on. */
  query: z.strictObject({ format: z.optional(z.enum(['csv', 'xlsx'])), cursor: PageQuery.cursor, ...invoiceFilter }),
  answer: { status: 200, body: { text: 'text/csv; charset=utf-8' } },
  refusals: ['invalid-cursor'],
})

export const recordInvoice = route({
  name: 'recordInvoice',
  summary: { zh: '登记已开发票的号码', en: 'Record the number of an issued invoice' },
  ...provides,
  params: z.strictObject({ providerId: idOf('provider'), invoiceId: idOf('invoice') }),
  body: z.strictObject({ number: z.string().check(z.regex(/^\d{8,20}$/)) }),
  answer: { status: 200, body: InvoiceRequest },
  refusals: ['illegal-transition', 'busy', 'outcome-unknown'],
})
