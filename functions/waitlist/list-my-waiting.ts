import type { Actor } from '@skills/contract/actor.ts'
import type { WaitlistEntry } from '@skills/contract/waitlist.routes.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { keys } from '@skills/core/keys.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { readWaitingFor, waitlistItemOf } from '@skills/core/waitlist/waitlist.table.ts'
import { isLive, placeView, waitingBefore } from './place.ts'

/** Every queue the caller stands in, the longest waiting first. */
export async function listMyWaiting(world: World, { actor }: { actor: Actor }): Promise<{ entries: WaitlistEntry[] }> {
  const pointers = await readWaitingFor(world.table, actor.personId)
  const [entries, runs] = await Promise.all([
    readItems(
      world.table,
      pointers.map(({ runId, number }) => keys.waitlistEntry.key(runId, number)),
    ),
    readItems(
      world.table,
      pointers.map(({ runId }) => keys.run.key(runId)),
    ),
  ])
  const found = pointers.flatMap((_, place) => {
    const entry = waitlistItemOf(entries[place])
    const run = runOf(runs[place])
    return entry === undefined || run === undefined || !isLive(entry, world.now()) ? [] : [{ entry, title: run.title }]
  })
  const views = await Promise.all(found.map(async ({ entry, title }) => placeView(entry, title, await waitingBefore(world, entry))))
  return { entries: views.sort((a, b) => (a.joinedAt < b.joinedAt ? -1 : 1)) }
}
