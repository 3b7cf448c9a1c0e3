import { Course, Run } from '@skills/contract/catalog.ts'
import { Enrollment } from '@skills/contract/claim.routes.ts'
import { GroupOrder, InvoiceRequest } from '@skills/contract/employers.routes.ts'
import { Allocation, Program, Sponsor, Voucher } from '@skills/contract/funding.ts'
import { Instructor } from '@skills/contract/instructor.ts'
import { Order } from '@skills/contract/order.ts'
import { Review } from '@skills/contract/sponsors.routes.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import * as z from 'zod/mini'
import { keys } from '../keys.ts'
import type { Item } from '../table.ts'
import { groupOrderView, type GroupOrderItem } from '../employer/group-order.ts'
import { orderView, type OrderItem } from '../order/order.ts'
import { where, type BookKind, type Books, type Violation } from './books.ts'

/** Minutes an event may wait in the outbox before it counts as stuck. */
const outboxMinutes = 5

/** What an item must parse as: an attribute, or what its readers are shown of it. */
const schemas: {
  kind: BookKind
  what: string
  of: (item: Item) => unknown
  schema: { safeParse(value: unknown): { success: boolean } }
}[] = [
  { kind: 'run', what: 'run', of: ({ run }) => run, schema: Run },
  { kind: 'course', what: 'course', of: ({ course }) => course, schema: Course },
  { kind: 'enrollment', what: 'enrollment', of: ({ enrollment }) => enrollment, schema: Enrollment },
  {
    kind: 'enrollment',
    what: 'order',
    of: ({ order }) => (order === undefined ? null : orderView(order as OrderItem)),
    schema: z.nullable(Order),
  },
  { kind: 'groupOrder', what: 'order', of: (item) => groupOrderView(item as unknown as GroupOrderItem), schema: GroupOrder },
  { kind: 'sponsor', what: 'sponsor', of: ({ sponsor }) => sponsor, schema: Sponsor },
  { kind: 'program', what: 'program', of: ({ program }) => program, schema: Program },
  { kind: 'allocation', what: 'allocation', of: ({ allocation }) => allocation, schema: Allocation },
  { kind: 'voucher', what: 'voucher', of: ({ voucher }) => ({ ...(voucher as object), used: 0, state: 'open' }), schema: Voucher },
  { kind: 'review', what: 'review', of: ({ review }) => review, schema: Review },
  { kind: 'instructor', what: 'instructor', of: ({ instructor }) => instructor, schema: Instructor },
  { kind: 'invoice', what: 'invoice', of: ({ invoice }) => invoice, schema: InvoiceRequest },
]

const prefixes = [...new Set(Object.values(keys).map(({ pattern }) => pattern.slice(0, pattern.indexOf('#') + 1)))]

/**
 * T1 nothing is stuck in the outbox or parked there; T2 the record of each claim points to an enrollment of its run; T4 every item has a key of
 * the registry, and what it holds parses as the contract has it.
 */
export function checkPlumbing(books: Books): Violation[] {
  const found: Violation[] = []
  const stuckBefore = plusMinutes(books.now, -outboxMinutes)
  for (const item of books.of('outbox')) {
    if (item['parked'] !== undefined) found.push({ code: 'T1', at: where(item), says: `it is parked: ${String(item['parked'])}` })
    else if (item['at'] === undefined || (item['at'] as string) < stuckBefore)
      found.push({ code: 'T1', at: where(item), says: 'it is still in the outbox' })
  }
  const enrollments = new Map(books.of('enrollment').map((item) => [(item['enrollment'] as { id: string }).id, item]))
  for (const item of books.of('command')) {
    if (item['route'] !== 'claimSeat' && item['route'] !== 'cancelEnrollment') continue
    const answer = item['answer'] as { id?: string; runId?: string } | undefined
    const enrollment = enrollments.get(answer?.id ?? '')?.['enrollment'] as { runId: string } | undefined
    if (enrollment === undefined || enrollment.runId !== answer?.runId)
      found.push({ code: 'T2', at: where(item), says: 'its answer names an enrollment that is not there' })
  }
  for (const item of books.all) {
    if (!prefixes.some((prefix) => item.pk.startsWith(prefix)))
      found.push({ code: 'T4', at: where(item), says: 'its key is not in the registry' })
  }
  for (const { kind, what, of, schema } of schemas) {
    for (const item of books.of(kind)) {
      if (!parses(schema, item, of)) found.push({ code: 'T4', at: where(item), says: `its ${what} does not parse` })
    }
  }
  return found
}

function parses(schema: { safeParse(value: unknown): { success: boolean } }, item: Item, of: (item: Item) => unknown): boolean {
  try {
    return schema.safeParse(of(item)).success
  } catch {
    return false
  }
}
