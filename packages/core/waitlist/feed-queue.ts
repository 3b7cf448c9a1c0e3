import { readOffer } from '../catalog/offer.table.ts'
import type { Offer } from '../catalog/offer.ts'
import { moveSeat } from '../enrollment/claim-steps.ts'
import { readHeads } from '../enrollment/seats.table.ts'
import { transact, type Outcome } from '../transact.ts'
import type { World } from '../world.ts'
import { nextInQueue } from './next-in-queue.ts'
import { offerSteps } from './offer-steps.ts'
import { asideOffered, oneFewerWaits, queueStep, readQueueHead, type ReadHead } from './queue-head.table.ts'
import { offerEnd } from './waitlist.ts'

/** How often in a row another change may come first before the rest is left to the next sweep. */
const mostMisses = 8

/**
 * Offers the seats that were set aside for a queue to those who wait, first come first, each in one transaction; what is left over becomes free for everybody.
 * Then any seat that stands free beside somebody who waits. Can be stopped and done again at any point. Out: how many seats were offered.
 */
export async function feedQueue(world: World, runId: string): Promise<number> {
  let offered = 0
  for (let misses = 0; misses < mostMisses;) {
    const head = await readQueueHead(world.table, runId)
    const offer = await readOffer(world.table, runId)
    const seat = offer === undefined ? undefined : await seatFor(world, offer, head)
    if (offer === undefined || seat === undefined) return offered
    const now = world.now()
    const until = head.waiting === 0 ? undefined : offerEnd(offer, now)
    const next = until === undefined ? undefined : await nextInQueue(world, offer, head, now)
    let outcome: Outcome<null> | undefined
    if (next !== undefined && until !== undefined) {
      const { shard, from } = seat
      outcome = await transact(
        world,
        undefined,
        [
          ...offerSteps(world, next, shard, until),
          from === 'blocked' ? asideOffered(runId, shard) : oneFewerWaits(runId),
          ...moveSeat(world, { runId, shard, from, to: 'held', at: now, personId: next.personId, enrollmentId: null }),
        ],
        null,
      )
    } else if (until === undefined) {
      if (seat.from === 'free') return offered
      outcome = await release(world, runId, head)
    }
    // Nobody of the queue as it was read could take the seat: look at it again.
    if (outcome === undefined || 'failed' in outcome) misses += 1
    else {
      misses = 0
      offered += next === undefined ? 0 : 1
    }
  }
  return offered
}

/** A seat to offer: one that was set aside, or a free one that somebody waits beside. */
async function seatFor(
  world: World,
  { run, shards }: Offer,
  head: ReadHead,
): Promise<{ shard: string; from: 'blocked' | 'free' } | undefined> {
  const aside = Object.entries(head.aside).find(([, seats]) => seats > 0)
  if (aside !== undefined) return { shard: aside[0], from: 'blocked' }
  if (head.waiting === 0) return undefined
  const free = (await readHeads(world.table, run.id, shards)).find((one) => one.free > 0)
  return free === undefined ? undefined : { shard: free.shard, from: 'free' }
}

/** All seats that were set aside become free for everybody. */
function release(world: World, runId: string, head: ReadHead): Promise<Outcome<null>> {
  const at = world.now()
  const parts = Object.entries(head.aside).filter(([, seats]) => seats > 0)
  return transact(
    world,
    undefined,
    [
      queueStep(runId, head, { ...head, aside: {}, freed: head.freed + 1 }),
      ...parts.flatMap(([shard, seats]) =>
        moveSeat(world, { runId, shard, from: 'blocked', to: 'free', seats, at, personId: null, enrollmentId: null }),
      ),
    ],
    null,
  )
}
