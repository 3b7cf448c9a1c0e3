import type { Enrollment } from '@skills/contract/claim.routes.ts'
import { auditStep, type History } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { indexes, keys } from '../keys.ts'
import type { ForceMajeureItem } from '../order/force-majeure.ts'
import { orderDueAt, type OrderItem } from '../order/order.ts'
import type { Item } from '../table.ts'
import type { Step } from '../transact.ts'

/** An enrollment as the table holds it, in its person's partition, with its order where the run has a price. */
export interface EnrollmentItem extends History {
  enrollment: Enrollment
  personId: string
  shard: string
  maskedName: string
  /** The version of the run it was admitted by, and when the health commitment was signed, if one was. */
  runVersion: number
  /** The times it was admitted with: its provider may move them later. */
  times: [string, string][]
  healthCommitmentAt: string | null
  order: OrderItem | null
  /** Why it was given back with everything that was paid, where force majeure kept its person away. */
  forceMajeure?: ForceMajeureItem
}

/** Reads an enrollment out of its item. */
export function enrollmentItemOf(item: Item | undefined): EnrollmentItem | undefined {
  return item === undefined
    ? undefined
    : { ...(item as unknown as EnrollmentItem), order: (item['order'] as OrderItem | undefined) ?? null }
}

/** Whether a provider sees it on the roster: seats that were confirmed, also those given back since. */
const onRoster = ({ enrollment, order }: EnrollmentItem) =>
  enrollment.state === 'active' || (enrollment.state === 'cancelled' && (order === null || order.confirmedAt !== null))

/** The item as it is written, with its places in the indexes. */
export function storedEnrollment(item: EnrollmentItem): Item {
  const { enrollment, personId, order } = item
  const { id, runId } = enrollment
  return {
    ...keys.enrollment.key(personId, id),
    enrollment,
    personId,
    shard: item.shard,
    maskedName: item.maskedName,
    runVersion: item.runVersion,
    times: item.times,
    healthCommitmentAt: item.healthCommitmentAt,
    ...(order === null ? {} : { order, ...dueAttributes('enrollment', id, orderDueAt(order)) }),
    ...(item.forceMajeure === undefined ? {} : { forceMajeure: item.forceMajeure }),
    ...(onRoster(item) ? { [indexes.rosterOfRun.pk]: runId, [indexes.rosterOfRun.sk]: id } : {}),
    version: item.version,
    auditHash: item.auditHash,
  }
}

export interface EnrollmentChange {
  action: string
  by: string
  at: string
  commandId?: string | undefined
  evidence?: string | undefined
}

/** The steps that bring an enrollment (and its order) to its next state: the item at the version it was read, and its audit entry. Fails by the name `enrollment`. */
export function enrollmentSteps(
  before: EnrollmentItem,
  next: Partial<Pick<EnrollmentItem, 'enrollment' | 'order' | 'shard' | 'forceMajeure'>>,
  { action, by, at, commandId, evidence }: EnrollmentChange,
): { steps: Step[]; item: EnrollmentItem } {
  const audit = auditStep({ entity: before.enrollment.id, action, by, at, commandId, evidence, own: by === before.personId }, before)
  const item: EnrollmentItem = { ...before, ...next, ...audit.history }
  return {
    item,
    steps: [
      {
        name: 'enrollment',
        put: { item: storedEnrollment(item), condition: 'version = :before', values: { ':before': before.version } },
      },
      audit.step,
    ],
  }
}
