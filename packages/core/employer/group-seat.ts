import type { RunItem } from '../catalog/run-item.ts'
import { firstMeeting } from '../catalog/run.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { movedPercent } from '../enrollment/moved-run.ts'
import { refundedFen } from '../order/order.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { withInvitation, withSeats, type GroupOrderItem, type InvitationItem } from './group-order.ts'
import { groupOrderSteps, readGroupOrder } from './group-order.table.ts'
import { withSeatsBack, type SeatsBack } from './next-group-order.ts'

/** What goes with a seat of a group order that its person no longer has. */
export interface GroupSeatBack {
  /** Back to the order, for somebody else of the firm; left out where the order is over: then the seat is the next one's or free. */
  freed: 'blocked' | undefined
  steps: Step[]
  /** What the employer is owed for it, in fen, and who is told; null where nobody is known to have bought it. */
  employerFen: number
  buyerId: string | null
}

/**
 * The steps that go with giving back a seat that a group order paid for, in the same transaction: while the order lives the seat returns to it and no money moves;
 * afterwards (or when the run was cancelled) the employer gets this seat's money back by the order's policy; in force majeure it gets all of it at once, and the seat
 * is the order's no more. In: the enrollment as it was read, the state its invitation gets. Undefined: no employer paid for it. Fails by the name `group order`: read again and judge again.
 */
export async function groupSeatBack(
  world: World,
  { enrollment, order, shard, times }: EnrollmentItem,
  run: RunItem,
  { to, by, forceMajeure = false }: { to: 'declined' | 'withdrawn'; by: string; forceMajeure?: boolean },
): Promise<GroupSeatBack | undefined> {
  if (typeof order?.groupOrderId !== 'string') return undefined
  const before = await readGroupOrder(world.table, order.groupOrderId)
  if (before === undefined) throw new Error(`${order.groupOrderId} is not there`)
  const at = world.now()
  const invitation = before.invitations.find(({ enrollmentId }) => enrollmentId === enrollment.id)
  const answered: InvitationItem[] =
    invitation === undefined ? before.invitations : withInvitation(before.invitations, { ...invitation, state: to, answeredAt: at })
  const lives = before.state === 'paid' && run.run.state !== 'cancelled'
  const kept = lives && !forceMajeure
  const next: GroupOrderItem = {
    ...(kept ? before : withSeatsBack(before, backOf(run, { times }, forceMajeure, at), at, world.id('refund'))),
    invitations: answered,
    ...(kept ? { pools: withSeats(before.pools, shard, 1) } : {}),
    ...(lives && forceMajeure ? { seatsBack: (before.seatsBack ?? 0) + 1 } : {}),
  }
  const { steps } = groupOrderSteps(before, next, { action: forceMajeure ? 'force-majeure' : 'seat-back', by, at })
  const employerFen = refundedFen(next, true) - refundedFen(before, true)
  return { freed: kept ? 'blocked' : undefined, steps, employerFen, buyerId: before.buyerId ?? null }
}

function backOf({ run }: RunItem, admitted: Pick<EnrollmentItem, 'times'>, forceMajeure: boolean, at: string): SeatsBack {
  const reason = forceMajeure ? 'force-majeure' : run.state === 'cancelled' ? 'run-cancelled' : 'left'
  return { seats: 1, reason, firstMeetingAt: firstMeeting(run), movedPercent: movedPercent(run, admitted, at) }
}
