import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Assignment } from '@skills/contract/instructor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Role } from '@skills/contract/route.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { assignmentViews } from '@skills/core/instructor/assignment-view.ts'
import { firstOf, leaveCrew } from '@skills/core/instructor/change-crew.ts'
import { readInstructor } from '@skills/core/instructor/instructor.table.ts'
import { planRequests } from '@skills/core/instructor/plan-requests.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { liveAssignments, type Crew } from '@skills/core/scheduling/crew.ts'
import { crewSteps, readCrew } from '@skills/core/scheduling/crew.table.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'

const planners = ['provider:manager'] as const
const lookers = ['provider:manager', 'provider:registrar'] as const

/** A run that the caller may plan or look at; for everybody else there is none. Refuses `not-found`. */
export async function ownRun(world: World, actor: Actor, runId: string, roles: readonly Role[] = lookers): Promise<RunItem> {
  const item = await readRun(world.table, runId)
  if (item === undefined || !mayAct(actor, item.run.providerId, roles)) throw new Refusal('not-found')
  return item
}

interface Ask {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { instructorId: string; meetingIds: string[]; feeFen: number }
}

/**
 * Asks an instructor to teach meetings of a run, all of them or none. Her hours are held until she answers or the request ends. Refuses `not-found`, `run-cancelled`,
 * `meeting-over`, `too-late-to-ask`, `asked-enough`, `asks-open`, `instructor-unavailable`.
 */
export async function askInstructor(world: World, { actor, command, params, body }: Ask): Promise<{ assignments: Assignment[] }> {
  return untilDone(world, command, async () => {
    const item = await ownRun(world, actor, params.runId, planners)
    if (item.run.state === 'cancelled') throw new Refusal('run-cancelled')
    const crew = await readCrew(world.table, params.runId)
    const { assignments, steps } = await planRequests(world, item, crew, [body], actor.personId)
    const { runId, providerId, rooms } = crew ?? { runId: item.run.id, providerId: item.run.providerId, rooms: [] }
    const after = { runId, providerId, rooms, assignments: [...(crew?.assignments ?? []), ...assignments] }
    const partial = crew === undefined && item.run.state !== 'draft' ? { partial: true as const } : {}
    const change = { before: crew, after: { ...after, ...partial }, action: 'ask', by: actor.personId, commandId: command.id }
    return transact(world, command, [...steps, ...crewSteps(world, change)], {
      assignments: await assignmentViews(world.table, item, assignments),
    })
  })
}

interface Withdraw {
  actor: Actor
  command: Command
  params: { runId: string; bookingId: string }
}

/** Withdraws a request, or gives an instructor who accepted her hours back, and tells her. Refuses `not-found`, `meeting-over`. */
export async function withdrawAssignment(world: World, { actor, command, params }: Withdraw): Promise<{ assignments: Assignment[] }> {
  return untilDone(world, command, async () => {
    const item = await ownRun(world, actor, params.runId, planners)
    const { run } = item
    const crew = await readCrew(world.table, run.id)
    const now = world.now()
    const gone = crew?.assignments.find(({ bookingId }) => bookingId === params.bookingId)
    if (crew === undefined || gone === undefined) throw new Refusal('not-found')
    if (gone.from <= now) throw new Refusal('meeting-over')
    const live = liveAssignments(crew, now)
    const instructor = await readInstructor(world.table, gone.instructorId)
    const tells =
      instructor === undefined || !live.includes(gone)
        ? []
        : [{ type: 'assignment-withdrawn' as const, personId: instructor.personId, runId: run.id, from: firstOf([gone]) }]
    const left = live.filter((one) => one !== gone)
    const leaving = { crew, gone: [gone], action: 'withdraw', by: actor.personId, tells }
    return leaveCrew(world, command, leaving, { assignments: await assignmentViews(world.table, item, left) })
  })
}

/** Who is asked for which meeting of a run, and who has accepted. Refuses `not-found`. */
export async function listAssignments(
  world: World,
  { actor, params }: { actor: Actor; params: { runId: string } },
): Promise<{ assignments: Assignment[] }> {
  const item = await ownRun(world, actor, params.runId)
  const crew: Pick<Crew, 'assignments'> = (await readCrew(world.table, item.run.id)) ?? { assignments: [] }
  return { assignments: await assignmentViews(world.table, item, liveAssignments(crew, world.now())) }
}
