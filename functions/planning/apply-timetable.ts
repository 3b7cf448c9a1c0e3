import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Assignment } from '@skills/contract/instructor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { assignmentViews } from '@skills/core/instructor/assignment-view.ts'
import { planRequests, type Ask } from '@skills/core/instructor/plan-requests.ts'
import type { Crew } from '@skills/core/scheduling/crew.ts'
import { crewSteps, readCrew } from '@skills/core/scheduling/crew.table.ts'
import { planRooms, type RoomWish } from '@skills/core/timetable/plan-rooms.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { plannedRun } from './propose-timetable.ts'

/** What one transaction can hold, less what comes with it. */
const mostSteps = 95

interface Call {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { asks: Ask[]; rooms: RoomWish[] }
}
interface Applied {
  runId: string
  assignments: Assignment[]
  rooms: RoomWish[]
}

/**
 * Books rooms of a run's meetings and asks its instructors, all of it or nothing. The draft names the rooms first, which takes no hours yet. Refuses `not-found`, `run-cancelled`,
 * `meeting-over`, `too-late-to-ask`, `instructor-unavailable`, `room-unavailable`, `timetable-too-large`.
 */
export async function applyTimetable(world: World, { actor, command, params, body }: Call): Promise<Applied> {
  return untilDone(world, command, async () => {
    const before = await plannedRun(world, actor, params.runId)
    const crew = await readCrew(world.table, params.runId)
    const rooms = await planRooms(world, before, crew, body.rooms)
    const named = await nameRooms(world, before, crew, body, actor.personId)
    if (named === undefined) return { failed: 'run', met: undefined }
    const asked = await planRequests(world, named, crew, body.asks, actor.personId)
    const after = {
      runId: named.run.id,
      providerId: named.run.providerId,
      rooms: rooms.rooms,
      assignments: [...(crew?.assignments ?? []), ...asked.assignments],
    }
    const change = { before: crew, after, action: 'apply-timetable', by: actor.personId, commandId: command.id }
    const steps = [...rooms.steps, ...asked.steps, ...crewSteps(world, change)]
    if (steps.length > mostSteps) throw new Refusal('timetable-too-large', { count: named.run.meetings.length, most: 40 })
    const assignments = await assignmentViews(world.table, asked.assignments)
    return transact(world, command, steps, { runId: named.run.id, assignments, rooms: body.rooms })
  })
}

/**
 * The run with the rooms its meetings are to have, written where a draft does not name them yet, once all that is asked could be had; undefined when it was changed meanwhile.
 * Refuses `not-found` where a run that is no draft would change, and what `planRequests` refuses.
 */
async function nameRooms(
  world: World,
  before: RunItem,
  crew: Crew | undefined,
  { asks, rooms }: Call['body'],
  by: string,
): Promise<RunItem | undefined> {
  const wished = new Map(rooms.map(({ meetingId, room }) => [meetingId, room]))
  const meetings = before.run.meetings.map((meeting) => ({ ...meeting, room: wished.get(meeting.id) ?? meeting.room }))
  if (meetings.every(({ room }, place) => room === before.run.meetings[place]?.room)) return before
  if (before.run.state !== 'draft') throw new Refusal('not-found')
  await planRequests(world, before, crew, asks, by)
  const outcome = await changeRun(world, { before, run: { ...before.run, meetings }, by, action: 'name-rooms' }, undefined)
  return 'answer' in outcome ? readRun(world.table, before.run.id) : undefined
}
