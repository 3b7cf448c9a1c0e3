import { plusMinutes } from '@skills/contract/time.ts'
import { readOffer } from '../catalog/offer.table.ts'
import { offerRegistrationAt } from '../catalog/offer.ts'
import { outboxStep } from '../outbox.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { endOffer } from './end-offer.ts'
import { feedQueue } from './feed-queue.ts'
import { oneFewerWaits, queueStep, readQueueHead } from './queue-head.table.ts'
import { asideSeats, lookAt, offerEnd, type WaitlistItem } from './waitlist.ts'
import { entrySteps, readEntries } from './waitlist.table.ts'

/** What one look at a queue did. */
export interface Tended {
  offered: number
  closed: number
}

/**
 * Brings a queue to what its run says now: seats set aside are offered; where no more offers can be made (registration is over or nearly so, the run is cancelled)
 * those who wait are told that the queue is closed, and where registration itself is over offers end too. Then says when to look again. Safe to repeat.
 */
export async function tendQueue(world: World, runId: string): Promise<Tended> {
  const now = world.now()
  // Should this stop half way, the next sweep takes it up; a mark that comes meanwhile is another and stays.
  const mark = plusMinutes(now, 1)
  const seen = await readQueueHead(world.table, runId)
  if (seen.dueAt !== undefined) await transact(world, undefined, [queueStep(runId, seen, { ...seen, dueAt: mark })], null)
  const offer = await readOffer(world.table, runId)
  const open = offer !== undefined && offerEnd(offer, now) !== undefined
  const offersStand = offer !== undefined && offerRegistrationAt(offer, now) === 'open'
  let closed = 0
  if (!open) {
    for (const entry of await readEntries(world.table, runId, seen.next)) {
      if (entry.state === 'waiting' && (await closeEntry(world, entry))) closed += 1
      if (entry.state === 'offered' && !offersStand) {
        if (await endOffer(world, { runId, number: entry.number, to: 'closed', by: 'system:queue' })) closed += 1
      }
    }
  }
  const offered = await feedQueue(world, runId)
  const head = await readQueueHead(world.table, runId)
  const dueAt = head.waiting > 0 ? lookAt(world.now(), offer?.run.closesAt ?? now) : undefined
  if (head.dueAt === mark && asideSeats(head) === 0) await transact(world, undefined, [queueStep(runId, head, { ...head, dueAt })], null)
  return { offered, closed }
}

async function closeEntry(world: World, entry: WaitlistItem): Promise<boolean> {
  const { personId, runId } = entry
  const outcome = await transact(
    world,
    undefined,
    [
      ...entrySteps(entry, { ...entry, state: 'closed' }, { action: 'close', by: 'system:queue', at: world.now() }),
      oneFewerWaits(runId),
      outboxStep(world, { type: 'waiting-closed', personId, runId }),
    ],
    null,
  )
  return 'answer' in outcome
}
