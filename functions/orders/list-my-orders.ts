import type { Actor, Page } from '@skills/contract/actor.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { enrollmentItemOf } from '@skills/core/enrollment/enrollment-item.ts'
import { readEnrollments } from '@skills/core/enrollment/enrollment.table.ts'
import { keys } from '@skills/core/keys.ts'
import type { OrderItem } from '@skills/core/order/order.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { viewOf } from './order-view.ts'

/** The caller's orders, newest first, by pages. Enrollments in free runs have none and are passed over. `next` is the raw position of the next page. */
export async function listMyOrders(world: World, { actor, page }: { actor: Actor; page: Page }) {
  const found: { order: OrderItem; sk: string }[] = []
  let after = page.after
  for (let more = true; more && found.length <= page.limit;) {
    const items = await readEnrollments(world, actor.personId, page.limit + 1, after)
    for (const item of items) {
      const order = enrollmentItemOf(item)?.order
      if (order !== undefined && order !== null) found.push({ order, sk: item.sk })
    }
    after = items.at(-1)?.sk
    more = items.length > page.limit
  }
  const shown = found.slice(0, page.limit)
  const runs = await readItems(
    world.table,
    shown.map(({ order }) => keys.run.key(order.runId)),
  )
  return {
    items: shown.flatMap(({ order }, place) => {
      const run = runOf(runs[place])
      return run === undefined ? [] : [viewOf(order, run)]
    }),
    next: found.length > page.limit ? (shown.at(-1)?.sk ?? null) : null,
  }
}
