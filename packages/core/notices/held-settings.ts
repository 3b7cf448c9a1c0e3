import { open, type Vault } from '../people/personal-data.ts'
import type { World } from '../world.ts'
import { readSettings } from './settings.table.ts'

/** What a person chose about notices, with her mail address in clear, for her copy; null where she never chose. */
export async function heldSettings(world: World, vault: Vault, personId: string): Promise<Record<string, unknown> | null> {
  const settings = await readSettings(world, personId)
  if (settings === undefined) return null
  const { groups, quiet, mail, pending } = settings
  const clear = async (address: typeof mail) =>
    address === null
      ? null
      : open(await vault.openKey(personId, address.wrappedKey), { personId, field: 'mail', version: address.sealedAt }, address.sealed)
  return { groups, quiet, mail: await clear(mail), mailToConfirm: await clear(pending) }
}
