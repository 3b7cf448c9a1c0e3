import type { MoneyMatter } from '@skills/contract/money-matters.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { History } from '../audit.ts'
import type { RefundItem } from './order.ts'

/** Money that a person must look at, as the table holds it. It is never deleted: what became of it is written into it, and into its audit chain. */
export interface MoneyMatterItem extends History, Omit<MoneyMatter, 'stands'> {}

/** What is said of new money to look at; what is left out is not known of it. */
export type FoundMatter = Pick<MoneyMatterItem, 'kind'> &
  Partial<Pick<MoneyMatterItem, 'why' | 'fen' | 'personId' | 'orderId' | 'groupOrderId' | 'refundId' | 'about'>>

/** How it ends, by whom, and in which words. */
export interface MatterEnd {
  end: NonNullable<MoneyMatterItem['end']>
  by: string
  said: string | null
}

/** A new one, open. */
export function newMatter(found: FoundMatter, id: string, at: string): Omit<MoneyMatterItem, keyof History> {
  const none = { why: null, fen: null, personId: null, orderId: null, groupOrderId: null, refundId: null, about: [] }
  return { ...none, ...found, id, at, state: 'open', end: null, doneAt: null, doneBy: null, said: null }
}

/** One that is done with. What was closed may still be sent again, as long as it is owed: the words of who closed it stay. Refuses `illegal-transition` where it was done with otherwise. */
export function endedMatter(before: MoneyMatterItem, { end, by, said }: MatterEnd, at: string): Omit<MoneyMatterItem, keyof History> {
  const again = end === 'resent' && before.end === 'closed'
  if (before.state !== 'open' && !again) throw new Refusal('illegal-transition', { current: before.state, allowed: [] })
  return { ...before, state: 'done', end, doneAt: at, doneBy: by, said: said ?? before.said }
}

/** The refunds that failed by a change. In: the refunds before and after it. */
export function failedNow(before: readonly RefundItem[], after: readonly RefundItem[]): RefundItem[] {
  const known = new Set(before.filter(({ state }) => state === 'failed').map(({ id }) => id))
  return after.filter(({ id, state }) => state === 'failed' && !known.has(id))
}

/** Whether it is still owed. In: the refunds of its order, undefined where it has none. */
export function stillStands(
  { kind, refundId }: Pick<MoneyMatterItem, 'kind' | 'refundId'>,
  refunds: readonly RefundItem[] | undefined,
): boolean {
  if (refundId === null || refunds === undefined) return true
  const owed = kind === 'transfer-surplus' ? 'pending' : 'failed'
  return refunds.some(({ id, state }) => id === refundId && state === owed)
}

/** One as operators see it. */
export function matterView(item: MoneyMatterItem, stands: boolean): MoneyMatter {
  const { id, kind, at, why, fen, personId, orderId, groupOrderId, refundId, about, state, end, doneAt, doneBy, said } = item
  return { id, kind, at, why, fen, personId, orderId, groupOrderId, refundId, about, stands, state, end, doneAt, doneBy, said }
}
