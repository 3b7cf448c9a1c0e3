import type { GroupOrderItem } from '@skills/core/employer/group-order.ts'
import type { EnrollmentItem } from '@skills/core/enrollment/enrollment-item.ts'
import type { GrantItem, OrderItem } from '@skills/core/order/order.ts'
import type { Item } from '@skills/core/table.ts'

/** The first item that is so. Throws where there is none. */
export const pick = (items: Item[], test: (item: Item) => boolean): Item => {
  const found = items.find(test)
  if (found === undefined) throw new Error('the scene lacks what this corruption needs')
  return found
}
/** Takes the first item that is so out of the table. */
export const drop = (items: Item[], test: (item: Item) => boolean) => void items.splice(items.indexOf(pick(items, test)), 1)
/** Adds to amounts of an item. */
export const add = (item: Item, amounts: Record<string, number>) => {
  for (const [name, amount] of Object.entries(amounts)) item[name] = Number(item[name]) + amount
}

/** An enrollment with its order. */
export type Seat = Omit<EnrollmentItem, 'order'> & { order: OrderItem } & Item
/** The first seat whose order is so. */
export const seat = (items: Item[], test: (order: OrderItem, seat: Seat) => boolean): Seat =>
  pick(items, (item) => item.sk.startsWith('ENROLLMENT#') && test((item as Seat).order, item as Seat)) as Seat
/** A seat that was paid for; one with a grant in a state; one whose money came too late; one that was given back. */
export const confirmed = (items: Item[]) => seat(items, ({ state, payments }) => state === 'confirmed' && payments.length > 0)
export const granted = (items: Item[], state: GrantItem['state']) => {
  const found = seat(items, ({ grants }) => grants.some((grant) => grant.state === state))
  return { seat: found, grant: found.order.grants.find((grant) => grant.state === state) as GrantItem }
}
export const late = (items: Item[]) => seat(items, ({ payments }) => payments.some(({ surplus }) => surplus))
export const left = (items: Item[]) => seat(items, ({ state, confirmedAt }) => state === 'cancelled' && confirmedAt !== null)
/** Pots, accounts, places in the queue, group orders and heads of seats, the first that is so. */
export const pot = (items: Item[], test: (item: Item) => boolean) =>
  pick(items, (item) => item.pk.startsWith('POT#') && item.sk === 'HEAD' && test(item))
export const account = (items: Item[]) => pick(items, ({ sk }) => sk === 'ACCOUNT')
export const entry = (items: Item[], state: string) => pick(items, (item) => item.sk.startsWith('ENTRY#') && item['state'] === state)
export const queue = (items: Item[]) => pick(items, ({ pk, sk }) => pk.startsWith('WAITLIST#') && sk === 'HEAD')
export const group = (items: Item[], state: GroupOrderItem['state']) =>
  pick(items, (item) => item.pk.startsWith('GROUP-ORDER#') && item['state'] === state) as GroupOrderItem & Item
export const shard = (items: Item[], account: string) =>
  pick(items, (item) => item.pk.startsWith('SHARD#') && item.sk === 'HEAD' && Number(item[account]) > 0)
/** Writes nonsense into what an item is about: a program, an allocation, a voucher, a sponsor. */
export const spoil = (items: Item[], kind: string, nonsense: object) => {
  const about = kind.toLowerCase()
  Object.assign(pick(items, (item) => item.sk.startsWith(kind) && item[about] !== undefined)[about] as object, nonsense)
}
