import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { Item, Table } from '../table.ts'
import type { World } from '../world.ts'
import { checkAttendance } from './attendance-books.ts'
import { checkAudit } from './audit-books.ts'
import { checkCatalog } from './catalog-books.ts'
import { checkCrews } from './crew-books.ts'
import { openBooks, type Violation } from './books.ts'
import { checkEnrollments } from './enrollment-books.ts'
import { checkGrants } from './grant-books.ts'
import { checkGroupOrders } from './group-books.ts'
import { checkMembers } from './member-books.ts'
import { checkMatters } from './matter-books.ts'
import { checkMessages } from './message-books.ts'
import { checkOrders } from './order-books.ts'
import { checkPayments } from './payment-books.ts'
import { checkPayouts } from './payout-books.ts'
import { checkPlans, withoutPlan } from './planning-books.ts'
import { checkPlumbing } from './plumbing-books.ts'
import { checkPots } from './pot-books.ts'
import { checkQuality } from './quality-books.ts'
import { checkQueues } from './queue-books.ts'
import { checkRatings } from './rating-books.ts'
import { checkReveals } from './reveal-books.ts'
import { checkSeats } from './seat-books.ts'

/** Every item of the base table, by a consistent scan. */
export async function scanTable(table: Table): Promise<Item[]> {
  const items: Item[] = []
  let start: Record<string, unknown> | undefined
  do {
    const page = await table.client.send(
      new ScanCommand({ TableName: table.name, ConsistentRead: true, ...(start === undefined ? {} : { ExclusiveStartKey: start }) }),
    )
    for (const item of page.Items ?? []) items.push(item as Item)
    start = page.LastEvaluatedKey
  } while (start !== undefined)
  return items
}

/** All broken invariants of these items at an instant; an empty list is a clean bill. */
export function violations(items: readonly Item[], now: string): Violation[] {
  const books = openBooks(items, now)
  return [
    checkSeats,
    checkEnrollments,
    checkOrders,
    checkGroupOrders,
    checkPots,
    checkGrants,
    checkQueues,
    checkAudit,
    checkAttendance,
    checkCatalog,
    checkCrews,
    checkMembers,
    checkMatters,
    checkMessages,
    checkPayments,
    checkPayouts,
    checkPlans,
    checkPlumbing,
    checkQuality,
    checkRatings,
    checkReveals,
  ].flatMap((check) => check(books))
}

/**
 * Checks the table. A scan of a table in use may hold half of a change, so what two scans one after the other both show counts;
 * on a quiet table the second scan is the same as the first. Out: how many items were read, how many public runs have no plan to be judged, and what is broken.
 */
export async function checkBooks(world: World): Promise<{ items: number; unplanned: number; violations: Violation[] }> {
  const first = await scanTable(world.table)
  const read = { items: first.length, unplanned: withoutPlan(openBooks(first, world.now())) }
  const found = violations(first, world.now())
  if (found.length === 0) return { ...read, violations: [] }
  const again = new Set(violations(await scanTable(world.table), world.now()).map((violation) => JSON.stringify(violation)))
  return { ...read, violations: found.filter((violation) => again.has(JSON.stringify(violation))) }
}
