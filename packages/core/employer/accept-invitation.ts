import type { Command } from '@skills/contract/actor.ts'
import type { RunItem } from '../catalog/run-item.ts'
import type { ReadClaimant } from '../enrollment/claimant.table.ts'
import { takeSeat } from '../enrollment/take-seat.ts'
import { splitOf } from '../order/split.ts'
import { endPlace } from '../waitlist/accept-offer.ts'
import type { World } from '../world.ts'
import { withInvitation, withSeats, type GroupOrderItem, type InvitationItem } from './group-order.ts'
import { groupOrderSteps } from './group-order.table.ts'

export interface Acceptance {
  order: GroupOrderItem
  invitation: InvitationItem
  run: RunItem
  person: ReadClaimant
  personId: string
  healthCommitment: boolean
}

/**
 * An invited person takes a seat of the group order: blocked → sold, all of it paid by the employer, the order with one seat fewer in its hands and the invitation
 * accepted, in the claim's own transaction; a place in the run's queue ends with it. Out: the accepted invitation; undefined where something changed: judge again.
 */
export async function acceptInvitation(
  world: World,
  command: Command,
  { order, invitation, run, person, personId, healthCommitment }: Acceptance,
): Promise<InvitationItem | undefined> {
  const [pool] = order.pools
  if (pool === undefined || order.state !== 'paid') return undefined
  const { maskedName, claimant, waiting } = person
  const place = waiting === undefined || waiting.state === 'over' ? [] : await endPlace(world, run.run.id, waiting.number)
  const at = world.now()
  const enrollmentId = world.id('enrollment')
  const accepted: InvitationItem = { ...invitation, state: 'accepted', answeredAt: at, personId, maskedName, enrollmentId }
  const next: GroupOrderItem = {
    ...order,
    pools: withSeats(order.pools, pool.shard, -1),
    invitations: withInvitation(order.invitations, accepted),
  }
  const { steps } = groupOrderSteps(order, next, { action: 'accept-invitation', by: personId, at, commandId: command.id })
  const outcome = await takeSeat(
    world,
    command,
    {
      personId,
      maskedName,
      run,
      shard: pool.shard,
      schedule: claimant.schedule,
      healthCommitment,
      enrollmentId,
      from: 'blocked',
      terms: {
        split: splitOf(order.seatFen, { employerFen: order.seatFen }),
        grants: [],
        refundPolicy: order.refundPolicy,
        groupOrderId: order.id,
      },
    },
    [...steps, ...place],
  )
  return 'answer' in outcome ? accepted : undefined
}
