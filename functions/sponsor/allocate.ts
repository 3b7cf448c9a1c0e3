import type { Actor, Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { AllocationView } from '@skills/contract/sponsors.routes.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { readAccount } from '@skills/core/funding/account.table.ts'
import { checkAllocation, potParts } from '@skills/core/funding/allocation.ts'
import { readAllocation, setAside } from '@skills/core/funding/allocation.table.ts'
import { paidBy } from '@skills/core/funding/funding-rule.ts'
import { mustBeActive } from '@skills/core/funding/program.ts'
import type { World } from '@skills/core/world.ts'
import { allocationView } from './allocation-view.ts'
import { ownProgram } from './own-program.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'

interface Call {
  actor: Actor
  command: Command
  params: { programId: string }
  body: { runId: string; seats: number; fen: number }
}

/**
 * Sets seats and money of a program aside for a run, so that claims there touch nothing that all claims of the program touch. Refuses `program-not-active`,
 * `validation-failed` (run not to be seen, over or without a price; more seats than it has; not enough for one), `allocation-exists`, `budget-insufficient`.
 */
export async function allocate(world: World, { actor, command, params, body }: Call): Promise<AllocationView> {
  const { runId, seats, fen } = body
  return untilDone(world, command, async () => {
    const program = await ownProgram(world, actor, params.programId, 'manage')
    mustBeActive(program.program)
    const rule = program.program.funding
    const run = checkAllocation({ run: await readRun(world.table, runId), rule, seats, fen }, world.now())
    if ((await readAllocation(world.table, runId, params.programId)) !== undefined) throw new Refusal('allocation-exists')
    const account = await readAccount(world.table, params.programId)
    const parts = potParts(run.shards, seats, fen, paidBy(rule, run.run.priceFen))
    const by = actor.personId
    return setAside(world, command, { program, account, run, seats, fen, parts, by }, (item) => ({
      ...allocationView(item, run, []),
      seatsLeft: seats,
      availableFen: fen,
    }))
  })
}
