import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Allocation } from '@skills/contract/funding.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { AllocationView } from '@skills/contract/sponsors.routes.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { readAllocation, switchAllocation } from '@skills/core/funding/allocation.table.ts'
import { tryToClose } from '@skills/core/funding/close-allocation.ts'
import { readPots } from '@skills/core/funding/pot.table.ts'
import { allocationStepsTo } from '@skills/core/funding/program.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { allocationView } from './allocation-view.ts'
import { ownProgram } from './own-program.ts'

interface Call {
  actor: Actor
  command: Command
  params: { programId: string; runId: string }
  body: { to: Allocation['state'] }
}

/**
 * Freezes what was set aside for a run, opens it again, or closes it: then what is not promised goes back to the program at once. A frozen one grants nothing from
 * the same moment. Closing what is closed sends on what came back since. Refuses `not-found`, `illegal-transition`.
 */
export async function stepAllocation(world: World, { actor, command, params, body }: Call): Promise<AllocationView> {
  const { programId, runId } = params
  const by = actor.personId
  return untilDone(world, command, async () => {
    const program = await ownProgram(world, actor, programId, 'manage')
    const [before, run] = await Promise.all([readAllocation(world.table, runId, programId), readRun(world.table, runId)])
    if (before === undefined || run === undefined) throw new Refusal('not-found')
    const goes = allocationStepsTo(program.program.state, before.allocation.state, body.to)
    if (body.to === 'closed') {
      const closed = await tryToClose(world, { runId, programId, by, command, answer: (item, _, pots) => allocationView(item, run, pots) })
      if (closed === undefined) throw new Refusal('not-found')
      return closed
    }
    const pots = await readPots(world.table, programId, runId, before.parts)
    if (!goes) return transact(world, command, [], allocationView(before, run, pots))
    return switchAllocation(world, command, { before, program, pots, to: body.to, by, run }, (item) => allocationView(item, run, pots))
  })
}
