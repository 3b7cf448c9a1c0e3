import type { Actor } from '@skills/contract/actor.ts'
import type { Venue } from '@skills/contract/catalog.ts'
import { venuesOfProvider } from '@skills/core/planning/venues.table.ts'
import type { World } from '@skills/core/world.ts'
import { ownProvider } from './own-provider.ts'

/** The venues that a provider may plan in, by their names. Refuses `not-found`. */
export async function listProviderVenues(
  world: World,
  { actor, params }: { actor: Actor; params: { providerId: string } },
): Promise<{ venues: Venue[] }> {
  const { id } = await ownProvider(world, actor, params.providerId)
  const venues = [...(await venuesOfProvider(world.table, id)).values()]
  return { venues: venues.toSorted((a, b) => a.name.zh.localeCompare(b.name.zh, 'zh')) }
}
