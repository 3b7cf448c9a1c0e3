import type { Meeting, Run, Venue } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { notOffered } from '../instructor/availability.ts'
import { boundsOf, type InstructorItem } from '../instructor/instructor.ts'
import { instructorCheck, readInstructors } from '../instructor/instructor.table.ts'
import { placeOf } from '../instructor/meeting-place.ts'
import { hoursInWords, obstacleWords, qualificationObstacle, type Obstacle } from '../instructor/obstacle.ts'
import { outboxStep } from '../outbox.ts'
import { liveAssignments, type Assignment, type Crew } from '../scheduling/crew.ts'
import { hoursSteps, type HoursChange } from '../scheduling/week.table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { roomClashes, roomTaken } from './room-clashes.ts'
import { freeing, roomChanges, wantedRooms } from './room-bookings.ts'

export interface CrewPlan {
  /** The run as it was, or undefined for a new one. */
  before: Run | undefined
  run: Run
  /** What its instructors must be qualified for. */
  demand: Pick<RunItem, 'trade' | 'level'>
  crew: Crew | undefined
  venues: ReadonlyMap<string, Venue>
  devices: ReadonlyMap<string, readonly string[]>
}

export interface PlannedCrew {
  after: Pick<Crew, 'runId' | 'providerId' | 'assignments' | 'rooms'>
  /** Hours of rooms, devices and instructors, and whom it tells; the caller writes the crew (`crewSteps`) in the same transaction. */
  steps: Step[]
}

/**
 * Plans the hours of a run that is new or changed: rooms and devices of its meetings, and those of instructors whose meetings move, all in the steps for one transaction. An
 * instructor keeps a meeting that moves when she is free, offers those hours and is qualified on that day; a meeting that goes gives her hours back. Refuses `room-taken`
 * with what is free, and `instructor-cannot-move`.
 */
export async function planCrew(world: World, plan: CrewPlan): Promise<PlannedCrew> {
  const { before, run, crew, venues } = plan
  const now = world.now()
  const { rooms, changes } = roomChanges(run, crew?.rooms ?? [], wantedRooms(run, plan.devices), () => world.id('booking'))
  const live = crew === undefined ? [] : liveAssignments(crew, now)
  const meetings = new Map(run.meetings.map((meeting) => [meeting.id, meeting]))
  const old = new Map((before?.meetings ?? []).map((meeting) => [meeting.id, meeting]))
  const gone = live.filter(({ meetingId }) => !meetings.has(meetingId))
  const moving = live.filter(({ meetingId }) => moves(old.get(meetingId), meetings.get(meetingId)))
  const instructors = await readThem(world, [...gone, ...moving])
  const moved = moving.map((one): Assignment => {
    const { startsAt: from, endsAt: to } = meetings.get(one.meetingId) as Meeting
    return { ...one, from, to }
  })
  for (const one of moved) judge(plan, one, instructors.get(one.instructorId), meetings.get(one.meetingId) as Meeting)
  const { steps, obstacles } = await hoursSteps(world, [
    ...[...gone, ...moving].map((one) => freeing({ ...one, resource: one.instructorId })),
    ...changes,
    ...moved.flatMap((one) => taking(plan, one, instructors.get(one.instructorId), meetings.get(one.meetingId) as Meeting)),
  ])
  const hers = obstacles.find(({ change }) => instructors.has(change.resource))
  if (hers !== undefined && hers.clash.kind !== 'gone')
    throw cannotMove(instructors.get(hers.change.resource), hers.change.booking, hers.clash)
  if (obstacles.length > 0) throw roomTaken(await roomClashes(world, { run, venues }, obstacles), venues)
  const assignments = live
    .filter((one) => !gone.includes(one))
    .map((one) => moved.find(({ bookingId }) => bookingId === one.bookingId) ?? one)
  const { id: runId, providerId } = run
  const checks = [...new Set(moved.map(({ instructorId }) => instructorId))].flatMap((id) => {
    const item = instructors.get(id)
    return item === undefined ? [] : [{ ...instructorCheck(item), name: `instructor ${id}` }]
  })
  const tells = [
    ...tell(world, run, instructors, gone, 'assignment-withdrawn'),
    ...tell(world, run, instructors, moved, 'assignment-moved'),
  ]
  return { after: { runId, providerId, assignments, rooms }, steps: [...steps, ...checks, ...tells] }
}

/** Whether who teaches a meeting must be somewhere else or at another time. */
function moves(before: Meeting | undefined, after: Meeting | undefined): boolean {
  if (before === undefined || after === undefined) return false
  return (
    before.startsAt !== after.startsAt || before.endsAt !== after.endsAt || before.venueId !== after.venueId || before.kind !== after.kind
  )
}

async function readThem(world: World, assignments: readonly Assignment[]): Promise<Map<string, InstructorItem>> {
  const ids = [...new Set(assignments.map(({ instructorId }) => instructorId))]
  const items = await readInstructors(world.table, ids)
  return new Map(ids.flatMap((id, place) => (items[place] === undefined ? [] : [[id, items[place]]])))
}

function judge({ demand, run, venues }: CrewPlan, one: Assignment, item: InstructorItem | undefined, meeting: Meeting): void {
  if (item === undefined) return
  const { from, to, meetingId: id } = one
  const obstacle =
    qualificationObstacle(item.instructor, { ...demand, id, from, to, place: placeOf(meeting, run, venues) }) ??
    notOffered(item.instructor, from, to)
  if (obstacle !== undefined) throw cannotMove(item, one, obstacle)
}

function taking({ run, venues }: CrewPlan, one: Assignment, item: InstructorItem | undefined, meeting: Meeting): HoursChange[] {
  if (item === undefined) return []
  const { bookingId: id, meetingId, from, to, until } = one
  const state = one.state === 'accepted' ? 'booked' : 'asked'
  const booking = {
    id,
    meetingId,
    runId: run.id,
    providerId: run.providerId,
    from,
    to,
    place: placeOf(meeting, run, venues),
    state,
    until,
  } as const
  return [
    {
      kind: 'take',
      resource: one.instructorId,
      booking: { ...booking, until: state === 'booked' ? null : until },
      bounds: boundsOf(item.instructor),
    },
  ]
}

function cannotMove(item: InstructorItem | undefined, hours: { from: string; to: string }, obstacle: Obstacle): Refusal {
  const words = obstacleWords(obstacle)
  const when = hoursInWords(hours)
  return new Refusal('instructor-cannot-move', {
    name: item?.instructor.name ?? { zh: '师资', en: 'The instructor' },
    reasons: { zh: `${when} 的课，${words.zh}`, en: `${when}: ${words.en}` },
  })
}

/** One event for each instructor, about the first of her meetings. */
function tell(
  world: World,
  run: Pick<Run, 'id'>,
  instructors: ReadonlyMap<string, InstructorItem>,
  assignments: readonly Assignment[],
  type: 'assignment-withdrawn' | 'assignment-moved',
): Step[] {
  return [...Map.groupBy(assignments, ({ instructorId }) => instructorId)].flatMap(([id, all]) => {
    const item = instructors.get(id)
    const from = all.map((one) => one.from).toSorted()[0] ?? ''
    return item === undefined ? [] : [outboxStep(world, { type, personId: item.personId, runId: run.id, from })]
  })
}
