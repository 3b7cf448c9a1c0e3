import type { Actor, Page } from '@skills/contract/actor.ts'
import type { RosterLine } from '@skills/contract/learners.routes.ts'
import { readRoster } from '@skills/core/roster/roster.table.ts'
import type { World } from '@skills/core/world.ts'
import { ownRoster } from './own-roster.ts'

interface Call {
  actor: Actor
  params: { runId: string }
  page: Page
}

/** The roster of a run, a page at a time, for its own provider and operators; for everybody else there is no such run. Names are masked. */
export async function listRoster(world: World, { actor, params, page }: Call): Promise<{ items: RosterLine[]; next: string | null }> {
  const { item, operates } = await ownRoster(world, actor, params.runId, ['provider:manager', 'provider:registrar', 'provider:instructor'])
  return readRoster(world.table, item, page, operates)
}
