import { keys } from '../keys.ts'
import { readItem } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { entrySteps, waitlistItemOf } from './waitlist.table.ts'

/** An offer that is being taken: the shard whose held seat it is, and the steps that end the waiting in the claim's own transaction. */
export interface TakenOffer {
  shard: string
  from: 'held'
  steps: Step[]
}

/** The offer behind a number of a run's queue, if it still stands at this instant; undefined when it has ended: then the seat is the next one's. */
export async function acceptOffer(world: World, runId: string, number: string): Promise<TakenOffer | undefined> {
  const entry = waitlistItemOf(await readItem(world.table, keys.waitlistEntry.key(runId, number)))
  const at = world.now()
  if (entry?.state !== 'offered' || entry.shard === null || entry.offerUntil === null || entry.offerUntil <= at) return undefined
  const steps = entrySteps(entry, { ...entry, state: 'accepted' }, { action: 'accept', by: entry.personId, at })
  return { shard: entry.shard, from: 'held', steps }
}
