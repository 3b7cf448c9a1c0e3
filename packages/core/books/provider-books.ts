import { plusMinutes } from '@skills/contract/time.ts'
import { atOnce } from '../at-once.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { atProvider, differencesOf, readMoney } from '../order/money-found.ts'
import type { OrderItem } from '../order/order.ts'
import type { Payments } from '../order/payment.ts'
import { ProviderFailed } from '../order/payment-provider.ts'
import type { Item } from '../table.ts'
import type { World } from '../world.ts'
import { scanTable } from './books.table.ts'
import { openBooks, where, type Violation } from './books.ts'
import { graceMinutes } from './order-books.ts'

export interface Compared {
  /** Orders and group orders whose money the provider was asked for. */
  compared: number
  violations: Violation[]
}

interface Kept {
  at: string
  money: Pick<OrderItem, 'payments' | 'refunds'>
}

const atOnceMost = 4

/** What is on its way now: a page that may be paid at any moment, a refund that was just asked for. Both sides need not know of it at the same instant. */
function underWay({ payments, refunds }: Kept['money'], now: string): boolean {
  const young = (at: string) => plusMinutes(at, graceMinutes) > now
  return (
    payments.some(({ state, expiresAt }) => (state === 'opening' || state === 'open') && young(expiresAt)) ||
    refunds.some(({ state, at }) => (state === 'pending' || state === 'sent') && young(at))
  )
}

/** The orders and group orders whose money is, or was, at the provider. */
function keptIn(items: readonly Item[], now: string): Kept[] {
  const books = openBooks(items, now)
  const orders = books.of('enrollment').flatMap((item) => {
    const { order = null } = item as unknown as EnrollmentItem
    return order === null ? [] : [{ at: where(item), money: order }]
  })
  const groups = books.of('groupOrder').map((item) => ({ at: where(item), money: item as unknown as Kept['money'] }))
  return [...orders, ...groups].filter(({ money }) => money.payments.some(atProvider) && !underWay(money, now))
}

async function differs({ provider }: Payments, { at, money }: Kept): Promise<Violation[]> {
  const found = await readMoney(provider, money).catch((error: unknown) => {
    if (error instanceof ProviderFailed && error.certain && error.code === 'resource_missing') return undefined
    throw error
  })
  const codes = found === undefined ? ['payment'] : differencesOf(money, found)
  return codes.map((code) => ({ code: 'O6', at, says: `the payment provider does not say the same: ${code}` }))
}

/**
 * O6: the payment provider has the same money as the table, for every order and group order; read only. What the two disagree on is looked at once more, from the table on, so that news on
 * its way is no violation. Throws `ProviderFailed` where the provider does not answer.
 */
export async function compareBooks(world: World, payments: Payments): Promise<Compared> {
  const look = async (only?: ReadonlySet<string>) => {
    const kept = keptIn(await scanTable(world.table), world.now()).filter(({ at }) => only?.has(at) ?? true)
    const { answers, failed } = await atOnce(kept, atOnceMost, (one) => differs(payments, one))
    if (failed[0] !== undefined) throw failed[0].error
    return { compared: kept.length, violations: answers.flat() }
  }
  const first = await look()
  if (first.violations.length === 0) return first
  const again = await look(new Set(first.violations.map(({ at }) => at)))
  const still = new Set(again.violations.map((violation) => JSON.stringify(violation)))
  return { ...first, violations: first.violations.filter((violation) => still.has(JSON.stringify(violation))) }
}
