import type { Actor } from '@skills/contract/actor.ts'
import type { RatingOffer } from '@skills/contract/ratings.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { creditOf } from '@skills/core/attendance/credit.table.ts'
import type { Credit } from '@skills/core/attendance/credit.ts'
import { registerOf } from '@skills/core/attendance/register.table.ts'
import { runOf, type RunItem } from '@skills/core/catalog/run-item.ts'
import { enrollmentItemOf, type EnrollmentItem } from '@skills/core/enrollment/enrollment-item.ts'
import { readInstructorOf, readInstructors } from '@skills/core/instructor/instructor.table.ts'
import { keys } from '@skills/core/keys.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { myRating, raterState, ratingSpan, type Rating } from '@skills/core/rating/rating.ts'
import { readOwnRating } from '@skills/core/rating/rating.table.ts'
import type { Crew } from '@skills/core/scheduling/crew.ts'
import { readItem, readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

/** What is known of an enrollment that its person wants to rate. */
export interface Rater {
  seat: EnrollmentItem
  item: RunItem
  credit: Credit | undefined
  crew: Crew | undefined
  state: ReturnType<typeof raterState>
  rating: Rating | undefined
}

/** The caller's own enrollment with all that decides whether she may rate it, strongly read. Refuses `not-found`. */
export async function readRater(world: World, { personId }: Actor, enrollmentId: string): Promise<Rater> {
  const seat = enrollmentItemOf(await readItem(world.table, keys.enrollment.key(personId, enrollmentId)))
  if (seat === undefined) throw new Refusal('not-found')
  const { runId } = seat.enrollment
  const [[found, credited, registered, crewItem], rating, memberships, instructor] = await Promise.all([
    readItems(world.table, [keys.run.key(runId), keys.credit.key(personId, runId), keys.register.key(runId), keys.crew.key(runId)]),
    readOwnRating(world.table, personId, enrollmentId),
    membershipsOf(world, personId),
    readInstructorOf(world.table, personId),
  ])
  const item = runOf(found)
  if (item === undefined) throw new Refusal('not-found')
  const credit = creditOf(credited)
  const toBeCredited = registered !== undefined && registerOf(registered)?.settledAt === null
  const active = seat.enrollment.state === 'active'
  const crew = crewItem as unknown as Crew | undefined
  const worksThere = memberships.some(({ organizationId }) => organizationId === item.run.providerId)
  const ownHouse = worksThere || (instructor !== undefined && taughtBy(crew).includes(instructor.instructor.id))
  const state = raterState({ run: item.run, active, enrollmentId, credit, ownHouse, toBeCredited }, world.now())
  return { seat, item, credit, crew, state, rating }
}

/** Who taught a run, by its crew: instructors who accepted a meeting, each once. */
export function taughtBy(crew: Pick<Crew, 'assignments'> | undefined): string[] {
  return [...new Set((crew?.assignments ?? []).filter(({ state }) => state === 'accepted').map(({ instructorId }) => instructorId))]
}

interface Call {
  actor: Actor
  params: { enrollmentId: string }
}

/** Whether the caller may rate this enrollment now, why not, until when and whom; with what she said already. Refuses `not-found`. */
export async function getMyRating(world: World, { actor, params }: Call): Promise<RatingOffer> {
  const { seat, item, crew, state, rating } = await readRater(world, actor, params.enrollmentId)
  const teachers = taughtBy(crew)
  const known = await readInstructors(world.table, teachers)
  return {
    enrollmentId: seat.enrollment.id,
    courseId: item.run.courseId,
    title: item.title,
    runName: item.run.name,
    state: rating === undefined ? state : 'rated',
    ...ratingSpan(item.run),
    author: seat.maskedName,
    instructors: known.flatMap((one) => (one === undefined ? [] : [{ id: one.instructor.id, name: one.instructor.name }])),
    rating: rating === undefined ? null : myRating(rating),
  }
}
