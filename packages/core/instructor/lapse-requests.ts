import { liveAssignments } from '../scheduling/crew.ts'
import { readCrew } from '../scheduling/crew.table.ts'
import type { World } from '../world.ts'
import { assignmentsBy, firstOf, leaveCrew } from './change-crew.ts'

const mostTries = 8
const by = 'system:sweep-crews'

/**
 * Ends the requests of a run that nobody answered in time, and tells who asked. Their hours were free from that instant on; this writes it down. Out: how many ended. May be
 * called again at any time; an answer at the same moment wins or loses as a whole.
 */
export async function lapseRequests(world: World, runId: string): Promise<number> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const crew = await readCrew(world.table, runId)
    if (crew === undefined) return 0
    const live = new Set(liveAssignments(crew, world.now()))
    const gone = crew.assignments.filter((one) => !live.has(one))
    if (gone.length === 0) return 0
    const tells = assignmentsBy(gone, ({ askedBy, instructorId }) => `${askedBy} ${instructorId}`).map(([, hers]) => ({
      type: 'assignment-lapsed' as const,
      personId: hers[0]?.askedBy ?? '',
      runId,
      from: firstOf(hers),
    }))
    const outcome = await leaveCrew(world, undefined, { crew, gone, action: 'lapse', by, tells }, gone.length)
    if ('answer' in outcome) return outcome.answer
  }
  throw new Error(`requests of ${runId} kept changing`)
}
