import type { Actor } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Role } from '@skills/contract/route.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import type { World } from '@skills/core/world.ts'

/** The run whose roster somebody may see, and whether as operator. For everybody else there is no such run: refuses `not-found`. */
export async function ownRoster(
  world: World,
  actor: Actor,
  runId: string,
  roles: readonly Role[],
): Promise<{ item: RunItem; operates: boolean }> {
  const item = await readRun(world.table, runId)
  if (item === undefined || !mayAct(actor, item.run.providerId, roles)) throw new Refusal('not-found')
  return { item, operates: actor.memberships.some(({ organizationId }) => organizationId === platformId) }
}
