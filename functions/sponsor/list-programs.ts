import type { Actor } from '@skills/contract/actor.ts'
import type { ProgramView } from '@skills/contract/sponsors.routes.ts'
import { readProgramsOf } from '@skills/core/funding/program.table.ts'
import type { World } from '@skills/core/world.ts'
import { ownProgram, ownSponsor } from './own-program.ts'
import { viewProgram } from './program-view.ts'

/** The programs of a union with their budgets, the oldest first. */
export async function listPrograms(
  world: World,
  { actor, params }: { actor: Actor; params: { sponsorId: string } },
): Promise<{ programs: ProgramView[] }> {
  await ownSponsor(world, actor, params.sponsorId, 'look')
  const programs = await readProgramsOf(world.table, params.sponsorId)
  return { programs: await Promise.all(programs.map((item) => viewProgram(world, item))) }
}

/** One program with its budget. */
export async function getProgram(world: World, { actor, params }: { actor: Actor; params: { programId: string } }): Promise<ProgramView> {
  return viewProgram(world, await ownProgram(world, actor, params.programId, 'look'))
}
