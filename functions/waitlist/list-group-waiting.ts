import type { Actor } from '@skills/contract/actor.ts'
import type { GroupPlace } from '@skills/contract/group-waitlist.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { buyers } from '@skills/core/employer/own-group-order.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import type { World } from '@skills/core/world.ts'
import { groupPlaceView } from './group-place.ts'
import { liveEntries, waitingBefore } from './place.ts'

interface Call {
  actor: Actor
  params: { employerId: string }
}

/** Every queue an employer stands in, the longest waiting first. Refuses `not-found` for who does not act for it. */
export async function listGroupWaiting(world: World, { actor, params: { employerId } }: Call): Promise<{ places: GroupPlace[] }> {
  if (!mayAct(actor, employerId, buyers)) throw new Refusal('not-found')
  const found = await liveEntries(world, { employerId })
  return {
    places: await Promise.all(found.map(async ({ entry, title }) => groupPlaceView(entry, title, await waitingBefore(world, entry)))),
  }
}
