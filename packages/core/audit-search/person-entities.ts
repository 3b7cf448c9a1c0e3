import { purposes } from '@skills/contract/people.ts'
import { heldAttendance } from '../attendance/held-attendance.ts'
import { keys } from '../keys.ts'
import { consentEntity } from '../people/consent.ts'
import { revealEntity } from '../roster/reveal.ts'
import { readRange, type Item } from '../table.ts'
import type { World } from '../world.ts'

/** The names of all audit chains that are about a person: her profile, consents, seats, roles, files, applications, reviews, attendance and hours, and who looked at her data. */
export async function entitiesOfPerson(world: World, personId: string): Promise<string[]> {
  const own = (begins: string) => readRange(world.table, { pk: keys.profile.key(personId).pk, begins })
  const [enrollments, memberships, files, applications, reviews, instructor] = await Promise.all(
    ['ENROLLMENT#', 'MEMBERSHIP#', 'FILE#', 'APPLICATION#', 'REVIEW-OF#', 'INSTRUCTOR'].map(own),
  )
  const seats = (enrollments ?? []).map((item) => item['enrollment'] as { id: string; runId: string })
  const attended = await heldAttendance(
    world,
    personId,
    seats.map(({ runId }) => runId),
  )
  const named = (items: Item[] | undefined, prefix: string) => (items ?? []).map(({ sk }) => sk.slice(prefix.length))
  return [
    personId,
    ...purposes.map((purpose) => consentEntity(personId, purpose)),
    `${personId}/UNION`,
    `calendar-${personId}`,
    `teaching-calendar-${personId}`,
    ...(memberships ?? []).map((item) => String(item['entity'])),
    ...seats.flatMap(({ id }) => [id, revealEntity(id)]),
    ...named(files, 'FILE#'),
    ...named(applications, 'APPLICATION#'),
    ...(reviews ?? []).map((item) => String(item['reviewId'])),
    ...(instructor ?? []).flatMap((item) => (typeof item['instructorId'] === 'string' ? [item['instructorId']] : [])),
    ...attended.entities,
  ]
}
