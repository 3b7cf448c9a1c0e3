import { auditStep, type History } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { moveSeat } from '../enrollment/claim-steps.ts'
import type { EnrollmentChange } from '../enrollment/enrollment-item.ts'
import type { SeatTransfer } from '../enrollment/seats.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, readRange, type Item, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { groupOrderDueAt, type GroupOrderItem, type Pool } from './group-order.ts'

/** How many group orders of an employer are listed; operators find an older one by its number. */
const mostListed = 300

/** Reads a group order out of its item. */
export function groupOrderOf(item: Item | undefined): GroupOrderItem | undefined {
  if (item === undefined) return undefined
  const { pk: _pk, sk: _sk, dueBucket: _bucket, dueAt: _at, ...order } = item
  return order as unknown as GroupOrderItem
}

/** One group order, or undefined. Whose it is, its caller looks. */
export async function readGroupOrder(table: Table, id: string): Promise<GroupOrderItem | undefined> {
  return groupOrderOf(await readItem(table, keys.groupOrder.key(id)))
}

/** The group orders of an employer, newest first, `limit` at most. */
export async function readGroupOrders(table: Table, employerId: string, limit = mostListed): Promise<GroupOrderItem[]> {
  const { pk } = keys.groupOrderOfEmployer.key(employerId, '')
  const lines = await readRange(table, { pk, begins: 'GROUP-ORDER#', backward: true, limit })
  return readNamed(table, lines)
}

/** The group orders of a run. */
export async function readGroupOrdersOfRun(table: Table, runId: string): Promise<GroupOrderItem[]> {
  return readNamed(table, await readRange(table, { pk: keys.run.key(runId).pk, begins: 'GROUP-ORDER#' }))
}

async function readNamed(table: Table, lines: readonly Item[]): Promise<GroupOrderItem[]> {
  const items = await readItems(
    table,
    lines.map((line) => keys.groupOrder.key(String(line['groupOrderId']))),
  )
  return items.map(groupOrderOf).filter((order) => order !== undefined)
}

/** The steps that bring a group order to its next state at the version it was read (undefined: it is new), with its audit entry. Fails by the name `group order`. */
export function groupOrderSteps(
  before: GroupOrderItem | undefined,
  next: Omit<GroupOrderItem, keyof History>,
  { action, by, at, commandId }: EnrollmentChange,
): { steps: Step[]; item: GroupOrderItem } {
  const audit = auditStep({ entity: next.id, action, by, at, commandId }, before)
  const item: GroupOrderItem = { ...next, ...audit.history }
  const write: Step = {
    name: 'group order',
    put: {
      item: { ...keys.groupOrder.key(next.id), ...item, ...dueAttributes('groupOrder', next.id, groupOrderDueAt(next)) },
      ...(before === undefined
        ? { condition: 'attribute_not_exists(pk)' }
        : { condition: 'version = :before', values: { ':before': before.version } }),
    },
  }
  return { item, steps: [write, { ...audit.step, name: 'group order audit' }] }
}

/** Moves seats of several shards between two accounts, with their ledger lines: two steps for each shard. Fails by the name `seat`. */
export function movePools(
  world: World,
  runId: string,
  pools: readonly Pool[],
  move: { from: Exclude<SeatTransfer['from'], 'issued'>; to: Exclude<SeatTransfer['to'], 'issued'>; runVersion?: number },
): Step[] {
  const at = world.now()
  return pools.flatMap(({ shard, seats }) => moveSeat(world, { runId, shard, seats, at, personId: null, enrollmentId: null, ...move }))
}
