import type { Command } from '@skills/contract/actor.ts'
import { isId } from '@skills/contract/ids.ts'
import { auditStep } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, readRange, type Item, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { complaintDueAt, isClosed, type ComplaintItem, type Said } from './complaint.ts'

/** A complaint, strongly read, or undefined; an id that is none is none. */
export async function readComplaint(table: Table, complaintId: string): Promise<ComplaintItem | undefined> {
  if (!isId('complaint', complaintId)) return undefined
  return (await readItem(table, keys.complaint.key(complaintId))) as unknown as ComplaintItem | undefined
}

/** Complaints by their ids, in that order; what is no complaint is left out. */
export async function readComplaints(table: Table, ids: readonly string[]): Promise<ComplaintItem[]> {
  const items = await readItems(
    table,
    ids.map((id) => keys.complaint.key(id)),
  )
  return (items as unknown as (ComplaintItem | undefined)[]).filter((item) => item !== undefined)
}

/** Every complaint of a person, the newest first. */
export async function complaintsOfPerson(table: Table, personId: string): Promise<ComplaintItem[]> {
  const lines = await readRange(table, { pk: keys.complaintsOf.key(personId, '').pk, begins: 'COMPLAINTS-OF#' })
  const ids = lines.flatMap((line) => (line['ids'] as string[] | undefined) ?? [])
  return readComplaints(table, ids.sort().reverse())
}

/** A page of the complaints about a provider, the newest first. */
export function complaintsOfProvider(table: Table, providerId: string, page: ComplaintPage): Promise<Listed> {
  return readPage(table, { pk: keys.complaintOfProvider.key(providerId, '').pk, begins: 'COMPLAINT#', backward: true }, page)
}

/** A page of the complaints that are not closed: those about safety first, then the others, the oldest first in each. */
export function openComplaints(table: Table, page: ComplaintPage): Promise<Listed> {
  return readPage(table, { pk: keys.openComplaint.key('').pk, begins: 'COMPLAINT#' }, page)
}

interface ComplaintPage {
  limit: number
  after: string | undefined
}
interface Listed {
  items: ComplaintItem[]
  next: string | null
}

async function readPage(table: Table, range: Parameters<typeof readRange>[1], { limit, after }: ComplaintPage): Promise<Listed> {
  const lines = await readRange(table, { ...range, limit: limit + 1, after })
  const here = lines.slice(0, limit)
  const items = await readComplaints(
    table,
    here.map((line) => line['complaintId'] as string),
  )
  return { items, next: lines.length > limit ? (here.at(-1)?.sk ?? null) : null }
}

/** What a person complained of in a run, for the guard of the next: the ids, and the one that is open. */
export interface ComplaintsOf {
  ids: string[]
  open: string | null
}

export async function readComplaintsOf(table: Table, personId: string, runId: string): Promise<ComplaintsOf | undefined> {
  return (await readItem(table, keys.complaintsOf.key(personId, runId))) as unknown as ComplaintsOf | undefined
}

const queueKey = ({ id, kind }: Pick<Said, 'id' | 'kind'>) => (kind === 'safety' ? keys.openSafety : keys.openComplaint).key(id)

export interface ComplaintChange {
  before: ComplaintItem | undefined
  after: Omit<ComplaintItem, 'version' | 'auditHash'>
  action: string
  by: string
}

/**
 * The steps that write a complaint at the version it was read: the item with its due instant, its audit entry, its place in the operators' queue, and the guard that a person has one open
 * complaint about a run. `of` is that guard as it was read, for a new one. Steps `complaint` and `guard` fail when another change came between.
 */
export function complaintSteps(
  world: World,
  command: Command | undefined,
  { before, after, action, by }: ComplaintChange,
  of?: ComplaintsOf,
): Step[] {
  const { complaint, personId, maskedName, overdueTold } = after
  const { id, runId, providerId } = complaint
  const audit = auditStep({ entity: id, action, by, at: world.now(), commandId: command?.id, own: by === personId }, before)
  const due = dueAttributes('complaint', id, complaintDueAt(after))
  const item: Item = { ...keys.complaint.key(id), complaint, personId, maskedName, overdueTold, ...audit.history, ...due }
  const guard = keys.complaintsOf.key(personId, runId)
  if (before === undefined) {
    const line = { personId, runId, ids: [...(of?.ids ?? []), id], open: id }
    return [
      { name: 'complaint', put: { item, condition: 'attribute_not_exists(pk)' } },
      {
        name: 'guard',
        put: {
          item: { ...guard, ...line },
          ...(of === undefined
            ? { condition: 'attribute_not_exists(pk)' }
            : {
                condition: '#open = :none AND size(ids) = :size',
                names: { '#open': 'open' },
                values: { ':none': null, ':size': of.ids.length },
              }),
        },
      },
      { name: 'line', put: { item: { ...keys.complaintOfProvider.key(providerId, id), complaintId: id } } },
      { name: 'queue', put: { item: { ...queueKey(complaint), complaintId: id } } },
      audit.step,
    ]
  }
  const closes = isClosed(complaint) && !isClosed(before.complaint)
  return [
    { name: 'complaint', put: { item, condition: 'version = :before', values: { ':before': before.version } } },
    ...(closes
      ? [
          { name: 'queue', remove: { key: queueKey(complaint) } },
          // Where one about safety stood before it had a place of its own.
          ...(complaint.kind === 'safety' ? [{ name: 'queue', remove: { key: keys.openComplaint.key(id) } }] : []),
          {
            name: 'guard',
            update: {
              key: guard,
              set: 'SET #open = :none',
              condition: '#open = :id',
              names: { '#open': 'open' },
              values: { ':none': null, ':id': id },
            },
          },
        ]
      : []),
    audit.step,
  ]
}
