import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Program, ProgramTerms } from '@skills/contract/funding.ts'
import type { ProgramView } from '@skills/contract/sponsors.routes.ts'
import { dateAt } from '@skills/contract/time.ts'
import { createProgram as create } from '@skills/core/funding/program.table.ts'
import { checkTerms } from '@skills/core/funding/program-terms.ts'
import type { World } from '@skills/core/world.ts'
import { ownSponsor } from './own-program.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'

interface Call {
  actor: Actor
  command: Command
  params: { sponsorId: string }
  body: ProgramTerms
}

/** Creates a program with an empty budget, for managers of the union or of one above it. Refuses `validation-failed` with everything that is wrong at once. */
export async function createProgram(world: World, { actor, command, params, body }: Call): Promise<ProgramView> {
  return untilDone(world, command, async () => {
    const sponsor = await ownSponsor(world, actor, params.sponsorId, 'manage')
    checkTerms(body, '#', [], dateAt(world.now()))
    const program: Program = { id: world.id('program'), sponsorId: params.sponsorId, ...body, state: 'active' }
    const budget = { toppedUpFen: 0, withdrawnFen: 0, freeFen: 0, availableFen: 0, reservedFen: 0, spentFen: 0 }
    return create(world, command, actor.personId, program, sponsor, ({ version }): ProgramView => ({
      program,
      budget,
      version,
      allocations: 0,
      openReviews: 0,
    }))
  })
}
