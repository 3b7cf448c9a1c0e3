import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Run, Venue } from '@skills/contract/catalog.ts'
import type { Assignment } from '@skills/contract/instructor.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { changeRun } from '@skills/core/catalog/run.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { assignmentViews } from '@skills/core/instructor/assignment-view.ts'
import { venueIdsOf } from '@skills/core/instructor/meeting-place.ts'
import { hoursInWords } from '@skills/core/instructor/obstacle.ts'
import { planRequests, type Ask } from '@skills/core/instructor/plan-requests.ts'
import { refuseTwice } from '@skills/core/instructor/refuse-twice.ts'
import { resourceParts, roomChanges } from '@skills/core/planning/room-bookings.ts'
import { roomClashes, roomTaken } from '@skills/core/planning/room-clashes.ts'
import { fittingSteps } from '@skills/core/planning/step-count.ts'
import { readVenues } from '@skills/core/planning/venues.table.ts'
import type { Crew, RoomBooking } from '@skills/core/scheduling/crew.ts'
import { crewSteps, readCrew } from '@skills/core/scheduling/crew.table.ts'
import { hoursSteps } from '@skills/core/scheduling/week.table.ts'
import { roomResource } from '@skills/core/scheduling/week.ts'
import { transact, type Step } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { plannedRun } from './propose-timetable.ts'

interface RoomWish {
  meetingId: string
  room: string
}
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

const nothing: FieldError = {
  pointer: '#/asks',
  code: 'required',
  detail: { zh: '没有要订的教室，也没有要邀请的师资。', en: 'There is no room to book and nobody to ask.' },
}

/**
 * Books rooms of a run's meetings and asks its instructors, all of it or nothing, in one transaction with the run that names the rooms. Refuses `not-found`, `run-cancelled`, `meeting-over`,
 * `too-late-to-ask`, `instructor-unavailable`, `room-too-small`, `room-taken` and `illegal-transition` (other rooms for a run that is public already), `plan-too-large`, `validation-failed` where there is nothing to do or an instructor or a meeting stands twice.
 */
export async function applyTimetable(world: World, { actor, command, params, body }: Call): Promise<Applied> {
  if (body.asks.length + body.rooms.length === 0) throw new Refusal('validation-failed', { count: 1 }, { errors: [nothing] })
  refuseTwice(
    body.rooms.map(({ meetingId }) => meetingId),
    (place) => `#/rooms/${place}/meetingId`,
  )
  return untilDone(world, command, async () => {
    const before = await plannedRun(world, actor, params.runId)
    const crew = await readCrew(world.table, params.runId)
    const run = withRooms(before, body.rooms)
    const rooms = await planRooms(world, run, crew, body.rooms)
    const asked = await planRequests(world, before, crew, body.asks, actor.personId)
    const after = {
      runId: run.id,
      providerId: run.providerId,
      rooms: rooms.rooms,
      assignments: [...(crew?.assignments ?? []), ...asked.assignments],
    }
    const by = { by: actor.personId, action: 'apply-timetable' }
    const steps = fittingSteps([...rooms.steps, ...asked.steps, ...crewSteps(world, { before: crew, after, ...by, commandId: command.id })])
    const answer = { runId: run.id, assignments: await assignmentViews(world.table, before, asked.assignments), rooms: body.rooms }
    if (run === before.run) return transact(world, command, steps, answer)
    // The run itself is written, so that its check is left out: one transaction meets an item once.
    return changeRun(world, { before, run, command, ...by, more: steps.filter(({ name }) => name !== 'run') }, answer)
  })
}

/** The run with the rooms its meetings are to have; the same run where it names them already. */
function withRooms({ run }: RunItem, wishes: readonly RoomWish[]): Run {
  const wished = new Map(wishes.map(({ meetingId, room }) => [meetingId, room]))
  const meetings = run.meetings.map((meeting) => ({ ...meeting, room: wished.get(meeting.id) ?? meeting.room }))
  if (meetings.every(({ room }, place) => room === run.meetings[place]?.room)) return run
  if (run.state !== 'draft') throw new Refusal('illegal-transition', { current: run.state, allowed: [] })
  return { ...run, meetings }
}

/** The rooms of a run afterwards, and the steps that hold their hours; devices stay. Refuses as `applyTimetable` says. */
async function planRooms(
  world: World,
  run: Run,
  crew: Crew | undefined,
  wishes: readonly RoomWish[],
): Promise<{ rooms: RoomBooking[]; steps: Step[] }> {
  const before = crew?.rooms ?? []
  if (wishes.length === 0) return { rooms: before, steps: [] }
  const venues = await readVenues(world.table, venueIdsOf(run))
  const wanted = wishes.map((wish) => roomOf(run, venues, wish))
  const others = before.filter(
    ({ meetingId, resource }) => resourceParts(resource).kind === 'device' || !wanted.some((one) => one.meetingId === meetingId),
  )
  const { rooms, changes } = roomChanges(run, before, [...others, ...wanted], () => world.id('booking'))
  const { steps, obstacles } = await hoursSteps(world, changes)
  if (obstacles.length > 0) throw roomTaken(await roomClashes(world, { run, venues }, obstacles), venues)
  return { rooms, steps }
}

/** The room that a meeting is to have, at the meeting's hours. Refuses `not-found`, `room-too-small`. */
function roomOf(run: Run, venues: ReadonlyMap<string, Venue>, { meetingId, room }: RoomWish) {
  const meeting = run.meetings.find(({ id }) => id === meetingId)
  const venue = venues.get(meeting?.venueId ?? '')
  const found = venue?.rooms.find(({ name }) => name === room)
  if (meeting === undefined || venue === undefined || found === undefined) throw new Refusal('not-found')
  const hours = { from: meeting.startsAt, to: meeting.endsAt }
  if (found.capacity < run.capacity)
    throw new Refusal('room-too-small', { room, when: hoursInWords(hours), has: found.capacity, seats: run.capacity })
  return { meetingId, resource: roomResource(venue.id, room), ...hours }
}
