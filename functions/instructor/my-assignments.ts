import type { Actor, Command } from '@skills/contract/actor.ts'
import type { TeachingItem } from '@skills/contract/instructor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { firstOf, leaveCrew } from '@skills/core/instructor/change-crew.ts'
import type { InstructorItem } from '@skills/core/instructor/instructor.ts'
import { instructorCheck, readInstructorOf } from '@skills/core/instructor/instructor.table.ts'
import { obstacleWords, qualificationObstacle } from '@skills/core/instructor/obstacle.ts'
import { runCheck, wantedMeetings } from '@skills/core/instructor/plan-requests.ts'
import { teachingOf } from '@skills/core/instructor/teaching.table.ts'
import { outboxStep } from '@skills/core/outbox.ts'
import { liveAssignments, type Assignment, type Crew } from '@skills/core/scheduling/crew.ts'
import { crewSteps, readCrew } from '@skills/core/scheduling/crew.table.ts'
import { hoursSteps } from '@skills/core/scheduling/week.table.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'

/** What the caller teaches and is asked to teach: runs with their meetings, those that are over only from `startsAt` on. Empty for who is no instructor. */
export async function listMyAssignments(
  world: World,
  { actor, query }: { actor: Actor; query: { startsAt?: string | undefined } },
): Promise<{ teaching: TeachingItem[] }> {
  const item = await readInstructorOf(world.table, actor.personId)
  return { teaching: item === undefined ? [] : await teachingOf(world, item.instructor.id, query.startsAt ?? world.now()) }
}

interface Answering {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { bookingIds: string[]; accept: boolean }
}

/**
 * Accepts or declines requests, all that are named or none. Refuses `not-found` for a run that asked nothing of the caller, `request-over` where one is withdrawn, lapsed or answered,
 * `run-cancelled`, and `instructor-unavailable` where she is not qualified any more.
 */
export async function answerAssignments(world: World, { actor, command, params, body }: Answering): Promise<{ teaching: TeachingItem[] }> {
  const instructor = await untilDone(world, command, async () => {
    const { instructor, crew, hers } = await ownCrew(world, actor, params.runId)
    const asked = liveAssignments({ assignments: hers }, world.now()).filter(({ state }) => state === 'asked')
    const named = asked.filter(({ bookingId }) => body.bookingIds.includes(bookingId))
    if (named.length !== new Set(body.bookingIds).size) throw new Refusal('request-over')
    const answer = instructor.instructor.id
    if (body.accept) return accept(world, command, { instructor, crew, named, answer })
    const leaving = { crew, gone: named, action: 'decline', by: actor.personId, tells: answered(crew, named, false) }
    return leaveCrew(world, command, leaving, answer)
  })
  return { teaching: await teachingOf(world, instructor, world.now()) }
}

interface Accepting {
  instructor: InstructorItem
  crew: Crew
  named: readonly Assignment[]
  answer: string
}

async function accept(world: World, command: Command, { instructor, crew, named, answer }: Accepting) {
  const run = await readRun(world.table, crew.runId)
  if (run === undefined) throw new Refusal('not-found')
  if (run.run.state === 'cancelled') throw new Refusal('run-cancelled')
  const meetings = await wantedMeetings(
    world.table,
    run,
    named.map(({ meetingId }) => meetingId),
  )
  for (const meeting of meetings) {
    const obstacle = qualificationObstacle(instructor.instructor, meeting)
    if (obstacle === undefined) continue
    throw new Refusal('instructor-unavailable', { name: instructor.instructor.name, reasons: obstacleWords(obstacle), near: [] })
  }
  const { steps, obstacles } = await hoursSteps(
    world,
    named.map(({ bookingId: id, instructorId: resource, from, to }) => ({ kind: 'keep', resource, booking: { id, from, to } })),
  )
  if (obstacles.length > 0) throw new Refusal('request-over')
  const ids = new Set(named.map(({ bookingId }) => bookingId))
  const settled = (one: Assignment): Assignment => (ids.has(one.bookingId) ? { ...one, state: 'accepted', until: null } : one)
  const after = { ...crew, assignments: crew.assignments.map(settled) }
  const change = { before: crew, after, action: 'accept', by: instructor.personId, commandId: command.id }
  const tells = answered(crew, named, true).map((event) => outboxStep(world, event))
  return transact(world, command, [...steps, ...crewSteps(world, change), instructorCheck(instructor), runCheck(run), ...tells], answer)
}

/** Who asked hears of the answer, once for each. */
function answered({ runId }: Crew, named: readonly Assignment[], granted: boolean) {
  const askers = [...new Set(named.map(({ askedBy }) => askedBy))]
  return askers.map((personId) => ({ type: 'assignment-answered' as const, personId, runId, from: firstOf(named), granted }))
}

/** The caller as an instructor, with a run's crew and what is hers in it. Refuses `not-found`. */
export async function ownCrew(
  world: World,
  actor: Actor,
  runId: string,
): Promise<{ instructor: InstructorItem; crew: Crew; hers: Assignment[] }> {
  const [instructor, crew] = await Promise.all([readInstructorOf(world.table, actor.personId), readCrew(world.table, runId)])
  const hers = crew?.assignments.filter(({ instructorId }) => instructorId === instructor?.instructor.id) ?? []
  if (instructor === undefined || crew === undefined || hers.length === 0) throw new Refusal('not-found')
  return { instructor, crew, hers }
}
