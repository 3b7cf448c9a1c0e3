import { atOnce } from '@skills/core/catalog/at-once.ts'
import { changeRun, readDueRuns, readRun } from '@skills/core/catalog/run.table.ts'
import { runAt } from '@skills/core/catalog/run.ts'
import { realWorld, type World } from '@skills/core/world.ts'

/** How many runs one sweep takes on; what is left is still due in a minute. */
const mostRuns = 2_000
const runsAtOnce = 8

/**
 * Moves every run whose time has come to the state the clock says. The index only advises: each run is read again and written on the condition
 * that nobody changed it, so sweeps may overlap and repeat. Registration does not wait for this: claims judge by the clock.
 */
export async function sweepRuns(world: World): Promise<{ due: number; moved: number }> {
  const due = await readDueRuns(world.table, world.now(), mostRuns)
  const moved = await atOnce(due, runsAtOnce, async (runId) => {
    const before = await readRun(world.table, runId)
    if (before === undefined) return false
    const run = runAt(before.run, world.now())
    if (run.state === before.run.state) return false
    const outcome = await changeRun(world, { before, run, by: 'system:sweep-runs', action: `step to ${run.state}` }, null)
    return 'answer' in outcome
  })
  return { due: due.length, moved: moved.filter(Boolean).length }
}

let world: World | undefined

export async function handler(): Promise<{ due: number; moved: number }> {
  return sweepRuns((world ??= realWorld()))
}
