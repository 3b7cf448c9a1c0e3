import type { Refund } from '@skills/contract/order.ts'
import type { PaymentItem, RefundItem } from './order.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { ProviderFailed, type PaymentProvider, type ProviderRefund } from './payment-provider.ts'

/** A refund fails last of all: days after it was called succeeded. `canceled` is said of one that another took the place of, or that a lost dispute was set off against. */
const ranks: Record<RefundItem['state'], number> = { pending: 0, sent: 1, succeeded: 2, failed: 3, canceled: 4 }

/** A refund that is owed from now on, of one payment. It is asked for soon after; its id makes it happen once. */
export function owedRefund(
  id: string,
  { attempt, paymentId, amountFen }: Pick<PaymentItem, 'attempt' | 'paymentId' | 'amountFen'>,
  reason: Refund['reason'],
  at: string,
): RefundItem {
  return { id, attempt, amountFen, reason, state: 'pending', at, settledAt: null, paymentId: paymentId ?? '', providerId: null }
}

/** What became of refunds at the provider. */
export interface RefundNews {
  refunds: RefundItem[]
  changed: boolean
  /** Those whose money went back by this news, and those that came back to us. */
  succeeded: RefundItem[]
  failed: RefundItem[]
}

/**
 * The refunds of an order with what the provider says of some refunds of one payment. Monotone: news may come late, twice and in any order. A refund that we did not
 * ask for (an operator made it at the provider) is written down as one of its own, under the id that `newId` gives, in place of what had failed before and it covers.
 */
export function withProviderRefunds(
  order: { payments: readonly PaymentItem[]; refunds: readonly RefundItem[] },
  paymentId: string,
  found: readonly ProviderRefund[],
  now: string,
  newId: () => string,
): RefundNews {
  const news: RefundNews = { refunds: [...order.refunds], changed: false, succeeded: [], failed: [] }
  for (const one of found) {
    const place = news.refunds.findIndex(({ id, providerId }) => providerId === one.id || id === one.references['refundId'])
    const before = news.refunds[place] ?? foreignRefund(order.payments, paymentId, one, now, newId)
    if (before === undefined) continue
    const said = stateOf(one)
    // One that was taken back before it was known to have left, and did leave: what really happened counts.
    const left = before.state === 'canceled' && before.providerId === null
    const state = left || ranks[said] > ranks[before.state] ? said : before.state
    const settled = state !== before.state && state !== 'sent'
    const next: RefundItem = { ...before, state, providerId: one.id, settledAt: settled ? now : before.settledAt }
    if (place >= 0 && next.state === before.state && next.providerId === before.providerId) continue
    news.changed = true
    if (place >= 0) news.refunds[place] = next
    else news.refunds = [...withGivenByHand(news.refunds, next, order.refunds), next]
    if (state === 'succeeded' && before.state !== 'succeeded') news.succeeded.push(next)
    if (state === 'failed' && before.state !== 'failed') news.failed.push(next)
  }
  return news
}

/**
 * The refunds once money that an operator gave back at the provider is known: each that had failed before, of the same payment, and that the sum covers whole is canceled, so that nobody sends it
 * once more. Should what was given by hand fail too, it is that which is owed.
 */
function withGivenByHand(refunds: readonly RefundItem[], given: RefundItem, before: readonly RefundItem[]): RefundItem[] {
  if (given.state === 'failed') return [...refunds]
  const owed = new Set(before.filter(({ state, paymentId }) => state === 'failed' && paymentId === given.paymentId).map(({ id }) => id))
  let fen = given.amountFen
  return refunds.map((one): RefundItem => {
    if (one.state !== 'failed' || !owed.has(one.id) || one.amountFen > fen) return one
    fen -= one.amountFen
    return { ...one, state: 'canceled' }
  })
}

/** What the provider cancelled has not gone back either. */
function stateOf({ state }: ProviderRefund): RefundItem['state'] {
  return state === 'pending' ? 'sent' : state === 'canceled' ? 'failed' : state
}

function foreignRefund(
  payments: readonly PaymentItem[],
  paymentId: string,
  { amountFen }: ProviderRefund,
  now: string,
  newId: () => string,
): RefundItem | undefined {
  const payment = payments.find((one) => one.paymentId === paymentId)
  return payment === undefined ? undefined : owedRefund(newId(), { ...payment, amountFen }, 'operator', now)
}

/** The refunds with one that the provider will not make: still owed, for an operator to look at. */
export function withRefusedRefund(refunds: readonly RefundItem[], id: string, now: string): RefundItem[] {
  return refunds.map((one) => (one.id === id && one.state === 'pending' ? { ...one, state: 'failed', settledAt: now } : one))
}

/** The refunds with a failed one asked for anew: the old one is canceled, and one of the same sum under a new id takes its place. Undefined: it has not failed. */
export function withRetriedRefund(refunds: readonly RefundItem[], id: string, newId: string, now: string): RefundItem[] | undefined {
  const failed = refunds.find((one) => one.id === id)
  if (failed?.state !== 'failed') return undefined
  return [
    ...refunds.map((one): RefundItem => (one === failed ? { ...one, state: 'canceled' } : one)),
    owedRefund(newId, failed, failed.reason, now),
  ]
}

/** The provider remembers for a day what was asked under a key; from half a day on we look ourselves whether a refund was made. */
const keyMinutes = 12 * 60

/**
 * Asks the provider for a refund that is owed, or reads one that is on its way. The refund's id makes it happen once, however often and however late it is asked for.
 * `refused`: it will not be made. Throws `ProviderFailed` when the provider does not say.
 */
export async function sendRefund(
  provider: PaymentProvider,
  { id, paymentId, amountFen, providerId, at }: RefundItem,
  references: Record<string, string>,
  now: string,
): Promise<ProviderRefund | 'refused'> {
  if (providerId !== null) return provider.readRefund(providerId)
  if (plusMinutes(at, keyMinutes) <= now) {
    const made = (await provider.refundsOf(paymentId)).find((one) => one.references['refundId'] === id)
    if (made !== undefined) return made
  }
  try {
    return await provider.refund({ refundId: id, paymentId, amountFen, references })
  } catch (error) {
    if (error instanceof ProviderFailed && error.certain) return 'refused'
    throw error
  }
}
