import { describe, expect, it } from 'vitest'
import { withDispute, type DisputeItem } from './dispute.ts'
import { nextOrder, paidWithoutSeat } from './next-order.ts'
import { newOrder, type OrderItem, type PaymentItem } from './order.ts'
import type { Checkout, ProviderRefund } from './payment-provider.ts'
import { owedRefund, withProviderRefunds, withRetriedRefund } from './refund.ts'
import { standardPolicy } from './refund-policy.ts'

const at = '2026-12-01T02:00:00.000Z'
const fen = 1_000
const text = { zh: '电工', en: 'Electrician' }
const fresh = newOrder(
  {
    enrollmentId: 'enr_00000000000000000000000001',
    runId: 'run_00000000000000000000000001',
    providerId: 'prv_00000000000000000000000001',
    title: text,
    split: { listFen: fen, subsidyFen: 0, employerFen: 0, discountFen: 0, payableFen: fen },
    grants: [],
    refundPolicy: standardPolicy,
  },
  at,
)
const payment = (attempt: number, more: Partial<PaymentItem> = {}): PaymentItem => ({
  attempt,
  state: 'open',
  amountFen: fen,
  openedAt: at,
  expiresAt: at,
  paidAt: null,
  surplus: false,
  checkoutId: `cs_${attempt}`,
  paymentId: null,
  ...more,
})
const paid = (attempt: number) => payment(attempt, { state: 'paid', paidAt: at, paymentId: `pi_${attempt}` })

/** What a reading of the provider said at some moment; old readings may be judged after new ones. */
const checkout = (attempt: number, more: Partial<Checkout> = {}): Checkout => ({
  id: `cs_${attempt}`,
  url: null,
  state: 'open',
  paid: false,
  failed: false,
  paymentId: null,
  amountFen: fen,
  currency: 'cny',
  livemode: false,
  references: { orderId: fresh.id, attempt: String(attempt) },
  ...more,
})
const done = (attempt: number) => checkout(attempt, { state: 'complete', paid: true, paymentId: `pi_${attempt}` })
const onItsWay = (attempt: number) => checkout(attempt, { state: 'complete', paymentId: `pi_${attempt}` })
const refund = (id: string, state: ProviderRefund['state'], refundId?: string): ProviderRefund => ({
  id,
  state,
  amountFen: 400,
  references: refundId === undefined ? {} : { refundId },
})
const dispute = (state: DisputeItem['state']): DisputeItem => ({ disputeId: 'dp_1', at, amountFen: fen, state })

type News = { checkout: Checkout } | { refund: ProviderRefund; of: Checkout } | { dispute: DisputeItem; of: Checkout }

/** An order after one piece of news, as `apply-payment` brings it there; `seatLeft`: a seat is free when money comes late. */
function after(order: OrderItem, news: News, seatLeft: boolean): OrderItem {
  if ('checkout' in news) {
    const next = nextOrder(order, news.checkout, false, at, 'rfd_new')
    if ('misfit' in next) throw new Error(next.misfit)
    if (next.seat === 'confirm' || (next.seat === 'late' && seatLeft)) return { ...next.order, state: 'confirmed', confirmedAt: at }
    return next.seat === 'late' ? paidWithoutSeat(next.order, 1, 'rfd_new', at) : next.order
  }
  // What a refund or a dispute is about is taken in first, as it is when it is looked up.
  const known = after(order, { checkout: news.of }, seatLeft)
  if ('dispute' in news) return withDispute(known, news.dispute, at, () => 'rfd_rest') ?? known
  const { refunds } = withProviderRefunds(known, news.of.paymentId ?? '', [news.refund], at, () => 'rfd_foreign')
  return { ...known, refunds }
}

interface Story {
  order: OrderItem
  seatLeft?: boolean
  news: News[]
  ends: { state: OrderItem['state']; payments: string[]; refunds: string[]; disputes: string[] }
}
const open = { ...fresh, payments: [payment(1)] }
const lapsed: OrderItem = { ...open, state: 'lapsed' }
const owed = (id: string, amountFen: number) => owedRefund(id, { ...paid(1), amountFen }, 'left', at)

