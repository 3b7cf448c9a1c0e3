import type { Actor, Page } from '@skills/contract/actor.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { enrollmentItemOf } from '@skills/core/enrollment/enrollment-item.ts'
import { readEnrollments } from '@skills/core/enrollment/enrollment.table.ts'
import { keys } from '@skills/core/keys.ts'
import { invoicedOrder } from '@skills/core/order/invoice.ts'
import { invoiceSlips } from '@skills/core/order/invoice-slips.table.ts'
import type { OrderItem } from '@skills/core/order/order.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { viewOf } from './order-view.ts'

/** The caller's orders, newest first, by pages. Enrollments in free runs have none and are passed over. `next` is the raw position of the next page. */
export async function listMyOrders(world: World, { actor, page }: { actor: Actor; page: Page }) {
  const found: { order: OrderItem; cancelledAt: string | null; sk: string }[] = []
  let after = page.after
  for (let more = true; more && found.length <= page.limit;) {
    const items = await readEnrollments(world, actor.personId, page.limit + 1, after)
    for (const item of items) {
      const { order, enrollment } = enrollmentItemOf(item) ?? {}
      if (order) found.push({ order, cancelledAt: enrollment?.cancelledAt ?? null, sk: item.sk })
    }
    after = items.at(-1)?.sk
    more = items.length > page.limit
  }
  const shown = found.slice(0, page.limit)
  const [runs, invoices] = await Promise.all([
    readItems(
      world.table,
      shown.map(({ order }) => keys.run.key(order.runId)),
    ),
    invoiceSlips(
      world.table,
      shown.map(({ order, cancelledAt }) => invoicedOrder(order, cancelledAt)),
    ),
  ])
  return {
    items: shown.flatMap(({ order }, place) => {
      const run = runOf(runs[place])
      return run === undefined ? [] : [viewOf(order, run, invoices[place] ?? [])]
    }),
    next: found.length > page.limit ? (shown.at(-1)?.sk ?? null) : null,
  }
}
