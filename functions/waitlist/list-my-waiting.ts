import type { Actor } from '@skills/contract/actor.ts'
import type { WaitlistEntry } from '@skills/contract/waitlist.routes.ts'
import type { World } from '@skills/core/world.ts'
import { liveEntries, placeView, waitingBefore } from './place.ts'

/** Every queue the caller stands in, the longest waiting first. */
export async function listMyWaiting(world: World, { actor }: { actor: Actor }): Promise<{ entries: WaitlistEntry[] }> {
  const found = await liveEntries(world, { personId: actor.personId })
  return { entries: await Promise.all(found.map(async ({ entry, title }) => placeView(entry, title, await waitingBefore(world, entry)))) }
}
