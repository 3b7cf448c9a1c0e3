import type { Instructor } from '@skills/contract/instructor.ts'
import { dateAt } from '@skills/contract/time.ts'
import { runOf } from '../catalog/run-item.ts'
import { keys } from '../keys.ts'
import { outboxStep } from '../outbox.ts'
import { liveAssignments, type Crew } from '../scheduling/crew.ts'
import { readItems, readRange } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { assignmentsBy, firstOf } from './change-crew.ts'
import { qualified } from './instructor.ts'

/** So many runs are told of in the change's own transaction; whoever has more is flagged on each run's page all the same. */
const mostTold = 60

/**
 * The steps that tell who asked an instructor of the meetings to come for which she is not qualified any more, as she is in `after`: one notice for each run. They stay in the crew until
 * their provider has found somebody else, so that no meeting is without anybody overnight.
 */
export async function unqualifiedSteps(world: World, after: Instructor): Promise<Step[]> {
  const now = world.now()
  const lines = await readRange(world.table, { pk: keys.instructor.key(after.id).pk, begins: 'CREW#' })
  const runIds = lines.map((line) => line['runId'] as string)
  const [crews, runs] = await Promise.all([
    readItems(
      world.table,
      runIds.map((id) => keys.crew.key(id)),
    ),
    readItems(
      world.table,
      runIds.map((id) => keys.run.key(id)),
    ),
  ])
  const told = runIds.flatMap((runId, place) => {
    const crew = crews[place] as unknown as Crew | undefined
    const item = runOf(runs[place])
    if (crew === undefined || item === undefined || item.run.state === 'cancelled') return []
    const hers = liveAssignments(crew, now).filter(
      ({ instructorId, from, to }) =>
        instructorId === after.id && to > now && !qualified(after, { trade: item.trade, level: item.level, on: dateAt(from) }),
    )
    return assignmentsBy(hers, ({ askedBy }) => askedBy).map(([personId, of]) => ({ personId, runId, from: firstOf(of) }))
  })
  const soonest = told.toSorted((a, b) => (a.from < b.from ? -1 : 1)).slice(0, mostTold)
  return soonest.map((one) => outboxStep(world, { type: 'instructor-unqualified', ...one }))
}
