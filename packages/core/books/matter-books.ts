import type { GroupOrderItem } from '../employer/group-order.ts'
import { enrollmentItemOf } from '../enrollment/enrollment-item.ts'
import { keys } from '../keys.ts'
import type { MoneyMatterItem } from '../order/money-matter.ts'
import type { RefundItem } from '../order/order.ts'
import type { Item } from '../table.ts'
import { where, type Books, type Violation } from './books.ts'

/**
 * O8 money that a person must look at is before a person: each refund that failed and each event or payment that was set aside has its matter, and each matter stands in exactly the list that its
 * state says.
 */
export function checkMatters(books: Books): Violation[] {
  const found: Violation[] = []
  const matters = books.of('moneyMatter') as unknown as (MoneyMatterItem & Item)[]
  for (const matter of matters) {
    const stands = (state: string) => {
      const { pk, sk } = keys.moneyMatterLine.key(state, matter.id)
      return books.find(pk, sk) !== undefined
    }
    if (stands('open') !== (matter.state === 'open') || stands('done') !== (matter.state === 'done'))
      found.push({ code: 'O8', at: where(matter), says: 'it does not stand in the list of its state' })
  }
  const refunds = new Set(matters.filter(({ kind }) => kind === 'refund-failed').map(({ refundId }) => refundId))
  const names = new Set(matters.flatMap(({ about }) => about))
  const failed = (item: Item, all: readonly RefundItem[]) => {
    for (const { id, state } of all)
      if (state === 'failed' && !refunds.has(id))
        found.push({ code: 'O8', at: where(item), says: `${id} failed, and nobody is told to look` })
  }
  for (const item of books.of('enrollment')) failed(item, enrollmentItemOf(item)?.order?.refunds ?? [])
  for (const item of books.of('groupOrder')) failed(item, (item as unknown as GroupOrderItem).refunds)
  for (const item of books.of('quarantine'))
    if (!names.has(String(item['eventId'])) && !names.has(String(item['about'])))
      found.push({ code: 'O8', at: where(item), says: 'it was set aside, and nobody is told to look' })
  return found
}
