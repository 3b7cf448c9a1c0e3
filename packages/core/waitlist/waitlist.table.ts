import { auditStep } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { keys } from '../keys.ts'
import { readItem, readRange, type Item, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import { numbered, type GroupWish, type WaitlistItem } from './waitlist.ts'

/** Where a person (or an employer) stands in the queue of a run: one for each (person, run), permanent. */
export interface WaitingPointer {
  runId: string
  number: string
  entryId: string
  state: 'waiting' | 'offered' | 'over'
  /** As in the place: how often a seat of the run was kept by now. */
  offers?: number
}

export function waitlistItemOf(item: Item | undefined): WaitlistItem | undefined {
  return item === undefined ? undefined : { ...(item as unknown as WaitlistItem), group: (item['group'] as GroupWish | undefined) ?? null }
}

/** Where the pointer of a place is: with its person, or with its employer. */
const pointerKey = ({ personId, runId, group }: Pick<WaitlistItem, 'personId' | 'runId' | 'group'>) =>
  group === null ? keys.waitingFor.key(personId, runId) : keys.groupWaitingFor.key(group.employerId, runId)

/** One entry of a queue by its number, or undefined. */
export async function readEntry(table: Table, runId: string, number: string): Promise<WaitlistItem | undefined> {
  return waitlistItemOf(await readItem(table, keys.waitlistEntry.key(runId, number)))
}

/**
 * The entries of a queue up to a number, first come first. Give the number of a head that was read before: whoever joined by then is surely seen, so nobody is
 * passed over because of a read that runs beside a join.
 */
export async function readEntries(table: Table, runId: string, upTo: number): Promise<WaitlistItem[]> {
  const items = await readRange(table, { pk: keys.waitlist.key(runId).pk, begins: 'ENTRY#' })
  return items.map(waitlistItemOf).filter((entry) => entry !== undefined && entry.number <= numbered(upTo)) as WaitlistItem[]
}

/** The queues a person or an employer stands in: those where it waits, and those with an offer. */
export async function readWaitingFor(table: Table, who: { personId: string } | { employerId: string }): Promise<WaitingPointer[]> {
  const { pk } = 'personId' in who ? keys.waitingFor.key(who.personId, '') : keys.groupWaitingFor.key(who.employerId, '')
  const items = (await readRange(table, { pk, begins: 'WAITING-FOR#' })) as unknown as WaitingPointer[]
  return items.filter(({ state }) => state !== 'over')
}

function stored(item: WaitlistItem): Item {
  const { id, runId, personId, number, state, joinedAt, offeredAt, offerUntil, shard, group, offers, version, auditHash } = item
  return {
    ...keys.waitlistEntry.key(runId, number),
    ...{ id, runId, personId, number, state, joinedAt, offeredAt, offerUntil, shard, group, offers: offers ?? 0, version, auditHash },
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
  const audit = auditStep({ entity: next.id, action, by, at, commandId, own: by === next.personId }, before)
  const pointer: WaitingPointer = {
    runId: next.runId,
    number: next.number,
    entryId: next.id,
    state: next.state === 'waiting' || next.state === 'offered' ? next.state : 'over',
    offers: next.offers ?? 0,
  }
  const item = { ...pointerKey(next), ...pointer }
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
