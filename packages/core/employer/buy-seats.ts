import type { Command } from '@skills/contract/actor.ts'
import { keys } from '../keys.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { RunItem } from '../catalog/run-item.ts'
import type { EnrollmentChange } from '../enrollment/enrollment-item.ts'
import type { SeatHead } from '../enrollment/seats.ts'
import { groupHoldEnd, newGroupOrder, type GroupOrderParts, type Pool } from './group-order.ts'
import { groupOrderSteps, movePools } from './group-order.table.ts'
import { takeQuota } from './quota.table.ts'

/** From which shards so many seats come, those with the most free first, or undefined where there are not enough. */
export function poolsFor(heads: readonly SeatHead[], seats: number): Pool[] | undefined {
  let rest = seats
  const pools: Pool[] = []
  for (const { shard, free } of heads.toSorted((a, b) => b.free - a.free)) {
    const taken = Math.min(free, rest)
    if (taken > 0) pools.push({ shard, seats: taken })
    rest -= taken
  }
  return rest > 0 ? undefined : pools.sort((a, b) => (a.shard < b.shard ? -1 : 1))
}

/**
 * Takes all seats of a group order at once, or none: one transaction with the seats of every shard, the employer's quota, the order with its pointers, audit
 * and the command's record (at most 38 writes). In: the order's parts and the run they were judged by, and how long its employer held seats of it for nothing before. The record keeps the order's id alone.
 * Fails by name: `seat` (a shard has fewer, or the run changed), `quota`.
 */
export function buySeats(
  world: World,
  command: Command,
  parts: GroupOrderParts,
  run: RunItem,
  { by, usedMinutes }: { by: string; usedMinutes: number },
): Promise<Outcome<{ groupOrderId: string }>> {
  const at = world.now()
  const { id, runId, pools } = parts
  const holdUntil = groupHoldEnd(parts.payBy, at, run.run.closesAt, world.limits.transferHoldHours, usedMinutes)
  const change = { action: 'hold-group', by, at, commandId: command.id }
  return transact(
    world,
    command,
    [
      ...newGroupOrderSteps(world, parts, holdUntil, change),
      ...movePools(world, runId, pools, { from: 'free', to: 'held', runVersion: run.version }),
    ],
    { groupOrderId: id },
  )
}

/** A new group order with its pointers and its part of the employer's quota; its seats are moved by the caller. Fails by name: `quota`. */
export function newGroupOrderSteps(world: World, parts: GroupOrderParts, holdUntil: string, change: EnrollmentChange): Step[] {
  const { id, employerId, runId } = parts
  const { steps, item } = groupOrderSteps(undefined, newGroupOrder(parts, change.at, holdUntil), change)
  return [
    ...steps,
    { name: 'pointer of employer', put: { item: { ...keys.groupOrderOfEmployer.key(employerId, id), groupOrderId: id } } },
    { name: 'pointer of run', put: { item: { ...keys.groupOrderOfRun.key(runId, id), groupOrderId: id } } },
    takeQuota(employerId, item.seats, world.limits, change.at),
  ]
}
