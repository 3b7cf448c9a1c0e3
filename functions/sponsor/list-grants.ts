import type { Actor, Page } from '@skills/contract/actor.ts'
import { readGrants, type Granted } from '@skills/core/funding/grant-list.table.ts'
import type { World } from '@skills/core/world.ts'
import { ownProgram } from './own-program.ts'

interface Call {
  actor: Actor
  params: { programId: string }
  page: Page
}

/** Who got what of a program, a page at a time; names are masked. */
export async function listGrants(world: World, { actor, params, page }: Call): Promise<{ items: Granted[]; next: string | null }> {
  await ownProgram(world, actor, params.programId, 'look')
  return readGrants(world.table, params.programId, page)
}
