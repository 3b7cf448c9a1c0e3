import type { Actor } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { TimetableProposal, TimetableRunProposal } from '@skills/contract/timetable.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { resourceParts } from '@skills/core/planning/room-bookings.ts'
import { constraintWords } from '@skills/core/timetable/constraint-words.ts'
import type { Placed, Timetable } from '@skills/core/timetable/problem.ts'
import { readProblem, type ReadProblem } from '@skills/core/timetable/read-problem.ts'
import { solveTimetable } from '@skills/core/timetable/solve-timetable.ts'
import type { World } from '@skills/core/world.ts'

/** Meetings of one request, and milliseconds of one search: the gateway waits for 29 s, and reading before and reasons after it take some. */
const [mostMeetings, searchMs] = [300, 15_000]

interface Call {
  actor: Actor
  body: { runIds: string[]; instructors?: number | undefined; equipment?: string[] | undefined; onHolidays?: boolean | undefined }
}

/**
 * A timetable for runs of a provider: rooms and instructors for all meetings that have not begun, or why there are none. Nothing is written. Refuses `not-found`,
 * `run-cancelled`, `timetable-too-large`.
 */
export async function proposeTimetable(world: World, { actor, body }: Call): Promise<TimetableProposal> {
  const started = world.tick()
  const runs = await Promise.all([...new Set(body.runIds)].map((runId) => plannedRun(world, actor, runId)))
  const count = runs.reduce((sum, { run }) => sum + run.meetings.length, 0)
  if (count > mostMeetings) throw new Refusal('timetable-too-large', { count, most: mostMeetings })
  const { instructors = 1, equipment = [], onHolidays = false } = body
  const read = await readProblem(world, runs, { instructors, equipment, onHolidays })
  const timetable = solveTimetable(read.problem, { stop: () => world.tick() - started > searchMs })
  const { travelMinutes, changes, stoppedEarly } = timetable
  return { runs: runs.map((item) => proposalOf(item, read, timetable)), travelMinutes, changes, stoppedEarly }
}

/** A run that the caller may plan; for everybody else there is none. Refuses `not-found`, `run-cancelled`. */
export async function plannedRun(world: World, actor: Actor, runId: string): Promise<RunItem> {
  const item = await readRun(world.table, runId)
  if (item === undefined || !mayAct(actor, item.run.providerId, ['provider:manager'])) throw new Refusal('not-found')
  if (item.run.state === 'cancelled') throw new Refusal('run-cancelled')
  return item
}

function proposalOf({ run }: RunItem, { instructors, settled, problem }: ReadProblem, timetable: Timetable): TimetableRunProposal {
  const mine = new Set(run.meetings.map(({ id }) => id))
  const placed = new Map(timetable.placed.filter(({ meetingId }) => mine.has(meetingId)).map((one) => [one.meetingId, one]))
  const roomName = (roomId: string | null) => (roomId === null ? null : resourceParts(roomId).name)
  const ids = [...problem.meetings.map(({ id }) => id), ...settled]
  const planned = run.meetings.filter(({ id }) => ids.includes(id)).toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1))
  const meetings = planned.map((meeting): TimetableRunProposal['meetings'][number] => {
    const one = placed.get(meeting.id)
    const stuck = timetable.unplaced.find(({ meetingId }) => meetingId === meeting.id)
    return {
      meetingId: meeting.id,
      from: meeting.startsAt,
      to: meeting.endsAt,
      state: one !== undefined ? 'proposed' : stuck !== undefined ? 'unplaced' : 'settled',
      room: roomName(one?.roomId ?? null) ?? meeting.room,
      instructors: (one?.instructorIds ?? []).map((instructorId) => ({
        instructorId,
        name: instructors.get(instructorId)?.name ?? { zh: '', en: '' },
      })),
      blockedBy: (stuck?.blockedBy ?? []).map((constraint) => ({ constraint, ...constraintWords[constraint] })),
      freeAt: stuck?.freeAt ?? null,
    }
  })
  const rooms = [...placed.values()].flatMap(({ meetingId, roomId }) =>
    roomId === null ? [] : { meetingId, room: roomName(roomId) ?? '' },
  )
  return { runId: run.id, name: run.name, meetings, asks: asksOf([...placed.values()], instructors), rooms }
}

/** One ask for each instructor of a run. The fee for a meeting is her own for an hour, by how long her meetings are on average. */
function asksOf(placed: readonly Placed[], instructors: ReadProblem['instructors']): TimetableRunProposal['asks'] {
  return [...new Set(placed.flatMap(({ instructorIds }) => instructorIds))].map((instructorId) => {
    const hers = placed.filter(({ instructorIds }) => instructorIds.includes(instructorId))
    const hours = hers.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0) / 3_600_000 / hers.length
    const feeFen = Math.round((instructors.get(instructorId)?.feeFenPerHour ?? 0) * hours)
    return { instructorId, meetingIds: hers.map(({ meetingId }) => meetingId), feeFen }
  })
}
