import { readOffer } from '../catalog/offer.table.ts'
import type { Offer } from '../catalog/offer.ts'
import { seatsIn, type Pool } from '../employer/group-order.ts'
import { moveSeat } from '../enrollment/claim-steps.ts'
import { readHeads } from '../enrollment/seats.table.ts'
import { transact, type Outcome } from '../transact.ts'
import type { World } from '../world.ts'
import { makeOffer } from './make-offer.ts'
import { nextInQueue, type Next } from './next-in-queue.ts'
import { asideOffered, oneFewerWaits, queueStep, readQueueHead, type ReadHead } from './queue-head.table.ts'
import { offerEnd } from './waitlist.ts'

/** How often in a row another change may come first before the rest is left to the next sweep. */
const mostMisses = 8

/** Seats that can be offered: those set aside for the queue, or free ones that somebody waits beside. */
interface Source {
  from: 'blocked' | 'free'
  pools: Pool[]
}

/**
 * Offers the seats that were set aside for a queue to those who wait, first come first, each offer in one transaction; what is left over becomes free for everybody.
 * Then any seats that stand free beside somebody who waits. Can be stopped and done again at any point. Out: how many seats were offered.
 */
export async function feedQueue(world: World, runId: string): Promise<number> {
  let offered = 0
  for (let misses = 0; misses < mostMisses;) {
    const head = await readQueueHead(world.table, runId)
    const run = await readOffer(world.table, runId)
    const source = run === undefined ? undefined : await sourceOf(world, run, head)
    if (run === undefined || source === undefined) return offered
    const now = world.now()
    const until = head.waiting === 0 ? undefined : offerEnd(run, now)
    const next = until === undefined ? 'passed' : await nextInQueue(world, run, head, now, seatsIn(source.pools))
    if (next === 'passed' && source.from === 'free') return offered
    const outcome =
      next === 'changed'
        ? undefined
        : next === 'passed' || until === undefined
          ? await release(world, runId, head)
          : await offerNext(world, run, next, source, until)
    if (outcome === undefined || 'failed' in outcome) misses += 1
    else {
      misses = 0
      offered += outcome.answer
    }
  }
  return offered
}

async function sourceOf(world: World, { run, shards }: Offer, { aside, waiting }: ReadHead): Promise<Source | undefined> {
  const kept = Object.entries(aside).flatMap(([shard, seats]) => (seats > 0 ? [{ shard, seats }] : []))
  if (kept.length > 0) return { from: 'blocked', pools: kept }
  if (waiting === 0) return undefined
  const free = (await readHeads(world.table, run.id, shards)).flatMap((one) =>
    one.free > 0 ? [{ shard: one.shard, seats: one.free }] : [],
  )
  return free.length === 0 ? undefined : { from: 'free', pools: free }
}

/** So many seats out of pools. */
function taken(pools: readonly Pool[], seats: number): Pool[] {
  let rest = seats
  return pools.flatMap((pool) => {
    const part = Math.min(pool.seats, rest)
    rest -= part
    return part > 0 ? [{ shard: pool.shard, seats: part }] : []
  })
}

function offerNext(world: World, run: Offer, next: Next, { from, pools }: Source, until: string): Promise<Outcome<number>> {
  const { entry, seats } = next
  const { runId } = entry
  const at = world.now()
  const parts = taken(pools, seats)
  const personId = entry.group === null ? entry.personId : null
  const { steps, fewer } = makeOffer(world, run, next, parts, until)
  return transact(
    world,
    undefined,
    [
      ...steps,
      ...(from === 'blocked' ? [asideOffered(runId, parts, fewer)] : fewer === 1 ? [oneFewerWaits(runId)] : []),
      ...parts.flatMap((part) => moveSeat(world, { runId, ...part, from, to: 'held', at, personId, enrollmentId: null })),
    ],
    seats,
  )
}

/** All seats that were set aside become free for everybody. */
function release(world: World, runId: string, head: ReadHead): Promise<Outcome<number>> {
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
    0,
  )
}
