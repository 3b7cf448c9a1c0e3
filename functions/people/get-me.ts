import type { Actor } from '@skills/contract/actor.ts'
import { keys } from '@skills/core/keys.ts'
import { readMemberships } from '@skills/core/people/membership.table.ts'
import { claimFacts } from '@skills/core/people/profile.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

/** Who the caller is, with a masked name, what the profile still lacks, and for whom they may act. */
export async function getMe(world: World, { actor: { personId } }: { actor: Actor }) {
  const [profile, memberships] = await Promise.all([readItem(world.table, keys.profile.key(personId)), readMemberships(world, personId)])
  const { maskedName, missing } = claimFacts(profile)
  return { personId, displayName: maskedName || null, profileMissing: [...missing], memberships }
}
