import { createHash } from 'node:crypto'
import type { InvoiceRequest } from '@skills/contract/employers.routes.ts'
import { prefixes } from '@skills/contract/ids.ts'
import type { InvoiceTitle } from '@skills/contract/orders.routes.ts'
import type { Text } from '@skills/contract/text.ts'
import { dateAt } from '@skills/contract/time.ts'
import { encodeTime } from 'ulid'
import type { History } from '../audit.ts'
import { invoiceParts, keepInvoiceUntil, type InvoicePart } from './invoice-parts.ts'
import type { OrderItem, PaymentItem, RefundItem } from './order.ts'

/** What a provider is to issue to one payer, as the table holds it, in the provider's partition. `sponsorId`: which sponsor, where one pays. */
export interface InvoiceItem extends History {
  invoice: InvoiceRequest
  sponsorId: string | null
}

/** What invoices are derived from: an order (or group order) as it is now. */
export interface Invoiced {
  id: string
  providerId: string
  title: Text
  /** When the money bought its seats; null: nothing is to be invoiced. */
  soldAt: string | null
  parts: InvoicePart[]
  payments: readonly Pick<PaymentItem, 'attempt' | 'surplus'>[]
  refunds: readonly RefundItem[]
  /** Subsidy that went back to its programs, and when. */
  returned: { sponsorId: string; fen: number }[]
  returnedAt: string | null
  invoiceTitle: InvoiceTitle | null
  /** Who gets the learner's, or the employer's, money back. */
  pays: 'person' | 'employer'
}

/** An order of one seat. What a group order paid of it is invoiced with the group order. */
export function invoicedOrder(order: OrderItem, cancelledAt: string | null): Invoiced {
  const { id, providerId, title, payments, refunds, split, grants } = order
  const returned = grants.filter(({ state }) => state === 'returned').map(({ sponsorId, fen }) => ({ sponsorId, fen }))
  return {
    ...{ id, providerId, title, payments, refunds, returned, invoiceTitle: order.invoiceTitle, pays: 'person' },
    soldAt: order.confirmedAt,
    parts: invoiceParts(split, grants).filter(({ payer }) => payer !== 'employer' || order.groupOrderId === null),
    returnedAt: cancelledAt,
  }
}

/**
 * Every invoice request that an order asks for so far. Blue: one for each payer when its money bought the seat, together the fee (`invoiceParts`). Red: one for each sum
 * that went back, linked to the payer's blue one. Ids follow from what they are for, so that asking again asks for the same; the n-th refund of a sum that succeeded
 * has the n-th one's name, so that one that failed after all and was sent again is taken back once.
 */
export function invoicesOf(order: Invoiced): Omit<InvoiceItem, keyof History>[] {
  const { soldAt } = order
  if (soldAt === null) return []
  const blue = order.parts.map((part) => invoiceOf(order, part, 'blue', soldAt, `${part.payer} ${part.sponsorId ?? ''}`, null))
  const own = order.parts.findIndex(({ payer }) => payer === order.pays)
  const surplus = new Set(order.payments.filter((payment) => payment.surplus).map(({ attempt }) => attempt))
  const sums = Map.groupBy(
    order.refunds.filter(({ attempt }) => !surplus.has(attempt)),
    ({ attempt, amountFen }) => `${attempt} ${amountFen}`,
  )
  const money = [...sums.values()].flatMap((all) => {
    const done = all.filter(({ state }) => state === 'succeeded').length
    return all.slice(0, done).map(({ id, amountFen, at }) => ({ id, fen: amountFen, at }))
  })
  const red = money.flatMap(({ id, fen, at }) => {
    const [part, of] = [order.parts[own], blue[own]]
    return part === undefined || of === undefined ? [] : [invoiceOf(order, { ...part, fen }, 'red', at, id, of.invoice.id)]
  })
  const subsidy = Map.groupBy(order.returned, ({ sponsorId }) => sponsorId)
  const redSubsidy = [...subsidy].flatMap(([sponsorId, grants]) => {
    const place = order.parts.findIndex((part) => part.sponsorId === sponsorId)
    const [part, of] = [order.parts[place], blue[place]]
    if (part === undefined || of === undefined) return []
    const fen = grants.reduce((sum, grant) => sum + grant.fen, 0)
    return [invoiceOf(order, { ...part, fen }, 'red', order.returnedAt ?? soldAt, `returned ${sponsorId}`, of.invoice.id)]
  })
  return [...blue, ...red, ...redSubsidy]
}

function invoiceOf(
  order: Invoiced,
  { payer, sponsorId, fen }: InvoicePart,
  kind: 'blue' | 'red',
  requestedAt: string,
  what: string,
  of: string | null,
): Omit<InvoiceItem, keyof History> {
  const own = payer === order.pays
  return {
    sponsorId,
    invoice: {
      id: idFor(requestedAt, `${order.id} ${kind} ${what}`),
      orderId: order.id,
      payer,
      title: own ? (order.invoiceTitle?.title ?? null) : null,
      taxNumber: own ? (order.invoiceTitle?.taxNumber ?? null) : null,
      item: `培训费（${order.title.zh}）`,
      fen,
      kind,
      of,
      requestedAt,
      keepUntil: keepInvoiceUntil(dateAt(requestedAt)),
      number: null,
    },
  }
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** An id that sorts by its instant like every other, and whose rest follows from what it names instead of chance. */
function idFor(at: string, what: string): string {
  const bits = createHash('sha256').update(`invoice\n${what}`).digest()
  const letters = Array.from({ length: 16 }, (_, place) => crockford[(bits[place] ?? 0) % 32])
  return `${prefixes.invoice}_${encodeTime(Date.parse(at))}${letters.join('')}`
}
