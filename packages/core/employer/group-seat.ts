import type { RunItem } from '../catalog/run-item.ts'
import { firstMeeting } from '../catalog/run.ts'
import { movedSince } from '../enrollment/enrollment.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { withInvitation, withSeats, type GroupOrderItem, type InvitationItem } from './group-order.ts'
import { groupOrderSteps, readGroupOrder } from './group-order.table.ts'
import { seatsRefund } from './next-group-order.ts'

/** What goes with a seat of a group order that its person no longer has. */
export interface GroupSeatBack {
  /** Back to the order, for somebody else of the firm; left out where the order is over: then the seat is the next one's or free. */
  freed: 'blocked' | undefined
  steps: Step[]
}

/**
 * The steps that go with giving back a seat that a group order paid for, in the same transaction: while the order lives the seat returns to it and no money moves;
 * afterwards (or when the run was cancelled) the employer gets this seat's money back by the order's policy. In: the enrollment as it was read, the
 * state its invitation gets. Undefined: no employer paid for it. Fails by the name `group order`: read again and judge again.
 */
export async function groupSeatBack(
  world: World,
  { enrollment, order, shard, times }: EnrollmentItem,
  run: RunItem,
  { to, by }: { to: 'declined' | 'withdrawn'; by: string },
): Promise<GroupSeatBack | undefined> {
  if (typeof order?.groupOrderId !== 'string') return undefined
  const before = await readGroupOrder(world.table, order.groupOrderId)
  if (before === undefined) throw new Error(`${order.groupOrderId} is not there`)
  const at = world.now()
  const invitation = before.invitations.find(({ enrollmentId }) => enrollmentId === enrollment.id)
  const answered: InvitationItem[] =
    invitation === undefined ? before.invitations : withInvitation(before.invitations, { ...invitation, state: to, answeredAt: at })
  const lives = before.state === 'paid' && run.run.state !== 'cancelled'
  const next: GroupOrderItem = lives
    ? { ...before, invitations: answered, pools: withSeats(before.pools, shard, 1) }
    : {
        ...before,
        invitations: answered,
        refunds: [...before.refunds, ...refundOf(world, before, run, movedSince(run.run, { times }), at)],
      }
  const { steps } = groupOrderSteps(before, next, { action: 'seat-back', by, at })
  return { freed: lives ? 'blocked' : undefined, steps }
}

function refundOf(world: World, before: GroupOrderItem, run: RunItem, moved: boolean, at: string) {
  const reason = run.run.state === 'cancelled' ? 'run-cancelled' : 'left'
  const refund = seatsRefund(before, { seats: 1, reason, firstMeetingAt: firstMeeting(run.run), moved }, at, world.id('refund'))
  return refund === undefined ? [] : [refund]
}
