import type { Actor } from '@skills/contract/actor.ts'
import { lastMeeting } from '@skills/core/catalog/run.ts'
import type { World } from '@skills/core/world.ts'
import { myInvitation, myInvitations } from './my-invitation.ts'

/** Seats that employers offer the caller or that she answered, for runs that are not over, newest first. */
export async function listMyInvitations(world: World, { actor }: { actor: Actor }) {
  const mine = await myInvitations(world, actor.personId)
  return { invitations: mine.filter(({ run }) => lastMeeting(run.run) > world.now()).map(myInvitation) }
}
