import * as z from 'zod/mini'
import { Dashboard } from './dashboard.ts'
import { idOf } from './ids.ts'
import { PageQuery, pageOf } from './page.ts'
import { Fen } from './money.ts'
import { PaidStatement, Payout, PayoutDigest, PayoutLine, PayoutMoney, PayoutStatement } from './payout.ts'
import { recently, route } from './route.ts'
import { CivilDate } from './time.ts'

const runParams = z.strictObject({ runId: idOf('run') })
/** A run's statements are numbered from 1. */
const StatementNumber = z.pipe(z.string().check(z.regex(/^[1-9]\d{0,3}$/)), z.transform(Number))
const statementParams = z.strictObject({ runId: idOf('run'), number: StatementNumber })
const looks = {
  tag: 'payouts',
  function: 'payout',
  who: { anyOf: ['provider:manager', 'provider:registrar', 'platform:operator'] },
} as const

export const listPayouts = route({
  name: 'listPayouts',
  summary: { zh: '机构的结算单', en: 'The payout statements of a provider' },
  ...looks,
  params: z.strictObject({ providerId: idOf('provider') }),
  query: z.strictObject(PageQuery),
  /** `money`: of all statements, not only those of the page. */
  answer: { status: 200, body: z.extend(pageOf(PaidStatement), { money: PayoutMoney }) },
  refusals: ['invalid-cursor'],
})

export const getPayout = route({
  name: 'getPayout',
  summary: { zh: '班次的结算', en: 'What a run has earned, and from whom' },
  ...looks,
  params: runParams,
  answer: { status: 200, body: Payout },
  refusals: [],
})

export const listNextPayoutLines = route({
  name: 'listNextPayoutLines',
  summary: { zh: '下一份结算单的各行', en: 'The lines that the next statement of a run would have' },
  ...looks,
  params: runParams,
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(PayoutLine) },
  refusals: ['invalid-cursor'],
})

export const closePayout = route({
  name: 'closePayout',
  summary: { zh: '关闭结算单', en: 'Close a payout statement' },
  ...looks,
  who: { anyOf: ['provider:manager', 'platform:operator'] },
  stepUp: recently,
  params: runParams,
  /** What was shown: a statement of another sum, or of other lines, is not closed. */
  body: z.strictObject({ differenceFen: PayoutStatement.shape.differenceFen, digest: PayoutDigest }),
  answer: { status: 201, body: PayoutStatement },
  refusals: ['payout-too-early', 'payout-unchanged', 'payout-changed', 'busy', 'outcome-unknown'],
})

export const recordPayoutPayment = route({
  name: 'recordPayoutPayment',
  summary: { zh: '登记结算单的付款', en: 'Record what was paid of a statement' },
  ...looks,
  who: { anyOf: ['platform:operator'] },
  stepUp: recently,
  params: statementParams,
  body: z.strictObject({
    fen: Fen.check(z.minimum(1)),
    /** The day of the transfer, and the bank's number of it. */
    paidOn: CivilDate,
    reference: z.string().check(z.minLength(4), z.maxLength(64)),
    /** The number of an entry that was wrong: this one takes all of it back. */
    corrects: z.optional(z.int().check(z.minimum(1))),
  }),
  answer: { status: 201, body: PaidStatement },
  refusals: ['payout-overpaid', 'validation-failed', 'busy', 'outcome-unknown'],
})

export const listPayoutLines = route({
  name: 'listPayoutLines',
  summary: { zh: '结算单的各行', en: 'The lines of a payout statement' },
  ...looks,
  params: statementParams,
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(PayoutLine) },
  refusals: ['invalid-cursor'],
})

export const exportPayout = route({
  name: 'exportPayout',
  summary: { zh: '导出结算单', en: 'Export a payout statement' },
  ...looks,
  stepUp: recently,
  params: statementParams,
  query: z.strictObject({ format: z.optional(z.enum(['csv', 'xlsx'])) }),
  answer: { status: 200, body: { text: 'text/csv; charset=utf-8' } },
  refusals: [],
})

export const getDashboard = route({
  name: 'getDashboard',
  summary: { zh: '机构总览', en: 'What a provider looks at first' },
  ...looks,
  params: z.strictObject({ providerId: idOf('provider') }),
  answer: { status: 200, body: Dashboard },
  refusals: [],
})
