import { Refusal } from '@skills/contract/refusals.ts'
import { offerRegistrationAt } from '../catalog/offer.ts'
import { readOffer } from '../catalog/offer.table.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { transferStep } from '../enrollment/seats.table.ts'
import { outboxStep } from '../outbox.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { nextInQueue } from './next-in-queue.ts'
import { offerEnd, type WaitlistItem } from './waitlist.ts'
import { entrySteps, nobodyWaits, oneFewerWaits, readQueueHead } from './waitlist.table.ts'

/** Where a freed seat goes, and the steps that must go with it in the same transaction. */
export interface Freed {
  to: 'free' | 'held' | 'blocked'
  steps: Step[]
  /** Who is offered the seat, or null. */
  personId: string | null
}

/** How often the queue is read again when somebody joins at this very moment. */
const mostLooks = 5

/**
 * Decides where a seat of a shard goes that is given back now: held for the first of the queue who may still take it, with an offer and its end, or free for
 * everybody where nobody waits or it is too late for offers. Those who may no longer are skipped on the way, each told why. Fails by the names `entry`, `pointer`, `queue`: decide again.
 */
export async function freedSeat(world: World, run: RunItem, shard: string): Promise<Freed> {
  const { id: runId, closesAt } = run.run
  for (let look = 0; look < mostLooks; look += 1) {
    const now = world.now()
    const head = await readQueueHead(world.table, runId)
    if (head.waiting === 0) return { to: 'free', steps: [nobodyWaits(runId, head)], personId: null }
    const until = offerEnd(now, closesAt)
    const offer = until === undefined ? undefined : await readOffer(world.table, runId)
    // Too late, or the run is over: no more offers are made, so the queue no longer stands before a free seat.
    if (until === undefined || offer === undefined || offerRegistrationAt(offer, now) !== 'open')
      return { to: 'free', steps: [], personId: null }
    const next = await nextInQueue(world, offer)
    if (next !== undefined) return { to: 'held', steps: offerSteps(world, next, shard, until), personId: next.personId }
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

/** The offer of a seat of a shard to who is next: the entry, the count of the queue, the notice, and the seat's line from free to held. */
export function offerSteps(world: World, next: WaitlistItem, shard: string, until: string): Step[] {
  const at = world.now()
  const { personId, runId } = next
  return [
    ...entrySteps(
      next,
      { ...next, state: 'offered', offeredAt: at, offerUntil: until, shard },
      { action: 'offer', by: 'system:queue', at },
    ),
    oneFewerWaits(runId),
    transferStep(world, { runId, shard, from: 'free', to: 'held', seats: 1, at, personId, enrollmentId: null }),
    outboxStep(world, { type: 'seat-offered', personId, runId, until }),
  ]
}
