import type { Actor } from '@skills/contract/actor.ts'
import type { Sponsor } from '@skills/contract/funding.ts'
import { platformId } from '@skills/contract/ids.ts'
import { readBelow, readSponsorTree, rootOfSponsors } from '@skills/core/funding/sponsor.table.ts'
import type { World } from '@skills/core/world.ts'

/** The unions the caller acts for and all below them; an operator sees every union. */
export async function listSponsors(world: World, { actor }: { actor: Actor }): Promise<{ sponsors: Sponsor[] }> {
  const operator = actor.memberships.some(
    ({ organizationId, roles }) => organizationId === platformId && roles.includes('platform:operator'),
  )
  const own = actor.memberships
    .filter(({ roles }) => roles.some((role) => role.startsWith('sponsor:')))
    .map(({ organizationId }) => organizationId)
  return { sponsors: await readSponsorTree(world.table, operator ? await readBelow(world.table, rootOfSponsors) : own) }
}
