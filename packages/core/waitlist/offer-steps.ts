import { outboxStep } from '../outbox.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { WaitlistItem } from './waitlist.ts'
import { entrySteps } from './waitlist.table.ts'

/** The offer of a seat of a shard to who is next, until an instant: the entry and the notice. The count of the queue and the seat itself are moved by the caller. */
export function offerSteps(world: World, next: WaitlistItem, shard: string, until: string): Step[] {
  const at = world.now()
  const { personId, runId } = next
  return [
    ...entrySteps(
      next,
      { ...next, state: 'offered', offeredAt: at, offerUntil: until, shard },
      { action: 'offer', by: 'system:queue', at },
    ),
    outboxStep(world, { type: 'seat-offered', personId, runId, until }),
  ]
}
