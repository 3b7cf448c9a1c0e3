import type { Run } from '@skills/contract/catalog.ts'
import { readGroupOrdersOfRun } from '@skills/core/employer/group-order.table.ts'
import { readInvitations } from '@skills/core/employer/invitation.table.ts'
import { readInstructorOf } from '@skills/core/instructor/instructor.table.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { liveAssignments } from '@skills/core/scheduling/crew.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import type { World } from '@skills/core/world.ts'

/** An event about a run. */
export type RunEvent = Exclude<OutboxEvent, { type: 'case-news' }>

/** Whether news of a case still concerns its reader: her own always, that of an organization while she manages it. Strongly read. */
export async function stillOfCase(
  world: World,
  { personId, organizationId }: Extract<OutboxEvent, { type: 'case-news' }>,
): Promise<boolean> {
  return (
    organizationId === null ||
    (await membershipsOf(world, personId)).some((one) => one.organizationId === organizationId && one.roles.includes('provider:manager'))
  )
}

/**
 * Whether what an event asks of somebody is still open, and she still the one who may do it: an invitation not answered nor withdrawn, a meeting still hers at that time, a group order
 * still unpaid, and for what concerns an organization an appointment that has not ended. Strongly read. Out: undefined for an event that asks nothing of this kind.
 */
export async function stillOpen(world: World, event: RunEvent, run: Pick<Run, 'providerId'>): Promise<boolean | undefined> {
  switch (event.type) {
    case 'seat-invited': {
      const invitations = await readInvitations(world, event.personId)
      return invitations.some(({ order, invitation }) => order.runId === event.runId && invitation.state === 'open')
    }
    case 'assignment-moved': {
      const [crew, instructor] = await Promise.all([readCrew(world.table, event.runId), readInstructorOf(world.table, event.personId)])
      const live = crew === undefined ? [] : liveAssignments(crew, world.now())
      return live.some(({ instructorId, from }) => instructorId === instructor?.instructor.id && from === event.from)
    }
    case 'assignment-answered':
    case 'assignment-lapsed':
    case 'instructor-ill':
    case 'instructor-unqualified':
    case 'instructor-missing': {
      const actor = { personId: event.personId, memberships: await membershipsOf(world, event.personId) }
      return mayAct(actor, run.providerId, ['provider:manager', 'provider:registrar'])
    }
    case 'group-offered':
    case 'group-refund-failed':
    case 'group-force-majeure': {
      const [orders, memberships] = await Promise.all([
        readGroupOrdersOfRun(world.table, event.runId),
        membershipsOf(world, event.personId),
      ])
      return orders.some(
        ({ buyerId, employerId, state, holdUntil }) =>
          buyerId === event.personId &&
          memberships.some(({ organizationId }) => organizationId === employerId) &&
          (event.type !== 'group-offered' || (state === 'awaiting-payment' && holdUntil === event.until)),
      )
    }
    default:
      return undefined
  }
}
