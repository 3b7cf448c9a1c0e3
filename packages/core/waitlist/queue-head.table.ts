import { dueAttributes } from '../due.ts'
import { indexes, keys } from '../keys.ts'
import { readItem, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import { noQueue, type QueueHead } from './waitlist.ts'

/** A queue's head as it was read, with the instant it asks to be looked at. */
export interface ReadHead extends QueueHead {
  dueAt: string | undefined
}

/** The head of a run's queue, strongly read; the empty one where nobody ever waited. */
export async function readQueueHead(table: Table, runId: string): Promise<ReadHead> {
  const item = await readItem(table, keys.waitlist.key(runId))
  const { waiting, next, freed, aside } = { ...noQueue, ...(item as QueueHead | undefined) }
  return { waiting, next, freed, aside, dueAt: item?.[indexes.due.sk] as string | undefined }
}

const unmade = ({ next, freed }: QueueHead) => next === 0 && freed === 0

/**
 * The head as it is to be, on the condition that the queue is as it was read; `dueAt`: when the sweep shall look at it. Fails by the name `queue`.
 */
export function queueStep(runId: string, seen: ReadHead, { waiting, next, freed, aside, dueAt }: ReadHead): Step {
  return {
    name: 'queue',
    put: {
      item: { ...keys.waitlist.key(runId), runId, waiting, next, freed, aside, ...dueAttributes('queue', runId, dueAt) },
      ...(unmade(seen)
        ? { condition: 'attribute_not_exists(pk)' }
        : {
            condition: `#next = :next AND waiting = :waiting AND freed = :freed AND ${seen.dueAt === undefined ? 'attribute_not_exists(dueAt)' : 'dueAt = :due'}`,
            names: { '#next': 'next' },
            values: {
              ':next': seen.next,
              ':waiting': seen.waiting,
              ':freed': seen.freed,
              ...(seen.dueAt === undefined ? {} : { ':due': seen.dueAt }),
            },
          }),
    },
  }
}

/** One fewer waits, whoever joined meanwhile. Fails by the name `queue`. */
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
 * Nobody waits at this moment: seats become free for everybody. Counted, so that who joins at this moment sees it and claims instead of waiting beside a
 * free seat. Fails by the name `queue`.
 */
export function nobodyWaits(runId: string): Step {
  return {
    name: 'queue',
    update: {
      key: keys.waitlist.key(runId),
      set: 'SET runId = :run, waiting = :none, #next = if_not_exists(#next, :none), freed = if_not_exists(freed, :none) + :one, aside = if_not_exists(aside, :nothing)',
      condition: 'attribute_not_exists(pk) OR waiting = :none',
      names: { '#next': 'next' },
      values: { ':run': runId, ':none': 0, ':one': 1, ':nothing': {} },
    },
  }
}

/** Asks the sweep to look at a queue that there is. Fails by the name `queue` where there is none. */
export function lookStep(runId: string, at: string): Step {
  const due = dueAttributes('queue', runId, at)
  return {
    name: 'queue',
    update: {
      key: keys.waitlist.key(runId),
      set: 'SET #bucket = :bucket, #at = :at',
      condition: 'attribute_exists(pk)',
      names: { '#bucket': indexes.due.pk, '#at': indexes.due.sk },
      values: { ':bucket': due[indexes.due.pk], ':at': due[indexes.due.sk] },
    },
  }
}

/** Seats of those set aside go to who waited; `fewer` is 0 where an employer goes on waiting for more: counted, so that nobody writes an older head over it. Fails by the name `queue`. */
export function asideOffered(runId: string, pools: readonly { shard: string; seats: number }[], fewer: 0 | 1): Step {
  const each = (text: (place: number) => string, between: string) => pools.map((_, place) => text(place)).join(between)
  return {
    name: 'queue',
    update: {
      key: keys.waitlist.key(runId),
      set: `SET waiting = waiting - :fewer, freed = freed + :one, ${each((place) => `aside.#s${place} = aside.#s${place} - :n${place}`, ', ')}`,
      condition: `waiting >= :fewer AND ${each((place) => `aside.#s${place} >= :n${place}`, ' AND ')}`,
      names: Object.fromEntries(pools.map(({ shard }, place) => [`#s${place}`, shard])),
      values: { ':fewer': fewer, ':one': 1, ...Object.fromEntries(pools.map(({ seats }, place) => [`:n${place}`, seats])) },
    },
  }
}
