import type { Side } from '@skills/contract/messages.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { readInstructorOf } from '../instructor/instructor.table.ts'
import { keys } from '../keys.ts'
import { mayAct } from '../people/may-act.ts'
import { membershipsOf } from '../people/membership.table.ts'
import { readCrew } from '../scheduling/crew.table.ts'
import { readItem } from '../table.ts'
import type { World } from '../world.ts'

/** On which sides of a run a person stands, strongly read. */
export interface Standing {
  /** She has a seat; or had one when the provider cancelled. */
  learner: boolean
  /** She may write as a learner: the seat is hers now. */
  seated: boolean
  /** The provider's people, or who teaches the run. */
  answers: Exclude<Side, 'learner'> | null
}

const staff = ['provider:manager', 'provider:registrar'] as const

/** Where a person stands to a run. Who teaches it is who accepted a meeting; in a run that no instructor was asked for, the provider's own instructors, as with attendance. */
export async function standingTo(world: World, personId: string, { run }: Pick<RunItem, 'run'>): Promise<Standing> {
  const [guard, memberships, crew, instructor] = await Promise.all([
    readItem(world.table, keys.guard.key(personId, run.id)),
    membershipsOf(world, personId),
    readCrew(world.table, run.id),
    readInstructorOf(world.table, personId),
  ])
  const seated = guard?.['state'] === 'active'
  const of = memberships.filter(({ organizationId }) => organizationId === run.providerId)
  const actor = { personId, memberships: of }
  const accepted =
    instructor !== undefined &&
    crew?.assignments.some((one) => one.state === 'accepted' && one.instructorId === instructor.instructor.id) === true
  const ownInstructor = (crew?.assignments ?? []).length === 0 && mayAct(actor, run.providerId, ['provider:instructor'])
  return {
    learner: seated || guard?.['runCancelled'] === true,
    seated,
    answers: mayAct(actor, run.providerId, staff) ? 'provider' : accepted || ownInstructor ? 'instructor' : null,
  }
}
