import type { Run } from '@skills/contract/catalog.ts'
import { registrationAt } from '../catalog/run.ts'
import { shardNames } from '../enrollment/seats.ts'
import type { HeadChange } from '../enrollment/seats.table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { lookStep, nobodyWaits, queueStep, readQueueHead } from './queue-head.table.ts'
import { asideSeats, offerEnd } from './waitlist.ts'
import { readEntries } from './waitlist.table.ts'

/**
 * What a change of a run means for its queue, in the run's own transaction. In: the run before and after, and how many seats each head gets or loses (undefined:
 * the capacity stays). Out: the same with the new seats that are set aside, as many as those who wait want and have not set aside yet, and the steps of the queue:
 * it is looked at soon where registration, its end or the capacity changed. Fails by the name `queue`: ask again.
 */
export async function queueChange(
  world: World,
  before: Run,
  run: Run,
  seats: readonly number[] | undefined,
): Promise<{ changes: HeadChange[] | undefined; steps: Step[] }> {
  const more = seats?.some((one) => one > 0) === true
  const plain = seats?.map((one): HeadChange => ({ seats: one, aside: 0 }))
  if (!more && run.state === before.state && run.closesAt === before.closesAt) return { changes: plain, steps: [] }
  const now = world.now()
  const head = await readQueueHead(world.table, run.id)
  // A withdrawn course makes no offers either: what is set aside here is freed by the sweep.
  const offers = registrationAt(run, now) === 'open' && offerEnd({ run, courseState: 'published' }, now) !== undefined
  if (!more || !offers) return { changes: plain, steps: head.next === 0 ? [] : [lookStep(run.id, now)] }
  if (head.waiting === 0) return { changes: plain, steps: [nobodyWaits(run.id)] }
  const waiting = (await readEntries(world.table, run.id, head.next)).filter(({ state }) => state === 'waiting')
  let wanted = Math.max(0, waiting.reduce((sum, { group }) => sum + (group?.seats ?? 1), 0) - asideSeats(head))
  const aside = { ...head.aside }
  const names = shardNames(seats?.length ?? 0)
  const changes = (seats ?? []).map((one, place): HeadChange => {
    const shard = names[place] ?? ''
    const kept = Math.max(0, Math.min(one, wanted))
    wanted -= kept
    if (kept > 0) aside[shard] = (aside[shard] ?? 0) + kept
    return { seats: one - kept, aside: kept }
  })
  return { changes, steps: [queueStep(run.id, head, { ...head, aside, freed: head.freed + 1, dueAt: now })] }
}
