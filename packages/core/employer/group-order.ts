import type { GroupOrder, groupOrderStates, invitationStates, payWays } from '@skills/contract/employers.routes.ts'
import type { RefundPolicy } from '@skills/contract/order.ts'
import type { InvoiceTitle } from '@skills/contract/orders.routes.ts'
import type { Text } from '@skills/contract/text.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { History } from '../audit.ts'
import type { DisputeItem } from '../order/dispute.ts'
import type { Invoiced } from '../order/invoice.ts'
import { atProvider } from '../order/money-found.ts'
import {
  comparisonDueAt,
  holdMinutes,
  orderDueAt,
  paidFen,
  refundedFen,
  type OrderItem,
  type PaymentItem,
  type RefundItem,
} from '../order/order.ts'

/** A seat of the order offered to somebody whom the employer knows by number and name; the house keeps only a keyed hash of the two. */
export interface InvitationItem {
  id: string
  label: string
  state: (typeof invitationStates)[number]
  at: string
  answeredAt: string | null
  hash: string
  /** Who accepted, in which seat. */
  personId: string | null
  maskedName: string | null
  enrollmentId: string | null
}

/** Seats of one shard. */
export interface Pool {
  shard: string
  seats: number
}

/** A bank transfer as an operator recorded it: which payment (or refund) it is, and the bank's number of it. */
interface Transfer {
  attempt: number
  fen: number
  back: boolean
  evidence: string
  by: string
  at: string
}

/**
 * Seats that an employer buys at once. `pools` are those that stand for the order in `account` of the seat ledger now: all of them until people accept,
 * none of them once it has lapsed or was cancelled and the seats went back. What people accepted is sold, and theirs.
 */
export interface GroupOrderItem extends History {
  id: string
  employerId: string
  employerName: Text
  runId: string
  courseId: string
  providerId: string
  title: Text
  seats: number
  seatFen: number
  totalFen: number
  state: (typeof groupOrderStates)[number]
  payBy: (typeof payWays)[number]
  account: 'held' | 'blocked'
  pools: Pool[]
  createdAt: string
  holdUntil: string
  paidAt: string | null
  paidBy: (typeof payWays)[number] | null
  /** When it lapsed or was cancelled: from then on its seats go back. */
  endedAt: string | null
  refundPolicy: RefundPolicy
  payments: PaymentItem[]
  refunds: RefundItem[]
  disputes: DisputeItem[]
  transfers: Transfer[]
  invitations: InvitationItem[]
  invoiceTitle: InvoiceTitle | null
  /** Since when invoice requests may be missing; null: none are. */
  invoicesAt: string | null
  /** The number of the place in the run's queue that its seats came from; left out where it was bought. */
  waitNumber?: string
  /** The run's times that it was bought for: its provider may move them later. Left out in orders from before they were kept. */
  times?: [string, string][]
  /** As in an order: when the payment provider was last asked and had nothing new to say, and when its money was last compared with what the provider has. */
  lookedAt?: string | null
  comparedAt?: string | null
  /** Who bought it or stood in the queue for it, and is told of its money. Left out in orders from before this was kept. */
  buyerId?: string
  /** Accepted seats that force majeure gave back with all that was paid for them, while the order went on: they are its seats no more. */
  seatsBack?: number
}

export type GroupOrderParts = Pick<
  GroupOrderItem,
  | 'id'
  | 'employerId'
  | 'employerName'
  | 'runId'
  | 'courseId'
  | 'providerId'
  | 'title'
  | 'seatFen'
  | 'payBy'
  | 'pools'
  | 'refundPolicy'
  | 'invoiceTitle'
  | 'waitNumber'
  | 'times'
  | 'buyerId'
>

export const seatsIn = (pools: readonly Pool[]): number => pools.reduce((sum, { seats }) => sum + seats, 0)

/**
 * The fixed end of a group order's hold. Paid at a checkout: as for one seat. By bank transfer: so many hours (`Limits.transferHoldHours`) less what the employer held of this run before
 * without paying (`unpaidHoldMinutes`), at least as long as at a checkout, but not beyond the end of registration, so that seats nobody paid for can still be claimed by others.
 */
export function groupHoldEnd(
  payBy: GroupOrderItem['payBy'],
  now: string,
  closesAt: string,
  transferHoldHours: number,
  usedMinutes = 0,
): string {
  if (payBy === 'stripe') return plusMinutes(now, holdMinutes)
  const until = plusMinutes(now, Math.max(holdMinutes, transferHoldHours * 60 - usedMinutes))
  return until < closesAt ? until : closesAt
}

/** How long an employer held seats of a run for nothing, in minutes: its orders among these that ended unpaid. In: the group orders of that run. */
export function unpaidHoldMinutes(orders: readonly GroupOrderItem[], employerId: string): number {
  const ended = orders.filter((order) => order.employerId === employerId && order.paidAt === null && order.endedAt !== null)
  return ended.reduce(
    (sum, { createdAt, endedAt }) => sum + Math.ceil((Date.parse(endedAt ?? createdAt) - Date.parse(createdAt)) / 60_000),
    0,
  )
}

