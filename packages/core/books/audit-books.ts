import { auditHash } from '../audit.ts'
import { runOf } from '../catalog/run-item.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { digestOf } from '../order/force-majeure.ts'
import type { Item } from '../table.ts'
import { groupBy, where, type BookKind, type Books, type Violation } from './books.ts'

const idOf = (entity: unknown) => (entity as { id: string }).id

const entityOf: Partial<Record<BookKind, (item: Item) => string>> = {
  run: (item) => runOf(item)?.run.id ?? '',
  course: (item) => (item['course'] as { id: string }).id,
  enrollment: (item) => (item as unknown as EnrollmentItem).enrollment.id,
  profile: (item) => item['personId'] as string,
  membership: (item) => item['entity'] as string,
  file: (item) => idOf(item['file']),
  application: (item) => idOf(item['application']),
  ruleText: (item) => idOf(item['ruleText']),
  standing: (item) => item['entity'] as string,
  complaint: (item) => idOf(item['complaint']),
  sanction: (item) => idOf(item['sanction']),
  conduct: (item) => item['entity'] as string,
  excuse: (item) => item['entity'] as string,
  account: (item) => item['entity'] as string,
  crew: (item) => item['entity'] as string,
  payout: (item) => item['entity'] as string,
  register: (item) => item['entity'] as string,
  attendance: (item) => item['entity'] as string,
  devices: (item) => item['entity'] as string,
  credit: (item) => item['entity'] as string,
  rating: (item) => item['id'] as string,
  instructor: (item) => item['entity'] as string,
  noticeSettings: (item) => item['entity'] as string,
  thread: idOf,
  entry: idOf,
  groupOrder: idOf,
  sponsor: (item) => idOf(item['sponsor']),
  program: (item) => idOf(item['program']),
  allocation: (item) => idOf(item['allocation']),
  voucher: (item) => idOf(item['voucher']),
  review: (item) => idOf(item['review']),
  invoice: (item) => idOf(item['invoice']),
}

/**
 * A1 each change has an audit entry: the chain of an entity has no gap, every hash verifies, and the entity stands where its chain
 * ends; A2 every reference stays where it belongs: runs with their course and its provider, ledger lines with an enrollment.
 */
export function checkAudit(books: Books): Violation[] {
  const found: Violation[] = []
  const chains = groupBy(books.of('audit'), (item) => item['entity'] as string)
  for (const entries of chains.values()) {
    entries.sort((a, b) => (a.sk < b.sk ? -1 : 1))
    let before = ''
    for (const [index, entry] of entries.entries()) {
      if (entry['version'] !== index + 1 || entry['before'] !== before || auditHash(entry) !== entry['hash']) {
        found.push({ code: 'A1', at: where(entry), says: 'the chain of audit entries is broken here' })
        break
      }
      before = entry['hash'] as string
    }
  }
  for (const [kind, entity] of Object.entries(entityOf) as [BookKind, (item: Item) => string][]) {
    for (const item of books.of(kind)) {
      const chain = chains.get(entity(item)) ?? []
      const last = chain.at(-1)
      if (last === undefined || last['version'] !== item['version'] || last['hash'] !== item['auditHash'])
        found.push({ code: 'A1', at: where(item), says: 'it does not stand where its audit chain ends' })
    }
  }

  for (const item of books.of('enrollment')) {
    const { forceMajeure, enrollment } = item as unknown as EnrollmentItem
    if (forceMajeure === undefined) continue
    const shown = digestOf(forceMajeure)
    if (!(chains.get(enrollment.id) ?? []).some((entry) => entry['action'] === 'force-majeure' && entry['evidence'] === shown))
      found.push({ code: 'A1', at: where(item), says: 'the evidence of its force majeure is not what was recorded' })
  }
  for (const item of books.of('run')) {
    const run = runOf(item)?.run
    const course =
      run === undefined ? undefined : (books.find(`COURSE#${run.courseId}`, 'COURSE')?.['course'] as { providerId: string } | undefined)
    if (run === undefined || course === undefined || course.providerId !== run.providerId)
      found.push({ code: 'A2', at: where(item), says: 'its course is missing or belongs to another provider' })
    else if (books.find(`COURSE#${run.courseId}`, `RUN#${run.id}`) === undefined)
      found.push({ code: 'A2', at: where(item), says: 'its course does not list it' })
  }
  for (const item of [...books.of('transfer'), ...books.of('potLine')]) {
    const { enrollmentId, personId } = item
    if (typeof enrollmentId === 'string' && books.find(`PERSON#${String(personId)}`, `ENROLLMENT#${enrollmentId}`) === undefined)
      found.push({ code: 'A2', at: where(item), says: 'its enrollment does not exist' })
  }
  return found
}
