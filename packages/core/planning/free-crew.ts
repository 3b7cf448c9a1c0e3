import { firstOf } from '../instructor/change-crew.ts'
import { readInstructors } from '../instructor/instructor.table.ts'
import { outboxStep } from '../outbox.ts'
import { crewSteps, readCrew } from '../scheduling/crew.table.ts'
import { liveAssignments } from '../scheduling/crew.ts'
import { hoursSteps } from '../scheduling/week.table.ts'
import { transact, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { freeing } from './room-bookings.ts'

/** How many bookings one transaction gives back: each may lie in a week of its own. */
const mostAtOnce = 20
const mostTries = 12

/**
 * Gives back every hour of a run that is cancelled: rooms, devices and instructors of meetings that have not begun, in parts, each with the crew that loses it and with whom it tells. What has
 * begun stays as evidence. Begins anew wherever it was stopped, and may be called by several at once. Out: how many bookings it gave back.
 */
export async function freeCrew(world: World, runId: string, by: string): Promise<number> {
  let freed = 0
  for (let tries = 0; tries < mostTries;) {
    const crew = await readCrew(world.table, runId)
    const now = world.now()
    const coming = <T extends { from: string }>(all: readonly T[]) => all.filter(({ from }) => from > now)
    const assignments = coming(crew?.assignments ?? []).slice(0, mostAtOnce)
    const rooms = coming(crew?.rooms ?? []).slice(0, mostAtOnce - assignments.length)
    if (crew === undefined || assignments.length + rooms.length === 0) return freed
    const ids = [...new Set(assignments.map(({ instructorId }) => instructorId))]
    const live = liveAssignments({ assignments }, now)
    const people = await readInstructors(world.table, ids)
    const tells = ids.flatMap((id, place): Step[] => {
      const hers = live.filter(({ instructorId }) => instructorId === id)
      const personId = people[place]?.personId
      if (personId === undefined || hers.length === 0) return []
      return [outboxStep(world, { type: 'assignment-withdrawn', personId, runId, from: firstOf(hers) })]
    })
    const { steps } = await hoursSteps(world, [
      ...rooms.map(freeing),
      ...assignments.map((one) => freeing({ ...one, resource: one.instructorId })),
    ])
    const after = {
      ...crew,
      assignments: crew.assignments.filter((one) => !assignments.includes(one)),
      rooms: crew.rooms.filter((one) => !rooms.includes(one)),
    }
    const outcome = await transact(
      world,
      undefined,
      [...steps, ...crewSteps(world, { before: crew, after, action: 'free', by }), ...tells],
      null,
    )
    if ('answer' in outcome) freed += assignments.length + rooms.length
    else tries += 1
  }
  throw new Error(`the hours of ${runId} kept changing`)
}
