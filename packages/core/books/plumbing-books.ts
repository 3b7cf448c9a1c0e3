import { Course, Run } from '@skills/contract/catalog.ts'
import { Enrollment } from '@skills/contract/claim.routes.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { keys } from '../keys.ts'
import type { Item } from '../table.ts'
import { where, type Books, type Violation } from './books.ts'

/** Minutes an event may wait in the outbox before it counts as stuck. */
const outboxMinutes = 5

const schemas = [
  { kind: 'run', attribute: 'run', schema: Run },
  { kind: 'course', attribute: 'course', schema: Course },
  { kind: 'enrollment', attribute: 'enrollment', schema: Enrollment },
] as const

const prefixes = [...new Set(Object.values(keys).map(({ pattern }) => pattern.slice(0, pattern.indexOf('#') + 1)))]

/**
 * T1 nothing is stuck in the outbox or parked there; T2 the record of each claim points to an enrollment of its run; T4 every item has a key of
 * the registry, and runs, courses and enrollments parse.
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
  for (const { kind, attribute, schema } of schemas) {
    for (const item of books.of(kind)) {
      if (!parses(schema, item, attribute)) found.push({ code: 'T4', at: where(item), says: `its ${attribute} does not parse` })
    }
  }
  return found
}

function parses(schema: { safeParse(value: unknown): { success: boolean } }, item: Item, attribute: string): boolean {
  return schema.safeParse(item[attribute]).success
}
