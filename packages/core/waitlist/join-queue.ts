import type { Command } from '@skills/contract/actor.ts'
import type { Offer } from '../catalog/offer.ts'
import { keys } from '../keys.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { queueStep, type ReadHead } from './queue-head.table.ts'
import { lookAt, numbered, type GroupWish, type WaitlistItem } from './waitlist.ts'
import { entrySteps } from './waitlist.table.ts'

/** Who joins which queue, judged by the run and the head as they were read before its seats were looked at. */
export interface Joining {
  run: Offer
  head: ReadHead
  personId: string
  group: GroupWish | null
  /** How often a seat of the run was kept for her before. */
  offers?: number
}

/**
 * Joins a queue in one transaction: the number comes from the head, on the condition that neither the queue nor the run changed since they were read, so that who joins at
 * the moment a seat is freed is judged again. Fails by name: `queue`, `run`, `pointer`, `entry`, and the names in `more`.
 */
export function joinQueue<T>(
  world: World,
  command: Command,
  { run, head, personId, group, offers = 0 }: Joining,
  answer: (entry: WaitlistItem) => T,
  more: readonly Step[] = [],
): Promise<Outcome<T>> {
  const now = world.now()
  const runId = run.run.id
  const number = head.next + 1
  const entry: WaitlistItem = {
    ...{ id: world.id('waitlistEntry'), runId, personId, number: numbered(number), state: 'waiting', joinedAt: now },
    ...{ offeredAt: null, offerUntil: null, shard: null, group, offers, version: 0, auditHash: '' },
  }
  const joined = { ...head, waiting: head.waiting + 1, next: number, dueAt: head.dueAt ?? lookAt(now, run.run.closesAt) }
  return transact(
    world,
    command,
    [
      queueStep(runId, head, joined),
      ...entrySteps(undefined, entry, { action: 'join', by: personId, at: now, commandId: command.id }),
      { name: 'run', check: { key: keys.run.key(runId), condition: 'version = :version', values: { ':version': run.version } } },
      ...more,
    ],
    answer(entry),
  )
}
