import { Refusal } from '@skills/contract/refusals.ts'
import { readOffer } from '../catalog/offer.table.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { transferStep } from '../enrollment/seats.table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { nextInQueue } from './next-in-queue.ts'
import { makeOffer } from './make-offer.ts'
import { nobodyWaits, oneFewerWaits, queueStep, readQueueHead } from './queue-head.table.ts'
import { offerEnd } from './waitlist.ts'

/** Where a freed seat goes, and the steps that must go with it in the same transaction. */
export interface Freed {
  to: 'free' | 'held' | 'blocked'
  steps: Step[]
  /** The person who is offered the seat, or null. */
  personId: string | null
}

/** How often the queue is read again when somebody joins at this very moment. */
const mostLooks = 5

/**
 * Decides where a seat of a shard goes that is given back now: held for the first of the queue who may still take it, with an offer and its end, or free for
 * everybody where nobody waits or it is too late for offers. The caller writes the line that makes it free; here follows the one that holds it.
 * Those who may no longer are skipped on the way, each told why. Fails by the names `entry`, `pointer`, `queue`: decide again.
 */
export async function freedSeat(world: World, run: Pick<RunItem, 'run'>, shard: string): Promise<Freed> {
  const runId = run.run.id
  for (let look = 0; look < mostLooks; look += 1) {
    const head = await readQueueHead(world.table, runId)
    if (head.waiting === 0) return { to: 'free', steps: [nobodyWaits(runId)], personId: null }
    const now = world.now()
    const offer = await readOffer(world.table, runId)
    const until = offer === undefined ? undefined : offerEnd(offer, now)
    // Too late, or the run is over: no more offers are made, so the queue no longer stands before a free seat.
    if (offer === undefined || until === undefined) return { to: 'free', steps: [], personId: null }
    const next = await nextInQueue(world, offer, head, now, 1)
    if (next === 'changed') continue
    // Only employers wait that want more at once: the seat is free, and the sweep looks whether there are enough now.
    if (next === 'passed')
      return { to: 'free', steps: [queueStep(runId, head, { ...head, freed: head.freed + 1, dueAt: now })], personId: null }
    const { steps, fewer } = makeOffer(world, offer, next, [{ shard, seats: 1 }], until)
    const personId = next.entry.group === null ? next.entry.personId : null
    return {
      to: 'held',
      personId,
      steps: [
        ...steps,
        ...(fewer === 1 ? [oneFewerWaits(runId)] : []),
        transferStep(world, { runId, shard, from: 'free', to: 'held', seats: 1, at: now, personId, enrollmentId: null }),
      ],
    }
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
