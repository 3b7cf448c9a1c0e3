import type { Actor } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Role } from '@skills/contract/route.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import type { World } from '@skills/core/world.ts'

/** Who may look at a provider's money, and who may close a statement. */
export const lookers = ['provider:manager', 'provider:registrar'] as const satisfies readonly Role[]
export const closers = ['provider:manager'] as const satisfies readonly Role[]

/** A run of a provider that the caller may act for. Refuses `not-found`. */
export async function ownRun(world: World, actor: Actor, runId: string, roles: readonly Role[] = lookers): Promise<RunItem> {
  const item = await readRun(world.table, runId)
  if (item === undefined || !mayAct(actor, item.run.providerId, roles)) throw new Refusal('not-found')
  return item
}
