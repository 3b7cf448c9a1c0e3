import type { Actor, Command } from '@skills/contract/actor.ts'
import type { ProgramTerms } from '@skills/contract/funding.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { ProgramView } from '@skills/contract/sponsors.routes.ts'
import { dateAt } from '@skills/contract/time.ts'
import { readSetAside } from '@skills/core/funding/budget.table.ts'
import { changeProgram } from '@skills/core/funding/program.table.ts'
import { checkTerms } from '@skills/core/funding/program-terms.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import type { World } from '@skills/core/world.ts'
import { ownProgram } from './own-program.ts'
import { viewProgram } from './program-view.ts'

interface Call {
  actor: Actor
  command: Command
  params: { programId: string }
  body: { terms: ProgramTerms; version: number }
}

/**
 * Changes the terms of a program, at the version its editor saw. Orders keep what they were granted; what is quoted but not claimed is judged anew. Once money was
 * set aside, rule sets in force keep their content. Refuses `version-conflict`, `illegal-transition` while it closes, `validation-failed`.
 */
export async function saveProgram(world: World, { actor, command, params, body }: Call): Promise<ProgramView> {
  return untilDone(world, command, async () => {
    const before = await ownProgram(world, actor, params.programId, 'manage')
    if (before.version !== body.version) throw new Refusal('version-conflict')
    const { state } = before.program
    if (state === 'closing' || state === 'closed') throw new Refusal('illegal-transition', { current: state, allowed: [] })
    const used = (await readSetAside(world.table, params.programId)).length > 0
    checkTerms(body.terms, '#/terms', used ? before.program.ruleSets : [], dateAt(world.now()))
    const { id, sponsorId } = before.program
    const program = { id, sponsorId, ...body.terms, state }
    const view = await viewProgram(world, before)
    return changeProgram(world, command, { before, program, action: 'save', by: actor.personId }, ({ version }) => ({
      ...view,
      program,
      version,
    }))
  })
}
