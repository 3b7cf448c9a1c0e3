import type { Actor } from '@skills/contract/actor.ts'
import type { Profile } from '@skills/contract/people.routes.ts'
import { keys } from '@skills/core/keys.ts'
import type { Vault } from '@skills/core/people/personal-data.ts'
import { profileView } from '@skills/core/people/profile-view.ts'
import { openFields, profileOf } from '@skills/core/people/profile.table.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

/** The caller's own profile: name in full, ID and mobile masked. Empty fields where nothing was written yet. */
export async function getProfile(world: World, vault: Vault, { actor: { personId } }: { actor: Actor }): Promise<Profile> {
  const profile = profileOf(await readItem(world.table, keys.profile.key(personId)))
  if (profile === undefined) return profileView(personId, undefined)
  const key = await vault.openKey(personId, profile.wrappedKey)
  return profileView(personId, profile, openFields(key, personId, profile))
}
