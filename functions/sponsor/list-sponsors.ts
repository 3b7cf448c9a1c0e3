import type { Actor } from '@skills/contract/actor.ts'
import type { Sponsor, SponsorView } from '@skills/contract/funding.ts'
import { platformId } from '@skills/contract/ids.ts'
import { readBelow, readSponsors, readSponsorTree, rootOfSponsors } from '@skills/core/funding/sponsor.table.ts'
import type { World } from '@skills/core/world.ts'

type Above = Pick<Sponsor, 'id' | 'name' | 'level'>

/** The unions the caller acts for and all below them, with the names of those above; an operator sees every union. */
export async function listSponsors(world: World, { actor }: { actor: Actor }): Promise<{ sponsors: SponsorView[]; above: Above[] }> {
  const operator = actor.memberships.some(
    ({ organizationId, roles }) => organizationId === platformId && roles.includes('platform:operator'),
  )
  const own = actor.memberships
    .filter(({ roles }) => roles.some((role) => role.startsWith('sponsor:')))
    .map(({ organizationId }) => organizationId)
  const sponsors = await readSponsorTree(world.table, operator ? await readBelow(world.table, rootOfSponsors) : own)
  const seen = new Set(sponsors.map(({ id }) => id))
  const above = new Set(sponsors.flatMap(({ path }) => path).filter((id) => !seen.has(id)))
  return { sponsors, above: (await readSponsors(world.table, [...above])).map(({ id, name, level }) => ({ id, name, level })) }
}
