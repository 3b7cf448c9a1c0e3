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
  joining: Joining,
  answer: (entry: WaitlistItem) => T,
  more: readonly Step[] = [],
): Promise<Outcome<T>> {
  const { entry, steps } = joinSteps(world, joining, { action: 'join', by: joining.personId, commandId: command.id })
  return transact(world, command, [...steps, ...more], answer(entry))
}

/** The steps of joining a queue, for whose transaction it belongs to, and the place it gives. Fails by the names that `joinQueue` says. */
export function joinSteps(
  world: World,
  { run, head, personId, group, offers = 0 }: Joining,
  change: { action: string; by: string; commandId?: string },
): { entry: WaitlistItem; steps: Step[] } {
  const now = world.now()
  const runId = run.run.id
  const number = head.next + 1
  const entry: WaitlistItem = {
    ...{ id: world.id('waitlistEntry'), runId, personId, number: numbered(number), state: 'waiting', joinedAt: now },
    ...{ offeredAt: null, offerUntil: null, shard: null, group, offers, version: 0, auditHash: '' },
  }
  const joined = { ...head, waiting: head.waiting + 1, next: number, dueAt: head.dueAt ?? lookAt(now, run.run.closesAt) }
  return {
    entry,
    steps: [
      queueStep(runId, head, joined),
      ...entrySteps(undefined, entry, { at: now, ...change }),
      { name: 'run', check: { key: keys.run.key(runId), condition: 'version = :version', values: { ':version': run.version } } },
    ],
  }
}
