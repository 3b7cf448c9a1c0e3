import type { Actor, Command } from '@skills/contract/actor.ts'
import type { MyInvitation } from '@skills/contract/employers.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { firstMeeting } from '@skills/core/catalog/run.ts'
import { readOffer } from '@skills/core/catalog/offer.table.ts'
import { doneBefore } from '@skills/core/command.ts'
import { acceptInvitation } from '@skills/core/employer/accept-invitation.ts'
import { withInvitation } from '@skills/core/employer/group-order.ts'
import { changeGroupOrder } from '@skills/core/employer/pay-group-order.ts'
import { readClaimant } from '@skills/core/enrollment/claimant.table.ts'
import { obstacles } from '@skills/core/enrollment/enrollment.ts'
import { identityNoticeVersion } from '@skills/core/people/consent.ts'
import { endOffer } from '@skills/core/waitlist/end-offer.ts'
import type { World } from '@skills/core/world.ts'
import type * as z from 'zod/mini'
import { myInvitation, myInvitations, type Mine } from './my-invitation.ts'

interface Call {
  actor: Actor
  command: Command
  params: { invitationId: string }
  body: { accept: boolean; healthCommitment?: true | undefined }
}

/** Everybody who is invited by one order writes it, so many may answer at the same moment: each tries again for so long, in milliseconds, and at least so often. */
const patienceMs = 12_000
const leastTries = 60

/**
 * Accepts or declines a seat that an employer paid for. Accepting is a claim like any other, judged by the same conditions and limits, only that nothing is to be paid and the
 * seat is one of the order's; it is possible until the run begins, also after registration closed. Out: the invitation as it is then.
 * Refuses `not-found`, `illegal-transition`, and what stands between a person and a seat.
 */
export async function answerInvitation(world: World, call: Call): Promise<z.infer<typeof MyInvitation>> {
  const { actor, command, params } = call
  const began = world.tick()
  for (let attempt = 0; attempt < leastTries || world.tick() - began < patienceMs; attempt += 1) {
    const mine = (await myInvitations(world, actor.personId)).find(({ invitation }) => invitation.id === params.invitationId)
    if (mine === undefined) throw new Refusal('not-found')
    const done = await doneBefore<unknown>(world, command)
    if (done !== undefined) return myInvitation(mine)
    const { invitation, run } = mine
    if (invitation.state !== 'open') throw new Refusal('illegal-transition', { current: invitation.state, allowed: [] })
    if (world.now() >= firstMeeting(run.run)) throw new Refusal('illegal-transition', { current: 'running', allowed: [] })
    const next = await (call.body.accept ? accept(world, call, mine) : decline(world, call, mine))
    if (next !== undefined) return next
    await world.pause(world.chance(Math.min(1_000, 20 * (attempt + 1))) + 1)
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

/** Undefined: something changed between, judge again. */
async function decline(world: World, { actor: { personId }, command }: Call, mine: Mine) {
  const { order, invitation } = mine
  const answered = { ...invitation, state: 'declined' as const, answeredAt: world.now(), personId }
  const next = { ...order, invitations: withInvitation(order.invitations, answered) }
  const outcome = await changeGroupOrder(world, command, order, next, { action: 'decline-invitation', by: personId })
  return 'answer' in outcome ? myInvitation({ ...mine, invitation: answered }) : undefined
}

async function accept(world: World, { actor: { personId }, command, body }: Call, mine: Mine) {
  const runId = mine.order.runId
  const run = await readOffer(world.table, runId)
  if (run === undefined) throw new Refusal('not-found')
  const person = await readClaimant(world, personId, runId, undefined)
  const healthCommitment = body.healthCommitment === true
  const terms = { now: world.now(), identityNotice: identityNoticeVersion, healthCommitment, limits: world.limits, paidFor: true }
  // The order's seats were bought while registration was open; whom they go to may change until the run begins.
  const [first] = obstacles(run, person.claimant, terms).filter(
    ({ code }) => code !== 'registration-closed' && code !== 'registration-not-open',
  )
  if (first !== undefined) {
    const done = await doneBefore<unknown>(world, command)
    if (done === undefined) throw first
    return undefined
  }
  const { waiting } = person
  if (waiting?.state === 'offered') {
    // The seat that the queue held for her is the next one's.
    await endOffer(world, { runId, number: waiting.number, to: 'declined', by: personId, seatElsewhere: true })
    return undefined
  }
  const accepted = await acceptInvitation(world, command, { ...mine, run, person, personId, healthCommitment })
  return accepted === undefined ? undefined : myInvitation({ ...mine, invitation: accepted })
}
