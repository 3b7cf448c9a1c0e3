import { auditStep } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { keys } from '../keys.ts'
import { readItem, readRange, type Item, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import { noQueue, type QueueHead, type WaitlistItem } from './waitlist.ts'

/** The head of a run's queue, strongly read; the empty one where nobody ever waited. */
export async function readQueueHead(table: Table, runId: string): Promise<QueueHead> {
  return { ...noQueue, ...((await readItem(table, keys.waitlist.key(runId))) as QueueHead | undefined) }
}

/** Everybody who waits, first come first. */
export async function readWaiting(table: Table, runId: string): Promise<WaitlistItem[]> {
  const items = await readRange(table, { pk: keys.waitlist.key(runId).pk, begins: 'ENTRY#' })
  return (items as unknown as WaitlistItem[]).filter(({ state }) => state === 'waiting')
}

export function waitlistItemOf(item: Item | undefined): WaitlistItem | undefined {
  return item as unknown as WaitlistItem | undefined
}

function stored(item: WaitlistItem): Item {
  const { id, runId, personId, number, state, joinedAt, offeredAt, offerUntil, shard, version, auditHash } = item
  return {
    ...keys.waitlistEntry.key(runId, number),
    ...{ id, runId, personId, number, state, joinedAt, offeredAt, offerUntil, shard, version, auditHash },
    ...dueAttributes('offer', id, state === 'offered' ? (offerUntil ?? undefined) : undefined),
  }
}

/**
 * An entry's next state, its person's pointer with it, and its audit entry. In: the entry as it was read (undefined: it is new).
 * Fails by the name `entry` when it changed meanwhile, `pointer` when a new one meets a live entry of the same person.
 */
export function entrySteps(
  before: WaitlistItem | undefined,
  next: Omit<WaitlistItem, 'version' | 'auditHash'>,
  { action, by, at, commandId }: { action: string; by: string; at: string; commandId?: string | undefined },
): Step[] {
  const audit = auditStep({ entity: next.id, action, by, at, commandId }, before)
  const live = next.state === 'waiting' || next.state === 'offered'
  const pointer = {
    ...keys.waitingFor.key(next.personId, next.runId),
    runId: next.runId,
    number: next.number,
    entryId: next.id,
    state: live ? next.state : 'over',
  }
  return [
    {
      name: 'entry',
      put: {
        item: stored({ ...next, ...audit.history }),
        ...(before === undefined
          ? { condition: 'attribute_not_exists(pk)' }
          : { condition: 'version = :before', values: { ':before': before.version } }),
      },
    },
    before === undefined
      ? {
          name: 'pointer',
          put: {
            item: pointer,
            condition: 'attribute_not_exists(pk) OR #state = :over',
            names: { '#state': 'state' },
            values: { ':over': 'over' },
          },
        }
      : { name: 'pointer', put: { item: pointer, condition: 'entryId = :id', values: { ':id': next.id } } },
    { ...audit.step, name: 'entry audit' },
  ]
}

/** One fewer waits. Fails by the name `queue`. */
export function oneFewerWaits(runId: string): Step {
  return {
    name: 'queue',
    update: {
      key: keys.waitlist.key(runId),
      set: 'SET waiting = waiting - :one',
      condition: 'waiting >= :one',
      values: { ':one': 1 },
    },
  }
}

/**
 * Nobody waits, and nobody joined since the head was read: a seat becomes free for everybody. Counted, so that who joins at this moment sees it and claims
 * instead of waiting beside a free seat. Fails by the name `queue`.
 */
export function nobodyWaits(runId: string, seen: QueueHead): Step {
  return {
    name: 'queue',
    update: {
      key: keys.waitlist.key(runId),
      // Two seats freed at once do not meet here: only who joins changes what is asked for.
      set: 'SET waiting = if_not_exists(waiting, :none), #next = if_not_exists(#next, :none), freed = if_not_exists(freed, :none) + :one',
      condition: `${seen.next === 0 ? 'attribute_not_exists(pk) OR ' : ''}(#next = :next AND waiting = :none)`,
      names: { '#next': 'next' },
      values: { ':none': 0, ':one': 1, ':next': seen.next },
    },
  }
}
