import type { Command } from '@skills/contract/actor.ts'
import type { RunItem } from '../catalog/run-item.ts'
import type { ReadClaimant } from '../enrollment/claimant.table.ts'
import { takeSeat } from '../enrollment/take-seat.ts'
import { splitOf } from '../order/split.ts'
import { endPlace } from '../waitlist/accept-offer.ts'
import type { Outcome, Step } from '../transact.ts'
import type { World } from '../world.ts'
import { withInvitation, withSeats, type GroupOrderItem, type InvitationItem } from './group-order.ts'
import { groupOrderSteps, readGroupOrder } from './group-order.table.ts'

export interface Acceptance {
  order: GroupOrderItem
  invitation: InvitationItem
  run: RunItem
  person: ReadClaimant
  personId: string
  healthCommitment: boolean
}

/** How often an order that others of the firm changed meanwhile is read again before everything is judged again. */
const mostTurns = 30

/**
 * An invited person takes a seat of the group order: blocked → sold, all of it paid by the employer, the order with one seat fewer in its hands and the invitation
 * accepted, in the claim's own transaction; a place in the run's queue ends with it. All of a firm who accept at one moment take turns at the order.
 * Out: the accepted invitation; undefined where something else changed: judge again.
 */
export async function acceptInvitation(world: World, command: Command, acceptance: Acceptance): Promise<InvitationItem | undefined> {
  const { run, person } = acceptance
  const { waiting } = person
  const place = waiting === undefined || waiting.state === 'over' ? [] : await endPlace(world, run.run.id, waiting.number)
  let { order, invitation } = acceptance
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const { outcome, accepted } = await accept(world, command, { ...acceptance, order, invitation }, place)
    if (outcome === undefined) return undefined
    if ('answer' in outcome) return accepted
    if (outcome.failed !== 'group order') return undefined
    await world.pause(world.chance(Math.min(2_000, 40 * (turn + 1))) + 1)
    const now = await readGroupOrder(world.table, order.id)
    const open = now?.invitations.find(({ id, state }) => id === invitation.id && state === 'open')
    if (now === undefined || open === undefined) return undefined
    order = now
    invitation = open
  }
  return undefined
}

/** One try, on the order as it was read. */
async function accept(
  world: World,
  command: Command,
  { order, invitation, run, person, personId, healthCommitment }: Acceptance,
  place: readonly Step[],
): Promise<{ outcome: Outcome<unknown> | undefined; accepted: InvitationItem }> {
  const { maskedName, claimant } = person
  const at = world.now()
  const enrollmentId = world.id('enrollment')
  const accepted: InvitationItem = { ...invitation, state: 'accepted', answeredAt: at, personId, maskedName, enrollmentId }
  const [pool] = order.pools
  if (pool === undefined || order.state !== 'paid') return { outcome: undefined, accepted }
  const next: GroupOrderItem = {
    ...order,
    pools: withSeats(order.pools, pool.shard, -1),
    invitations: withInvitation(order.invitations, accepted),
  }
  const { steps } = groupOrderSteps(order, next, { action: 'accept-invitation', by: personId, at, commandId: command.id })
  const { id: groupOrderId, refundPolicy, seatFen } = order
  const terms = { split: splitOf(seatFen, { employerFen: seatFen }), grants: [], refundPolicy, groupOrderId }
  const outcome = await takeSeat(
    world,
    command,
    {
      ...{ personId, maskedName, run, healthCommitment, enrollmentId, terms },
      shard: pool.shard,
      schedule: claimant.schedule,
      from: 'blocked',
    },
    [...steps, ...place],
  )
  return { outcome, accepted }
}
