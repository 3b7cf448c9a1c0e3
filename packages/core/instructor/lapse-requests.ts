import { untilDone } from '../funding/until-done.ts'
import { liveAssignments } from '../scheduling/crew.ts'
import { readCrew } from '../scheduling/crew.table.ts'
import type { World } from '../world.ts'
import { assignmentsBy, firstOf, leaveCrew } from './change-crew.ts'

/**
 * Ends the requests of a run that nobody answered in time, and tells who asked. Their hours were free from that instant on; this writes it down. Out: how many ended. May be
 * called again at any time; an answer at the same moment wins or loses as a whole.
 */
export async function lapseRequests(world: World, runId: string): Promise<number> {
  return untilDone(world, undefined, async () => {
    const crew = await readCrew(world.table, runId)
    const live = new Set(crew === undefined ? [] : liveAssignments(crew, world.now()))
    const gone = crew?.assignments.filter((one) => !live.has(one)) ?? []
    if (crew === undefined || gone.length === 0) return { answer: 0, replayed: false }
    const tells = assignmentsBy(gone, ({ askedBy, instructorId }) => `${askedBy} ${instructorId}`).map(([, hers]) => ({
      type: 'assignment-lapsed' as const,
      personId: hers[0]?.askedBy ?? '',
      runId,
      from: firstOf(hers),
    }))
    return leaveCrew(world, undefined, { crew, gone, action: 'lapse', by: 'system:sweep-crews', tells }, gone.length)
  })
}
