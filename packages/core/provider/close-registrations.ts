import type { Run, RunState } from '@skills/contract/catalog.ts'
import { courseIdsOf } from '../catalog/course.table.ts'
import { changeRun, readRun, readRunsOf } from '../catalog/run.table.ts'
import type { World } from '../world.ts'

const takesPeople: readonly RunState[] = ['published', 'registration-open']

/**
 * Closes the registration of every run of a provider that may offer nothing now, or of those that `which` says: what is open, and what would open by itself. Nobody who is enrolled loses anything, and the runs go on.
 * It may be stopped anywhere and done again. Out: how many were closed.
 */
export async function closeRegistrations(
  world: World,
  providerId: string,
  by: string,
  which: (run: Run) => boolean = () => true,
): Promise<number> {
  let closed = 0
  for (const courseId of await courseIdsOf(world.table, providerId))
    for (const { run } of await readRunsOf(world.table, courseId))
      if (takesPeople.includes(run.state) && which(run)) closed += await close(world, run.id, by)
  return closed
}

async function close(world: World, runId: string, by: string): Promise<number> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const before = await readRun(world.table, runId)
    if (before === undefined || !takesPeople.includes(before.run.state)) return 0
    const run = { ...before.run, state: 'registration-closed' as const }
    const outcome = await changeRun(world, { before, run, by, action: 'close: may not be offered' }, 1)
    if ('answer' in outcome) return outcome.answer
  }
  return 0
}
