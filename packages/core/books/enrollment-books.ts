import { runOf } from '../catalog/run-item.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { movedSince } from '../enrollment/moved-run.ts'
import { timesOf, type Schedule } from '../enrollment/schedule.ts'
import { keys } from '../keys.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

const occupying = ({ enrollment }: EnrollmentItem) => enrollment.state === 'active' || enrollment.state === 'held'

/**
 * E1 one active enrollment per person and run, guards and active enrollments one to one; E3 no two active enrollments of a person
 * overlap, and the schedule says the same; E5 an enrollment's run exists and it was claimed inside the window that admitted it.
 */
export function checkEnrollments(books: Books): Violation[] {
  const found: Violation[] = []
  // A held seat is its person's as much as a sold one, until it lapses.
  const active = books.of('enrollment').filter((item) => occupying(item as unknown as EnrollmentItem))

  for (const [pair, items] of groupBy(active, (item) => `${item.pk} ${(item as unknown as EnrollmentItem).enrollment.runId}`)) {
    if (items.length > 1) found.push({ code: 'E1', at: pair, says: `${items.length} active enrollments` })
  }
  for (const item of active) {
    const { enrollment, personId } = item as unknown as EnrollmentItem
    const key = keys.guard.key(personId, enrollment.runId)
    const guard = books.find(key.pk, key.sk)
    if (guard?.['state'] !== 'active' || guard['enrollmentId'] !== enrollment.id)
      found.push({ code: 'E1', at: where(item), says: 'no active guard points to it' })
  }
  for (const guard of books.of('guard')) {
    const item = books.find(guard.pk, `ENROLLMENT#${String(guard['enrollmentId'])}`) as unknown as EnrollmentItem | undefined
    const should = guard['state'] === 'active'
    if (item === undefined || occupying(item) !== should)
      found.push({ code: 'E1', at: where(guard), says: `it is ${String(guard['state'])}, its enrollment is not` })
  }

  const byPerson = groupBy(active, (item) => item.pk)
  for (const pk of new Set([...byPerson.keys(), ...books.of('schedule').map((item) => item.pk)]))
    found.push(...checkPerson(books, pk, (byPerson.get(pk) ?? []) as unknown as EnrollmentItem[]))

  for (const item of books.of('enrollment')) {
    const { enrollment, order } = item as unknown as EnrollmentItem
    const run = runOf(books.find(`RUN#${enrollment.runId}`, 'RUN'))
    if (run === undefined) found.push({ code: 'E5', at: where(item), says: 'its run does not exist' })
    // Whom an employer's seats go to may change after registration closed.
    else if (
      (order?.groupOrderId ?? null) === null &&
      run.version === item['runVersion'] &&
      (enrollment.claimedAt < run.run.opensAt || enrollment.claimedAt >= run.run.closesAt)
    )
      found.push({ code: 'E5', at: where(item), says: 'it was claimed outside the registration window' })
  }
  return found
}

/** Runs that were cancelled or moved since are left out: the rule held when the seat was claimed. */
function checkPerson(books: Books, pk: string, items: readonly EnrollmentItem[]): Violation[] {
  const found: Violation[] = []
  const seats = items.flatMap((item) => {
    const run = runOf(books.find(`RUN#${item.enrollment.runId}`, 'RUN'))?.run
    if (run === undefined || run.state === 'cancelled') return []
    return [{ runId: run.id, times: timesOf(run.meetings), moved: movedSince(run, item) }]
  })
  const times = seats
    .filter(({ moved }) => !moved)
    .flatMap(({ runId, times }) => times.map(([start, end]) => ({ start, end, runId })))
    .sort((a, b) => (a.start < b.start ? -1 : 1))
  let last = times[0]
  for (const next of times.slice(1)) {
    if (last !== undefined && next.start < last.end && next.runId !== last.runId)
      found.push({ code: 'E3', at: pk, says: `runs ${last.runId} and ${next.runId} overlap` })
    if (last === undefined || next.end > last.end) last = next
  }
  const schedule = books.find(pk, 'SCHEDULE') as unknown as Schedule | undefined
  const scheduled = new Set(schedule?.busy.map(({ runId }) => runId))
  for (const seat of seats) {
    const ahead = !seat.moved && seat.times.some(([, end]) => end > books.now)
    if (ahead && !scheduled.has(seat.runId)) found.push({ code: 'E3', at: pk, says: `${seat.runId} is missing in the schedule` })
  }
  for (const { enrollment } of items) scheduled.delete(enrollment.runId)
  for (const runId of scheduled) found.push({ code: 'E3', at: pk, says: `${runId} is in the schedule without an active enrollment` })
  return found
}
