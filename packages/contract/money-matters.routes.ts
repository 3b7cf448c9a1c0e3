import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { Fen } from './money.ts'
import { PageQuery, pageOf } from './page.ts'
import { recently, route } from './route.ts'
import { Instant } from './time.ts'

/**
 * Why a person must look at money. `refund-failed`: the payment provider did not give it back; `event-quarantined`: its news fits nothing of ours; `money-unknown`: it has money that no order
 * knows; `money-differs`: it and the table do not say the same of an order; `transfer-surplus`: a bank transfer came that pays for nothing, and is to be sent back by hand.
 */
export const matterKinds = ['refund-failed', 'event-quarantined', 'money-unknown', 'money-differs', 'transfer-surplus'] as const
/** How it ended: the refund was sent again, or somebody saw to it and said how. */
export const matterEnds = ['resent', 'closed'] as const

const Words = z.string().check(z.minLength(1), z.maxLength(500))

/** Money that a person must look at, with ids only: nothing of people stands in it but what the operator who closed it wrote. */
export const MoneyMatter = z.strictObject({
  id: idOf('moneyMatter'),
  kind: z.enum(matterKinds),
  at: Instant,
  /** The code of what does not fit, where an event was set aside or sums differ. */
  why: z.nullable(z.string()),
  fen: z.nullable(Fen),
  personId: z.nullable(idOf('person')),
  orderId: z.nullable(idOf('order')),
  groupOrderId: z.nullable(idOf('groupOrder')),
  refundId: z.nullable(idOf('refund')),
  /** What it is about at the payment provider, by its names: a payment, a checkout, an event. */
  about: z.array(z.string()),
  /** Whether it is still owed, as the order says now: a failed refund that a lost dispute took off, or a transfer that was sent back, is not. Always true where no order can say. */
  stands: z.boolean(),
  state: z.enum(['open', 'done']),
  end: z.nullable(z.enum(matterEnds)),
  doneAt: z.nullable(Instant),
  doneBy: z.nullable(idOf('person')),
  said: z.nullable(Words),
})
export type MoneyMatter = z.infer<typeof MoneyMatter>

const operates = { tag: 'orders', function: 'orders', who: { anyOf: ['platform:operator'] } } as const
const matterParams = z.strictObject({ matterId: idOf('moneyMatter') })

export const listMoneyMatters = route({
  name: 'listMoneyMatters',
  summary: { zh: '资金异常', en: 'Money to look at' },
  ...operates,
  query: z.strictObject({ ...PageQuery, state: z.optional(z.enum(['open', 'done'])) }),
  answer: { status: 200, body: pageOf(MoneyMatter) },
  refusals: ['invalid-cursor'],
})

export const resendRefund = route({
  name: 'resendRefund',
  summary: { zh: '重新发出失败的退款', en: 'Send a failed refund again' },
  ...operates,
  stepUp: recently,
  params: matterParams,
  body: z.strictObject({}),
  answer: { status: 200, body: MoneyMatter },
  refusals: ['illegal-transition', 'busy', 'outcome-unknown'],
})

export const closeMoneyMatter = route({
  name: 'closeMoneyMatter',
  summary: { zh: '办结一项资金异常', en: 'Say that somebody saw to money, and how' },
  ...operates,
  params: matterParams,
  /** What was found and done: no ID or mobile numbers. */
  body: z.strictObject({ said: Words }),
  answer: { status: 200, body: MoneyMatter },
  refusals: ['illegal-transition', 'validation-failed', 'busy', 'outcome-unknown'],
})