/** A new group order: its seats are held at list price until they are paid for. */
export function newGroupOrder(parts: GroupOrderParts, now: string, holdUntil: string): Omit<GroupOrderItem, keyof History> {
  const seats = seatsIn(parts.pools)
  return {
    ...parts,
    seats,
    totalFen: seats * parts.seatFen,
    state: 'awaiting-payment',
    account: 'held',
    createdAt: now,
    holdUntil,
    paidAt: null,
    paidBy: null,
    endedAt: null,
    payments: [],
    refunds: [],
    disputes: [],
    transfers: [],
    invitations: [],
    invoicesAt: null,
    comparedAt: null,
  }
}

/** Seats in the order's hands that nobody is invited to. */
export function unassigned({ pools, invitations }: Pick<GroupOrderItem, 'pools' | 'invitations'>): number {
  return seatsIn(pools) - invitations.filter(({ state }) => state === 'open').length
}

/** The pools with so many seats more (or fewer) of one shard. */
export function withSeats(pools: readonly Pool[], shard: string, more: number): Pool[] {
  const known = pools.find((pool) => pool.shard === shard)?.seats ?? 0
  const rest = pools.filter((pool) => pool.shard !== shard)
  return [...rest, ...(known + more > 0 ? [{ shard, seats: known + more }] : [])].sort((a, b) => (a.shard < b.shard ? -1 : 1))
}

/** Whether a refund goes back by bank transfer, which people do and an operator records. */
export const byTransfer = ({ paymentId }: Pick<RefundItem, 'paymentId'>): boolean => paymentId.startsWith('transfer-')

/** The order as one that only the payment provider's money counts in: what goes by bank transfer is neither looked at nor compared. */
function moneyAtProvider(order: Omit<GroupOrderItem, keyof History>): OrderItem {
  const state = order.state === 'paid' ? 'confirmed' : order.state
  const refunds = order.refunds.filter((refund) => !byTransfer(refund))
  return { ...order, state, payments: order.payments.filter(atProvider), refunds } as unknown as OrderItem
}

/** When the order's money is to be compared with the provider's, a day after any of it moved there; undefined while nothing did since the last time. */
export const groupComparisonDueAt = (order: Omit<GroupOrderItem, keyof History>): string | undefined =>
  comparisonDueAt(moneyAtProvider(order))

/** When the order asks for something to be done: its hold over, seats to go back, a refund owed, a payment to be looked at. Undefined: nothing is due. */
export function groupOrderDueAt(order: Omit<GroupOrderItem, keyof History>): string | undefined {
  const { endedAt, pools } = order
  const money = orderDueAt(moneyAtProvider(order))
  const seats = endedAt !== null && pools.length > 0 ? endedAt : undefined
  return [money, seats, order.invoicesAt ?? undefined].filter((at) => at !== undefined).sort()[0]
}

/** Ended invitations that are kept beside the live ones; their whole history stands in the audit chain. */
const mostEnded = 200

/** The invitations with one more, or with one changed. The oldest ended ones make room. */
export function withInvitation(invitations: readonly InvitationItem[], one: InvitationItem): InvitationItem[] {
  const known = invitations.some(({ id }) => id === one.id)
  const all = known ? invitations.map((other) => (other.id === one.id ? one : other)) : [...invitations, one]
  let drop = all.filter(ended).length - mostEnded
  return all.filter((other) => !ended(other) || (drop -= 1) < 0)
}
const ended = ({ state }: InvitationItem) => state === 'declined' || state === 'withdrawn'

/** What is owed by the way it goes back, in fen: by a transfer that an operator makes, at the payment provider by itself, or not at all until somebody looks at it. */
function owedParts({ refunds }: Pick<GroupOrderItem, 'refunds'>): GroupOrder['owed'] {
  const owed = { transferFen: 0, providerFen: 0, failedFen: 0 }
  for (const refund of refunds) {
    const { state, amountFen } = refund
    if (state === 'succeeded' || state === 'canceled') continue
    owed[state === 'failed' ? 'failedFen' : byTransfer(refund) ? 'transferFen' : 'providerFen'] += amountFen
  }
  return owed
}

/** A group order as its employer sees it. */
export function groupOrderView(order: GroupOrderItem): GroupOrder {
  const { id, employerId, runId, providerId, title, seats, seatFen, totalFen, state, payBy, createdAt, holdUntil, paidAt, paidBy } = order
  return {
    ...{ id, employerId, runId, providerId, title, seats, seatFen, totalFen, state, payBy, createdAt, holdUntil, paidAt, paidBy },
    paidFen: paidFen(order),
    refundedFen: refundedFen(order),
    surplusFen: paidFen({ payments: order.payments.filter(({ surplus }) => surplus) }),
    owedFen: refundedFen(order, true) - refundedFen(order),
    owed: owedParts(order),
    unassigned: state === 'paid' ? unassigned(order) : 0,
    invitations: order.invitations.map(({ hash: _hash, personId: _person, ...invitation }) => invitation),
    invoiceTitle: order.invoiceTitle,
  }
}

/** What the employer's invoices are derived from: all seats at list price, less what went back. */
export function invoicedGroupOrder({ id, providerId, title, payments, refunds, invoiceTitle, paidAt, totalFen }: GroupOrderItem): Invoiced {
  const parts: Invoiced['parts'] = [{ payer: 'employer', sponsorId: null, fen: totalFen }]
  return {
    ...{ id, providerId, title, payments, refunds, invoiceTitle, parts, pays: 'employer' },
    soldAt: paidAt,
    returned: [],
    returnedAt: null,
  }
}
