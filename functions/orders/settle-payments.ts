import { orderIdOf } from '@skills/contract/order.ts'
import { atOnce } from '@skills/core/at-once.ts'
import { readDue } from '@skills/core/due.ts'
import { settleGroupOrder } from '@skills/core/employer/settle-group-order.ts'
import { settleOrder } from '@skills/core/order/settle-order.ts'
import { settleRun } from '@skills/core/order/settle-run.ts'
import { openPayments } from '@skills/core/order/open-payments.ts'
import type { Payments } from '@skills/core/order/payment.ts'
import { catchUp } from '@skills/core/order/undelivered-events.ts'
import { findUnknownMoney } from '@skills/core/order/unknown-money.ts'
import { readItem, type Key } from '@skills/core/table.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { errorFields, log, type LogLine } from '@skills/http/log.ts'

/** How many of each kind one call takes on; what is left is still due in a minute. */
const most = 1_000
const ordersAtOnce = 8
const runsAtOnce = 2

export interface SettledPayments {
  /** Events that the provider could not deliver to us, applied now. */
  caughtUp: number
  orders: number
  groupOrders: number
  lapsed: number
  /** Seats of cancelled runs whose money is on its way back. */
  givenBack: number
  /** Refunds that the provider will not make: still owed, and for a person to look at. */
  refundsFailed: number
}

/**
 * Everything that money asks for by now: events that were lost on the way, holds that are over, refunds that are owed, runs that were cancelled, once a day money that no order knows. The index only advises; each item is read again and each step is one
 * transaction, so calls may overlap and repeat. One that fails holds up no other; in the end an error says how many did.
 */
export async function settlePayments(world: World, payments: Payments): Promise<SettledPayments> {
  const settled: SettledPayments = { caughtUp: 0, orders: 0, groupOrders: 0, lapsed: 0, givenBack: 0, refundsFailed: 0 }
  let failures = 0
  const fail = (event: string, error: unknown) => {
    failures += 1
    say(world, { event, ...errorFields(error) })
  }
  // First what may confirm a hold, then what ends it.
  await catchUp(world, payments).then(
    ({ received, failed }) => {
      settled.caughtUp = received.filter(({ outcome }) => outcome.done === 'applied').length
      for (const { outcome } of received)
        if (outcome.done === 'quarantined') say(world, { event: 'payment-event-quarantined', code: outcome.why })
      for (const { error } of failed) fail('payment-event-failed', error)
    },
    (error: unknown) => fail('payment-events-unread', error),
  )
  // Runs before orders: what they give back is sent in the same turn.
  const runs = await atOnce(await readDue(world.table, 'settling', world.now(), most), runsAtOnce, (key) => settleDueRun(world, key))
  settled.givenBack = runs.answers.reduce((sum, count) => sum + count, 0)
  for (const { error } of runs.failed) fail('run-not-settled', error)
  const due = await readDue(world.table, 'enrollment', world.now(), most)
  const orders = await atOnce(due, ordersAtOnce, ({ pk, sk }) =>
    settleOrder(world, payments, pk.slice('PERSON#'.length), orderIdOf(sk.slice('ENROLLMENT#'.length))),
  )
  const groups = await atOnce(await readDue(world.table, 'groupOrder', world.now(), most), ordersAtOnce, ({ pk }) =>
    settleGroupOrder(world, payments, pk.slice('GROUP-ORDER#'.length)),
  )
  settled.orders = orders.answers.length
  settled.groupOrders = groups.answers.length
  for (const { lapsed, refundsFailed } of [...orders.answers, ...groups.answers]) {
    settled.lapsed += lapsed ? 1 : 0
    settled.refundsFailed += refundsFailed.length
    for (let count = 0; count < refundsFailed.length; count += 1) say(world, { event: 'refund-failed' })
  }
  for (const { differs } of [...orders.answers, ...groups.answers]) for (const code of differs) say(world, { event: 'money-differs', code })
  for (const { error } of [...orders.failed, ...groups.failed]) fail('order-not-settled', error)
  // Last, so that what belongs to an order is hers by then.
  await findUnknownMoney(world, payments).then(
    (looked) => {
      looked?.aside.forEach(() => say(world, { event: 'money-unknown' }))
      looked?.failed.forEach((error) => fail('money-not-judged', error))
    },
    (error: unknown) => fail('money-unread', error),
  )
  if (failures > 0) throw new Error(`${failures} not settled`)
  return settled
}

async function settleDueRun(world: World, key: Key): Promise<number> {
  const item = await readItem(world.table, key)
  return item === undefined || item['settledAt'] !== undefined ? 0 : settleRun(world, String(item['runId']))
}

function say(world: World, line: LogLine): void {
  log({ at: world.now(), level: 'error', function: 'settle-payments', ...line })
}

let world: World | undefined
let payments: Payments | undefined

export async function handler(): Promise<SettledPayments> {
  world ??= realWorld()
  payments ??= openPayments()
  return settlePayments(world, payments)
}
