import type { Actor, Command } from '@skills/contract/actor.ts'
import type { GroupOrder } from '@skills/contract/employers.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { firstMeeting } from '@skills/core/catalog/run.ts'
import { doneBefore } from '@skills/core/command.ts'
import { groupSeatBack } from '@skills/core/employer/group-seat.ts'
import { groupOrderView, withInvitation, type GroupOrderItem, type InvitationItem } from '@skills/core/employer/group-order.ts'
import { nominators, ownGroupOrder } from '@skills/core/employer/own-group-order.ts'
import { changeGroupOrder } from '@skills/core/employer/pay-group-order.ts'
import { readEnrollment } from '@skills/core/enrollment/enrollment.table.ts'
import { giveSeatBack } from '@skills/core/enrollment/give-seat-back.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { groupOrderId: string; invitationId: string }
}

const mostTries = 20

/**
 * Withdraws an invitation. One that was accepted gives its seat back to the order, so that somebody else of the firm can have it, and its person is told; that is possible
 * until the run begins. Out: the order as it is then. Refuses `not-found`, `illegal-transition`, `cancellation-closed`.
 */
export async function withdrawInvitation(world: World, { actor, command, params }: Call): Promise<GroupOrder> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const order = await ownGroupOrder(world, actor, params.groupOrderId, nominators)
    const done = await doneBefore<unknown>(world, command)
    if (done !== undefined) return groupOrderView(order)
    const invitation = order.invitations.find(({ id }) => id === params.invitationId)
    if (invitation === undefined) throw new Refusal('not-found')
    const by = actor.personId
    if (invitation.state === 'accepted') {
      if (await takeSeatBack(world, command, order, invitation, by)) return shown()
    } else if (invitation.state === 'open') {
      const withdrawn = { ...invitation, state: 'withdrawn' as const, answeredAt: world.now() }
      const next = { ...order, invitations: withInvitation(order.invitations, withdrawn) }
      if ('answer' in (await changeGroupOrder(world, command, order, next, { action: 'withdraw-invitation', by }))) return shown()
    } else throw new Refusal('illegal-transition', { current: invitation.state, allowed: [] })
    await world.pause(world.chance(20) + 1)
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })

  async function shown() {
    return groupOrderView(await ownGroupOrder(world, actor, params.groupOrderId, nominators))
  }
}

/** The seat of an accepted invitation goes back to the order; says whether it did, or whether something changed between. */
async function takeSeatBack(world: World, command: Command, order: GroupOrderItem, { personId, enrollmentId }: InvitationItem, by: string) {
  const run = runOf(await readItem(world.table, keys.run.key(order.runId)))
  const { item: before, schedule } = await readEnrollment(world, personId ?? '', enrollmentId ?? '')
  if (run === undefined || before === undefined) throw new Error(`a seat of ${order.id} is not there`)
  if (before.enrollment.state !== 'active') return false
  const until = firstMeeting(run.run)
  if (world.now() >= until) throw new Refusal('cancellation-closed', { until })
  const group = await groupSeatBack(world, before, run, { to: 'withdrawn', by })
  const leaving = { before, schedule, run, to: 'cancelled', by, withdrawn: true } as const
  const freed = group?.freed === undefined ? {} : { freed: group.freed }
  const outcome = await giveSeatBack(world, command, { ...leaving, ...freed }, group?.steps ?? [])
  return 'answer' in outcome
}