const stories: Record<string, Story> = {
  'paid at once': {
    order: open,
    news: [checkout(1), checkout(1), onItsWay(1), done(1), done(1), done(1)].map((one) => ({ checkout: one })),
    ends: { state: 'confirmed', payments: ['paid'], refunds: [], disputes: [] },
  },
  'paid with money that comes later': {
    order: { ...fresh, payments: [payment(1, { state: 'opening', checkoutId: null })] },
    news: [checkout(1), onItsWay(1), onItsWay(1), onItsWay(1), done(1), done(1)].map((one) => ({ checkout: one })),
    ends: { state: 'confirmed', payments: ['paid'], refunds: [], disputes: [] },
  },
  'money that never comes': {
    order: lapsed,
    news: [checkout(1), onItsWay(1), onItsWay(1), ...[1, 2, 3].map(() => ({ ...onItsWay(1), failed: true }))].map((one) => ({
      checkout: one,
    })),
    ends: { state: 'lapsed', payments: ['failed'], refunds: [], disputes: [] },
  },
  'given up once, paid at the second attempt': {
    order: { ...fresh, payments: [payment(1), payment(2)] },
    news: [checkout(1), checkout(1, { state: 'expired' }), checkout(1, { state: 'expired' }), checkout(2), done(2), done(2)].map((one) => ({
      checkout: one,
    })),
    ends: { state: 'confirmed', payments: ['expired', 'paid'], refunds: [], disputes: [] },
  },
  'given back in two parts, one of which comes back later': {
    order: { ...open, state: 'cancelled', payments: [paid(1)], refunds: [owed('rfd_1', 400), owed('rfd_2', 400)] },
    news: [
      { checkout: checkout(1) },
      { checkout: done(1) },
      { refund: refund('re_1', 'pending', 'rfd_1'), of: done(1) },
      { refund: refund('re_1', 'succeeded', 'rfd_1'), of: done(1) },
      { refund: refund('re_2', 'succeeded', 'rfd_2'), of: done(1) },
      { refund: refund('re_2', 'failed', 'rfd_2'), of: done(1) },
    ],
    ends: { state: 'cancelled', payments: ['paid'], refunds: ['left succeeded 400', 'left failed 400'], disputes: [] },
  },
  'refunded by hand at the provider, then disputed': {
    order: open,
    news: [
      { checkout: checkout(1) },
      { checkout: done(1) },
      { refund: refund('re_9', 'pending'), of: done(1) },
      { refund: refund('re_9', 'succeeded'), of: done(1) },
      { dispute: dispute('open'), of: done(1) },
      { dispute: dispute('won'), of: done(1) },
    ],
    ends: { state: 'confirmed', payments: ['paid'], refunds: ['operator succeeded 400'], disputes: ['won'] },
  },
  'paid twice': {
    order: { ...fresh, state: 'confirmed', payments: [paid(1), payment(2)] },
    news: [checkout(1), done(1), checkout(2), onItsWay(2), done(2), done(2)].map((one) => ({ checkout: one })),
    ends: { state: 'confirmed', payments: ['paid', 'paid surplus'], refunds: ['paid-twice pending 1000'], disputes: [] },
  },
  'paid late, and no seat is left': {
    order: lapsed,
    news: [
      { checkout: onItsWay(1) },
      { checkout: onItsWay(1) },
      { checkout: done(1) },
      { checkout: done(1) },
      { dispute: dispute('open'), of: done(1) },
      { dispute: dispute('lost'), of: done(1) },
    ],
    ends: { state: 'lapsed', payments: ['paid surplus'], refunds: ['paid-without-seat canceled 1000'], disputes: ['lost'] },
  },
}

/** Every order of these places. */
function permutations(places: readonly number[]): number[][] {
  return places.length === 0
    ? [[]]
    : places.flatMap((first) => permutations(places.filter((one) => one !== first)).map((rest) => [first, ...rest]))
}
const orders = permutations([0, 1, 2, 3, 4, 5])

/** What an order came to, without the ids and instants that depend on the way. */
const endOf = ({ state, payments, refunds, disputes }: OrderItem) => ({
  state,
  payments: payments.map((one) => (one.surplus ? `${one.state} surplus` : one.state)),
  refunds: refunds.map((one) => `${one.reason} ${one.state} ${one.amountFen}`),
  disputes: disputes.map((one) => one.state),
})

describe('news of the provider leads to one end, whatever their order', () => {
  it('there are 720 orders of six pieces of news, and eight stories', () => {
    expect([orders.length, Object.keys(stories).length]).toEqual([720, 8])
  })
  it.each(Object.entries(stories))('%s', (_, { order, news, ends, seatLeft = false }) => {
    expect(news).toHaveLength(6)
    for (const one of orders) {
      const end = one.reduce((so, place) => after(so, news[place] as News, seatLeft), order)
      expect(endOf(end), one.join()).toEqual(ends)
    }
  })
  it('a late payment with a free seat is confirmed, in every order', () => {
    const { order, news } = stories['paid late, and no seat is left'] as Story
    for (const one of orders) {
      const end = one.reduce((so, place) => after(so, news[place] as News, true), order)
      expect([end.state, end.refunds]).toEqual(['confirmed', []])
    }
  })
})

describe('what fits nothing of ours', () => {
  it.each([
    ['livemode', { livemode: true }],
    ['order', { references: { orderId: 'ord_00000000000000000000000009', attempt: '1' } }],
    ['attempt', { references: { orderId: fresh.id, attempt: '2' } }],
    ['attempt', { id: 'cs_other' }],
    ['currency', { currency: 'usd' }],
    ['amount', { amountFen: fen - 1 }],
    ['amount', { amountFen: fen + 1 }],
  ])('is a misfit: %s', (misfit, more) => {
    expect(nextOrder(open, { ...done(1), ...more }, false, at, 'rfd_new')).toEqual({ misfit })
  })
})

describe('a refund that failed', () => {
  const failed: OrderItem['refunds'] = [{ ...owed('rfd_1', 400), state: 'failed' }]
  it('is owed anew by one that takes its place, once', () => {
    const retried = withRetriedRefund(failed, 'rfd_1', 'rfd_2', at)
    expect(retried).toMatchObject([
      { id: 'rfd_1', state: 'canceled' },
      { id: 'rfd_2', state: 'pending', amountFen: 400, providerId: null, paymentId: 'pi_1' },
    ])
    expect(withRetriedRefund(retried ?? [], 'rfd_1', 'rfd_3', at)).toBeUndefined()
    expect(withRetriedRefund(retried ?? [], 'rfd_2', 'rfd_3', at)).toBeUndefined()
  })
  it('of another payment is nobody’s', () => {
    const { changed } = withProviderRefunds({ payments: [paid(1)], refunds: [] }, 'pi_7', [refund('re_1', 'succeeded')], at, () => 'rfd_1')
    expect(changed).toBe(false)
  })
})
