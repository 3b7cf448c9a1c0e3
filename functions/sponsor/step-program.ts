import type { Actor } from '@skills/contract/actor.ts'
import type { Program } from '@skills/contract/funding.ts'
import type { ProgramView } from '@skills/contract/sponsors.routes.ts'
import { readBudget } from '@skills/core/funding/budget.table.ts'
import { followProgram } from '@skills/core/funding/follow-program.ts'
import { stepsTo } from '@skills/core/funding/program.ts'
import { changeProgram, readProgram } from '@skills/core/funding/program.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import type { World } from '@skills/core/world.ts'
import { ownProgram } from './own-program.ts'
import { viewProgram } from './program-view.ts'

interface Call {
  actor: Actor
  params: { programId: string }
  body: { to: Program['state'] }
}

/**
 * Freezes, resumes or closes a program; its allocations and vouchers follow, each in a transaction of its own. Broken off, the same step goes on from there, and
 * the sweep does it too. A closing program drains: what is available goes back at once, what is reserved when it is resolved. Refuses `illegal-transition`.
 */
export async function stepProgram(world: World, { actor, params, body }: Call): Promise<ProgramView> {
  const { programId } = params
  await untilDone(world, undefined, async () => {
    const before = await ownProgram(world, actor, programId, 'manage')
    const { freeFen, availableFen, reservedFen } = await readBudget(world.table, programId)
    if (!stepsTo(before.program.state, body.to, freeFen + availableFen + reservedFen === 0)) return { answer: null, replayed: false }
    const program = { ...before.program, state: body.to }
    return changeProgram(world, undefined, { before, program, action: `step to ${body.to}`, by: actor.personId, follow: true }, () => null)
  })
  await followProgram(world, programId, actor.personId)
  return viewProgram(world, (await readProgram(world.table, programId)) ?? (await ownProgram(world, actor, programId, 'look')))
}
