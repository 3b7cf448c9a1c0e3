import type { Pool } from '../employer/group-order.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { nobodyWaits, queueStep, readQueueHead } from './queue-head.table.ts'

/**
 * Where seats go that are freed together: free for everybody where nobody waits; otherwise set aside for the queue as new seats are, so that who wants several at once
 * sees all of them. The caller moves them, then feeds the queue; the sweep does where the caller dies. Fails by the name `queue`: decide again.
 */
export async function freedSeats(world: World, runId: string, pools: readonly Pool[]): Promise<{ to: 'free' | 'blocked'; steps: Step[] }> {
  const head = await readQueueHead(world.table, runId)
  if (head.waiting === 0) return { to: 'free', steps: [nobodyWaits(runId)] }
  const aside = { ...head.aside }
  for (const { shard, seats } of pools) aside[shard] = (aside[shard] ?? 0) + seats
  return { to: 'blocked', steps: [queueStep(runId, head, { ...head, aside, freed: head.freed + 1, dueAt: world.now() })] }
}
