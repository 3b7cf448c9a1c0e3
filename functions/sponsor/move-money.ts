import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Budget } from '@skills/contract/funding.ts'
import { budgetOf } from '@skills/core/funding/account.ts'
import { moveMoneySteps, readAccount } from '@skills/core/funding/account.table.ts'
import { readPotsOf, readSetAside } from '@skills/core/funding/budget.table.ts'
import { mustBeActive } from '@skills/core/funding/program.ts'
import { programStands } from '@skills/core/funding/program.table.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { ownProgram } from './own-program.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'

interface Call {
  actor: Actor
  command: Command
  params: { programId: string }
  body: { kind: 'top-up' | 'withdrawal'; fen: number; reference: string }
}

/**
 * Tops a budget up or takes out of it what is free: an active program takes money, every one gives it back. Out: the budget after it. Refuses
 * `budget-insufficient`, `program-not-active`, and `validation-failed` above what an account can hold.
 */
export async function moveMoney(world: World, { actor, command, params, body }: Call): Promise<Budget> {
  const { kind, fen, reference } = body
  const { programId } = params
  return untilDone(world, command, async () => {
    const program = await ownProgram(world, actor, programId, 'manage')
    if (kind === 'top-up') mustBeActive(program.program)
    const pots = await readPotsOf(world.table, programId, await readSetAside(world.table, programId))
    const before = await readAccount(world.table, programId)
    const way = kind === 'top-up' ? ({ from: 'outside', to: 'free' } as const) : ({ from: 'free', to: 'outside' } as const)
    const doing = { action: kind, by: actor.personId, commandId: command.id }
    const { steps, account } = moveMoneySteps(world, before, { ...way, fen, reference, of: null }, doing)
    return transact(world, command, [programStands(program), ...steps], budgetOf(account, pots))
  })
}
