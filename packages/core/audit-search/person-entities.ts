import { purposes } from '@skills/contract/people.ts'
import { heldAttendance } from '../attendance/held-attendance.ts'
import { keys } from '../keys.ts'
import { settingsEntity } from '../notices/settings.ts'
import { consentEntity } from '../people/consent.ts'
import { complaintsOfPerson } from '../quality/complaint.table.ts'
import { readRatingsOf } from '../rating/rating.table.ts'
import { revealEntity } from '../roster/reveal.ts'
import { readItems, readRange, type Item } from '../table.ts'
import type { World } from '../world.ts'

/**
 * The names of all audit chains that are about a person: her profile, consents, notice settings, seats and waiting places, roles, files, applications, reviews, ratings, complaints, questions she asked,
 * attendance and hours, and who looked at her data.
 */
export async function entitiesOfPerson(world: World, personId: string): Promise<string[]> {
  const own = (begins: string) => readRange(world.table, { pk: keys.profile.key(personId).pk, begins })
  const [enrollments, memberships, files, applications, reviews, instructor, waiting, threads] = await Promise.all(
    ['ENROLLMENT#', 'MEMBERSHIP#', 'FILE#', 'APPLICATION#', 'REVIEW-OF#', 'INSTRUCTOR', 'WAITING-FOR#', 'THREAD#'].map(own),
  )
  const [ratings, complaints, heads] = await Promise.all([
    readRatingsOf(world.table, personId),
    complaintsOfPerson(world.table, personId),
    readItems(
      world.table,
      (threads ?? []).map(({ sk }) => keys.thread.key(sk.slice('THREAD#'.length))),
    ),
  ])
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
    settingsEntity(personId),
    `calendar-${personId}`,
    `teaching-calendar-${personId}`,
    ...(memberships ?? []).map((item) => String(item['entity'])),
    ...seats.flatMap(({ id }) => [id, revealEntity(id)]),
    ...named(files, 'FILE#'),
    ...named(applications, 'APPLICATION#'),
    ...(reviews ?? []).map((item) => String(item['reviewId'])),
    ...(instructor ?? []).flatMap((item) => (typeof item['instructorId'] === 'string' ? [item['instructorId']] : [])),
    ...(waiting ?? []).map((item) => String(item['entryId'])),
    ...ratings.map(({ id }) => id),
    ...complaints.map(({ complaint }) => complaint.id),
    // Of a thread of somebody else she wrote a message in it; its chain is about who asked.
    ...heads.flatMap((head) => (head?.['personId'] === personId ? [String(head['id'])] : [])),
    ...attended.entities,
  ]
}
