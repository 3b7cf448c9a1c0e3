import type { Actor } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readOffer } from '@skills/core/catalog/offer.table.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { readQueueHead } from '@skills/core/waitlist/queue-head.table.ts'
import { readEntry, type WaitingPointer } from '@skills/core/waitlist/waitlist.table.ts'
import { isLive, placeView, waitingBefore } from './place.ts'

interface Call {
  actor: Actor
  params: { runId: string }
}

/** Where the caller stands in the queue of a run, and how many wait in it. Refuses `not-found`. */
export async function getMyPlace(world: World, { actor, params: { runId } }: Call) {
  const run = await readOffer(world.table, runId)
  if (run === undefined) throw new Refusal('not-found')
  const [head, item] = await Promise.all([
    readQueueHead(world.table, runId),
    readItem(world.table, keys.waitingFor.key(actor.personId, runId)),
  ])
  const pointer = item as unknown as WaitingPointer | undefined
  const entry = pointer === undefined ? undefined : await readEntry(world.table, runId, pointer.number)
  if (entry === undefined || !isLive(entry, world.now())) return { entry: null, waiting: head.waiting }
  return { entry: placeView(entry, run.title, await waitingBefore(world, entry)), waiting: head.waiting }
}
