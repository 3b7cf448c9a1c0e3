import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { endOffer } from './end-offer.ts'
import { oneFewerWaits } from './queue-head.table.ts'
import { entrySteps, readEntry } from './waitlist.table.ts'

/** A place in the queue that ends with a claim: the steps that end it in the claim's own transaction, and where the seat comes from: her offer's, or free for everybody. */
export interface TakenPlace {
  shard: string | undefined
  from: 'held' | 'free'
  steps: Step[]
}

/**
 * The place behind a number of a run's queue, for who claims a seat now: an offer that still stands gives its seat; who still waits leaves the queue with the
 * claim, so that nobody waits and is enrolled at once. An offer whose time is over ends here and now, its seat is the next one's; then, and where the place
 * is over, undefined.
 */
export async function acceptOffer(world: World, runId: string, number: string): Promise<TakenPlace | undefined> {
  const entry = await readEntry(world.table, runId, number)
  const at = world.now()
  if (entry === undefined) return undefined
  const { personId, shard } = entry
  if (entry.state === 'waiting') {
    const steps = entrySteps(entry, { ...entry, state: 'left' }, { action: 'claim', by: personId, at })
    return { shard: undefined, from: 'free', steps: [...steps, oneFewerWaits(runId)] }
  }
  if (entry.state !== 'offered' || shard === null || entry.offerUntil === null) return undefined
  if (entry.offerUntil <= at) {
    await endOffer(world, { runId, number, to: 'lapsed', by: 'system:queue' })
    return undefined
  }
  return { shard, from: 'held', steps: entrySteps(entry, { ...entry, state: 'accepted' }, { action: 'accept', by: personId, at }) }
}

/**
 * The place of somebody who gets a seat another way (her employer's): the steps that end it beside that seat. An offer is declined here and now, so that the seat
 * it holds goes to the next.
 */
export async function endPlace(world: World, runId: string, number: string): Promise<Step[]> {
  const entry = await readEntry(world.table, runId, number)
  if (entry?.state === 'waiting') return (await acceptOffer(world, runId, number))?.steps ?? []
  if (entry?.state === 'offered') await endOffer(world, { runId, number, to: 'declined', by: entry.personId, seatElsewhere: true })
  return []
}
