import { untilDone } from '../funding/until-done.ts'
import { liveAssignments, type Assignment } from '../scheduling/crew.ts'
import { readCrew } from '../scheduling/crew.table.ts'
import type { World } from '../world.ts'
import { assignmentsBy, firstOf, leaveCrew } from './change-crew.ts'

/** How many requests one transaction ends: each may lie in a week of its own, and DynamoDB takes 100 actions. */
const mostAtOnce = 20

/**
 * Ends the requests of a run that nobody answered in time, in parts, and tells who asked, once for each instructor. Their hours were free from that instant on; this writes it down. Out: how
 * many ended. May be called again at any time; an answer at the same moment wins or loses as a whole.
 */
export async function lapseRequests(world: World, runId: string): Promise<number> {
  for (let ended = 0; ;) {
    const part = await lapsePart(world, runId)
    if (part === 0) return ended
    ended += part
  }
}

const pair = ({ askedBy, instructorId }: Assignment) => `${askedBy} ${instructorId}`

async function lapsePart(world: World, runId: string): Promise<number> {
  return untilDone(world, undefined, async () => {
    const crew = await readCrew(world.table, runId)
    const live = new Set(crew === undefined ? [] : liveAssignments(crew, world.now()))
    const lapsed = crew?.assignments.filter((one) => !live.has(one)).toSorted((a, b) => (pair(a) < pair(b) ? -1 : 1)) ?? []
    if (crew === undefined || lapsed.length === 0) return { answer: 0, replayed: false }
    const gone = lapsed.slice(0, mostAtOnce)
    // Whose requests do not all fit is told with the last part of them.
    const left = new Set(lapsed.slice(mostAtOnce).map(pair))
    const whole = gone.filter((one) => !left.has(pair(one)))
    const tells = assignmentsBy(whole, pair).map(([, hers]) => ({
      type: 'assignment-lapsed' as const,
      personId: hers[0]?.askedBy ?? '',
      runId,
      from: firstOf(hers),
    }))
    return leaveCrew(world, undefined, { crew, gone, action: 'lapse', by: 'system:sweep-crews', tells }, gone.length)
  })
}
