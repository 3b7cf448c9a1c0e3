import { plusMinutes } from '@skills/contract/time.ts'
import { atOnce } from '@skills/core/at-once.ts'
import { changeRun, readDueRuns, readRun } from '@skills/core/catalog/run.table.ts'
import { dueStep, runAt } from '@skills/core/catalog/run.ts'
import { decideTentative } from '@skills/core/planning/decide-tentative.ts'
import { decisionAt } from '@skills/core/planning/tentative.ts'
import { judge } from '@skills/core/transact.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { errorFields, log } from '@skills/http/log.ts'

/** How many runs one sweep takes on; what is left is still due in a minute. */
const mostRuns = 2_000
const runsAtOnce = 8
/** A run that so many claims are after that its step finds no gap is left to the next sweeps for so long; then somebody should look. */
const delayMinutes = 10

export interface Swept {
  due: number
  moved: number
  /** Still due, because of a rush for their seats. */
  delayed: number
}

/**
 * Moves every run whose time has come to the state the clock says. The index only advises: each run is read again and written on the condition
 * that nobody changed it, so sweeps may overlap and repeat. Registration does not wait for this: claims judge by the clock.
 * A run that cannot be moved holds up no other; in the end an error names those runs.
 */
export async function sweepRuns(world: World): Promise<Swept> {
  const due = await readDueRuns(world.table, world.now(), mostRuns)
  const { answers, failed } = await atOnce(due, runsAtOnce, (runId) => sweepRun(world, runId))
  for (const { error } of failed)
    log({ at: world.now(), level: 'error', function: 'sweep-runs', event: 'run-not-moved', ...errorFields(error) })
  if (failed.length > 0) throw new Error(`not moved: ${failed.map(({ item }) => item).join(' ')}`)
  const count = (what: (typeof answers)[number]) => answers.filter((one) => one === what).length
  return { due: due.length, moved: count('moved'), delayed: count('delayed') }
}

async function sweepRun(world: World, runId: string): Promise<'moved' | 'delayed' | 'unmoved'> {
  const before = await readRun(world.table, runId)
  if (before === undefined) return 'unmoved'
  const now = world.now()
  if ((decisionAt(before.run) ?? '9') <= now && (await decideTentative(world, runId, 'system:sweep-runs')) !== 'waiting') return 'moved'
  const run = runAt(before.run, now)
  if (run.state === before.run.state) return 'unmoved'
  try {
    const outcome = await changeRun(world, { before, run, by: 'system:sweep-runs', action: `step to ${run.state}` }, null)
    return 'answer' in outcome ? 'moved' : 'unmoved'
  } catch (error) {
    const late = (dueStep(before.run)?.at ?? '') < plusMinutes(world.now(), -delayMinutes)
    if (late || judge(error).kind !== 'conflict') throw error
    return 'delayed'
  }
}

let world: World | undefined

export async function handler(): Promise<Swept> {
  return sweepRuns((world ??= realWorld()))
}
