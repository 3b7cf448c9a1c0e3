import type { Command } from '@skills/contract/actor.ts'
import { runOf, type RunItem } from '../catalog/run-item.ts'
import { firstMeeting } from '../catalog/run.ts'
import { moveSeat } from '../enrollment/claim-steps.ts'
import { keys } from '../keys.ts'
import { readItem } from '../table.ts'
import { transact, type Outcome } from '../transact.ts'
import { freedSeat } from '../waitlist/freed-seat.ts'
import type { World } from '../world.ts'
import { seatsIn, withSeats, type GroupOrderItem } from './group-order.ts'
import { groupOrderSteps, movePools, readGroupOrder, releaseQuota } from './group-order.table.ts'
import { seatsRefund } from './next-group-order.ts'

export interface GroupEnd {
  before: GroupOrderItem
  run: RunItem
  to: 'lapsed' | 'cancelled'
  by: string
}

/**
 * Ends a group order: open invitations are withdrawn, and what its policy gives back for seats that nobody took is owed from now on. Its seats go back right after
 * (`releaseSeats`); who accepted keeps the seat. Where the run itself was cancelled everything that was paid goes back. Fails by name: `group order`, `quota`.
 */
export function endGroupOrder(
  world: World,
  command: Command | undefined,
  { before, run, to, by }: GroupEnd,
): Promise<Outcome<{ groupOrderId: string }>> {
  const at = world.now()
  const cancelled = run.run.state === 'cancelled'
  const seats = cancelled ? before.seats : seatsIn(before.pools)
  const back = { seats, reason: cancelled ? 'run-cancelled' : 'left', firstMeetingAt: firstMeeting(run.run) } as const
  const refund = seatsRefund(before, back, at, world.id('refund'))
  const ended: GroupOrderItem = {
    ...before,
    state: to,
    endedAt: at,
    refunds: [...before.refunds, ...(refund === undefined ? [] : [refund])],
    invitations: before.invitations.map((one) => (one.state === 'open' ? { ...one, state: 'withdrawn', answeredAt: at } : one)),
  }
  const { steps } = groupOrderSteps(before, ended, {
    action: to === 'lapsed' ? 'lapse-group' : 'cancel-group',
    by,
    at,
    commandId: command?.id,
  })
  const unpaid = before.state === 'awaiting-payment' ? [releaseQuota(before.employerId, before.seats)] : []
  return transact(world, command, [...steps, ...unpaid], { groupOrderId: before.id })
}

/** More than any order has seats, and room for others who change it at the same time. */
const mostSteps = 400

/**
 * Gives the seats of an ended group order back: to those who wait, one by one and first come first, each with the offer in the same transaction; what is left is
 * free for everybody in one transaction. Safe to repeat: what was not reached is due until it is.
 */
export async function releaseSeats(world: World, groupOrderId: string): Promise<void> {
  for (let step = 0; step < mostSteps; step += 1) {
    const order = await readGroupOrder(world.table, groupOrderId)
    const [first] = order?.pools ?? []
    if (order === undefined || first === undefined || order.endedAt === null) return
    const run = runOf(await readItem(world.table, keys.run.key(order.runId)))
    if (run === undefined) throw new Error(`the run of ${groupOrderId} is not there`)
    const at = world.now()
    const { runId, account } = order
    const freed = await freedSeat(world, run, first.shard)
    const change = { action: 'release-seats', by: 'system:group-orders', at }
    const pools = freed.to === 'free' ? [] : withSeats(order.pools, first.shard, -1)
    const { steps } = groupOrderSteps(order, { ...order, pools }, change)
    const seats =
      freed.to === 'free'
        ? movePools(world, runId, order.pools, { from: account, to: 'free' })
        : moveSeat(world, {
            runId,
            shard: first.shard,
            from: account,
            to: freed.to,
            written: 'free',
            at,
            personId: null,
            enrollmentId: null,
          })
    // Whatever condition failed, the next round reads everything again.
    await transact(world, undefined, [...steps, ...seats, ...freed.steps], null)
  }
}
