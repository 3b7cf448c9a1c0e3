import type { Command } from '@skills/contract/actor.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { firstMeeting } from '../catalog/run.ts'
import { movedPercent } from '../enrollment/moved-run.ts'
import { outboxStep } from '../outbox.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import { feedQueue } from '../waitlist/feed-queue.ts'
import { freedSeats } from '../waitlist/freed-seats.ts'
import { oneFewerWaits } from '../waitlist/queue-head.table.ts'
import { entrySteps, readEntry } from '../waitlist/waitlist.table.ts'
import type { World } from '../world.ts'
import { seatsIn, type GroupOrderItem } from './group-order.ts'
import { groupOrderSteps, movePools, readGroupOrder } from './group-order.table.ts'
import { withSeatsBack } from './next-group-order.ts'
import { readQuota, releaseQuota, releaseUnpaid } from './quota.table.ts'

export interface GroupEnd {
  before: GroupOrderItem
  run: RunItem
  to: 'lapsed' | 'cancelled'
  by: string
}

/**
 * Ends a group order: open invitations are withdrawn, and what its policy gives back for seats that nobody took is owed from now on. Its seats go back right after
 * (`releaseSeats`); who accepted keeps the seat. Where the run itself was cancelled everything that was paid goes back, and where its provider moved it all of those seats' price, or once it has begun the part that was not taught. One that was offered from the queue and ends unpaid
 * ends its employer's place there too, so that its seats go on to the next. Fails by name: `group order`, `quota`, `entry`, `pointer`, `queue`.
 */
export async function endGroupOrder(
  world: World,
  command: Command | undefined,
  { before, run, to, by }: GroupEnd,
): Promise<Outcome<{ groupOrderId: string }>> {
  const at = world.now()
  const cancelled = run.run.state === 'cancelled'
  const seats = cancelled ? before.seats : seatsIn(before.pools)
  const { times } = before
  const back = {
    seats,
    reason: cancelled ? 'run-cancelled' : 'left',
    firstMeetingAt: firstMeeting(run.run),
    movedPercent: times === undefined ? 0 : movedPercent(run.run, { times }, at),
  } as const
  const ended: GroupOrderItem = {
    ...withSeatsBack(before, back, at, world.id('refund')),
    state: to,
    endedAt: at,
    invitations: before.invitations.map((one) => (one.state === 'open' ? { ...one, state: 'withdrawn', answeredAt: at } : one)),
  }
  const { steps } = groupOrderSteps(before, ended, {
    action: to === 'lapsed' ? 'lapse-group' : 'cancel-group',
    by,
    at,
    commandId: command?.id,
  })
  const unpaid = before.state === 'awaiting-payment' ? await unpaidEnds(world, before, { to, by, at, command, cancelled }) : []
  return transact(world, command, [...steps, ...unpaid], { groupOrderId: before.id })
}

/** What goes with an end that nobody paid before: it is the employer's own, unless the run was cancelled. */
async function unpaidEnds(
  world: World,
  before: GroupOrderItem,
  { cancelled, ...end }: Pick<GroupEnd, 'to' | 'by'> & { at: string; command: Command | undefined; cancelled: boolean },
): Promise<Step[]> {
  const { employerId, seats } = before
  if (cancelled) return [releaseQuota(employerId, seats)]
  const quota = await readQuota(world.table, employerId)
  return [releaseUnpaid(employerId, seats, quota, world.limits, end.at), ...(await placeEnds(world, before, end))]
}

/** An employer that was offered seats and did not pay for them waits no longer for the rest, as a person who lets an offer pass. */
async function placeEnds(
  world: World,
  { runId, waitNumber }: GroupOrderItem,
  { to, by, at, command }: Pick<GroupEnd, 'to' | 'by'> & { at: string; command: Command | undefined },
): Promise<Step[]> {
  const entry = waitNumber === undefined ? undefined : await readEntry(world.table, runId, waitNumber)
  if (entry?.state !== 'waiting') return []
  const { personId } = entry
  const lapsed = to === 'lapsed'
  const change = { action: lapsed ? 'lapse' : 'decline', by, at, commandId: command?.id }
  return [
    ...entrySteps(entry, { ...entry, state: lapsed ? 'lapsed' : 'declined' }, change),
    oneFewerWaits(runId),
    ...(lapsed ? [outboxStep(world, { type: 'offer-ended', personId, runId })] : []),
  ]
}

/** How often another change may come first; what is not reached then is due until it is. */
const mostTries = 30

/**
 * Gives the seats of an ended group order back, all of them in one transaction: set aside for those who wait and then offered first come first, or free for everybody
 * where nobody does. Safe to repeat: what was not reached is due until it is.
 */
export async function releaseSeats(world: World, groupOrderId: string): Promise<void> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const order = await readGroupOrder(world.table, groupOrderId)
    if (order === undefined || order.pools.length === 0 || order.endedAt === null) return
    const { runId, account, pools } = order
    const freed = await freedSeats(world, runId, pools)
    const change = { action: 'release-seats', by: 'system:group-orders', at: world.now() }
    const { steps } = groupOrderSteps(order, { ...order, pools: [] }, change)
    const moves = movePools(world, runId, pools, { from: account, to: freed.to })
    const outcome = await transact(world, undefined, [...steps, ...moves, ...freed.steps], null)
    if ('failed' in outcome) continue
    if (freed.to === 'blocked') await feedQueue(world, runId)
    return
  }
}
