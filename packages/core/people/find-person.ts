import { keys } from '../keys.ts'
import { readItem } from '../table.ts'
import type { World } from '../world.ts'
import { namedHash, type NamedNumber } from './named-number.ts'
import type { Vault } from './personal-data.ts'
import { profileOf } from './profile.table.ts'

/** Who is registered with this number and this name, both right; and the hash of the two. Nothing is said about who has only the number. */
export async function findPerson(world: World, vault: Vault, named: NamedNumber): Promise<{ hash: string; personId: string | undefined }> {
  const [hash, guard] = await Promise.all([namedHash(vault, named), vault.hashOf(named.kind, named.number)])
  const owner = await readItem(world.table, named.kind === 'mobile' ? keys.mobile.key(guard) : keys.residentId.key(guard))
  const personId = owner?.['personId'] as string | undefined
  // A number that was corrected keeps its guard: only the profile says whose it is now.
  const profile = personId === undefined ? undefined : profileOf(await readItem(world.table, keys.profile.key(personId)))
  return { hash, personId: profile?.namedHashes?.includes(hash) === true ? personId : undefined }
}
