import { auditStep } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { keys } from '../keys.ts'
import { readItem, readRange, type Item, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import { numbered, type WaitlistItem } from './waitlist.ts'

/** Where a person stands in the queue of a run: one for each (person, run), permanent. */
export interface WaitingPointer {
  runId: string
  number: string
  entryId: string
  state: 'waiting' | 'offered' | 'over'
}

export function waitlistItemOf(item: Item | undefined): WaitlistItem | undefined {
  return item as unknown as WaitlistItem | undefined
}

/** One entry of a queue by its number, or undefined. */
export async function readEntry(table: Table, runId: string, number: string): Promise<WaitlistItem | undefined> {
  return waitlistItemOf(await readItem(table, keys.waitlistEntry.key(runId, number)))
}

/**
 * The entries of a queue up to a number, first come first. Give the number of a head that was read before: whoever joined by then is surely seen, so nobody is
 * passed over because of a read that runs beside a join.
 */
export async function readEntries(table: Table, runId: string, upTo: number): Promise<WaitlistItem[]> {
  const items = (await readRange(table, { pk: keys.waitlist.key(runId).pk, begins: 'ENTRY#' })) as unknown as WaitlistItem[]
  return items.filter(({ number }) => number <= numbered(upTo))
}

/** The queues a person stands in: those that wait, and those with an offer. */
export async function readWaitingFor(table: Table, personId: string): Promise<WaitingPointer[]> {
  const items = (await readRange(table, { pk: keys.profile.key(personId).pk, begins: 'WAITING-FOR#' })) as unknown as WaitingPointer[]
  return items.filter(({ state }) => state !== 'over')
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
  const pointer: WaitingPointer = {
    runId: next.runId,
    number: next.number,
    entryId: next.id,
    state: next.state === 'waiting' || next.state === 'offered' ? next.state : 'over',
  }
  const item = { ...keys.waitingFor.key(next.personId, next.runId), ...pointer }
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
            item,
            condition: 'attribute_not_exists(pk) OR #state = :over',
            names: { '#state': 'state' },
            values: { ':over': 'over' },
          },
        }
      : { name: 'pointer', put: { item, condition: 'entryId = :id', values: { ':id': next.id } } },
    { ...audit.step, name: 'entry audit' },
  ]
}
