import type { Actor, Page } from '@skills/contract/actor.ts'
import type { RosterLine } from '@skills/contract/catalog.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readRoster } from '@skills/core/catalog/roster.table.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import type { World } from '@skills/core/world.ts'
import { mayAct } from '@skills/core/people/may-act.ts'

interface Call {
  actor: Actor
  params: { runId: string }
  page: Page
}

/** The roster of a run, a page at a time, for its own provider and operators; for everybody else there is no such run. Names are masked. */
export async function listRoster(world: World, { actor, params, page }: Call): Promise<{ items: RosterLine[]; next: string | null }> {
  const item = await readRun(world.table, params.runId)
  const allowed = ['provider:manager', 'provider:registrar', 'provider:instructor'] as const
  if (item === undefined || !mayAct(actor, item.run.providerId, allowed)) throw new Refusal('not-found')
  return readRoster(world.table, params.runId, page)
}
