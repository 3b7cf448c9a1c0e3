import type { Command } from '@skills/contract/actor.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { GroupOrderItem } from './group-order.ts'
import { groupOrderSteps, movePools } from './group-order.table.ts'
import { releaseQuota } from './quota.table.ts'

export interface GroupPayment {
  before: GroupOrderItem
  /** The order with the payment in it. */
  order: GroupOrderItem
  paidBy: NonNullable<GroupOrderItem['paidBy']>
  by: string
}

/**
 * A group order is paid for: its seats held → blocked, no longer counted as unpaid, the employer's invoice asked for, in one transaction on the condition that
 * nothing of it changed. `more` is what makes the payment count once. Fails by name: `group order`, `seat`, `quota`, and the names in `more`.
 */
export function payGroupOrder(
  world: World,
  command: Command | undefined,
  { before, order, paidBy, by }: GroupPayment,
  more: readonly Step[] = [],
): Promise<Outcome<{ groupOrderId: string }>> {
  const at = world.now()
  const paid: GroupOrderItem = { ...order, state: 'paid', account: 'blocked', paidAt: at, paidBy, invoicesAt: at }
  const { steps } = groupOrderSteps(before, paid, { action: 'pay-group', by, at, commandId: command?.id })
  return transact(
    world,
    command,
    [
      ...steps,
      ...movePools(world, before.runId, before.pools, { from: 'held', to: 'blocked' }),
      releaseQuota(before.employerId, before.seats),
      ...more,
    ],
    { groupOrderId: before.id },
  )
}

/** Changes only the group order (a checkout opened, a refund sent, an invitation), at the version it was read. Fails by the name `group order`, or one in `more`. */
export function changeGroupOrder(
  world: World,
  command: Command | undefined,
  before: GroupOrderItem,
  next: GroupOrderItem,
  { action, by }: { action: string; by: string },
  more: readonly Step[] = [],
): Promise<Outcome<{ groupOrderId: string }>> {
  const { steps } = groupOrderSteps(before, next, { action, by, at: world.now(), commandId: command?.id })
  return transact(world, command, [...steps, ...more], { groupOrderId: before.id })
}
