import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Profile, ProfileInput } from '@skills/contract/people.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { dateAt } from '@skills/contract/time.ts'
import { replayOf } from '@skills/core/command.ts'
import { keys } from '@skills/core/keys.ts'
import { consents, identityNoticeVersion } from '@skills/core/people/consent.ts'
import type { PersonKey, Vault } from '@skills/core/people/personal-data.ts'
import { nextProfile } from '@skills/core/people/next-profile.ts'
import { ownFields } from '@skills/core/people/profile-view.ts'
import { openFields, profileOf, writeProfile, type KeptProfile } from '@skills/core/people/profile.table.ts'
import { countTry } from '@skills/core/people/tries.table.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  body: ProfileInput
}

/**
 * Saves the caller's profile. The first time, and each ID number or mobile that is new, needs consent to the current identity notice; the
 * rest of what is held its owner may always correct. Refuses `consent-required`, `validation-failed` with every field at once,
 * `rate-limited` after a few new numbers in a day, `id-in-use`, `mobile-in-use`.
 */
export async function saveProfile(world: World, vault: Vault, { actor: { personId }, command, body }: Call): Promise<Profile> {
  let counted = false
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const [item, consent, record] = await readItems(world.table, [
      keys.profile.key(personId),
      keys.consent.key(personId, 'identity'),
      keys.command.key(command.id),
    ])
    const before = profileOf(item)
    if (record !== undefined) {
      const kept = replayOf<KeptProfile>(command, record)
      if (before === undefined) throw new Error('a profile was saved and is not there')
      return shown(await vault.openKey(personId, before.wrappedKey), personId, kept)
    }
    const consented = consents(consent, 'identity')
    if (before === undefined && !consented) throw consentRequired()

    // Judged once for its own sake before a key is asked for: most refusals cost nothing then.
    const today = dateAt(world.now())
    nextProfile(body, undefined, today)
    const key = await (before === undefined ? vault.newKey(personId) : vault.openKey(personId, before.wrappedKey))
    const held = before === undefined ? undefined : { clear: openFields(key, personId, before), open: before }
    const next = nextProfile(body, held, today)
    const newNumber = (['residentId', 'mobile'] as const).some((field) => next.clear[field] !== (held?.clear[field] ?? null))
    if (newNumber && !consented) throw consentRequired()
    if (newNumber && !counted) await countTry(world, personId)
    counted = true
    const outcome = await writeProfile(world, vault, command, {
      personId,
      before,
      clearBefore: held?.clear,
      next,
      key,
      identityNotice: before === undefined || newNumber ? identityNoticeVersion : undefined,
    })
    if ('answer' in outcome) return shown(await keyOf(world, vault, personId, key, outcome.replayed), personId, outcome.answer)
    if (outcome.failed === 'resident-id') throw new Refusal('id-in-use')
    if (outcome.failed === 'mobile') throw new Refusal('mobile-in-use')
    // Another change of this person came between: read again and judge again.
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

const consentRequired = () => new Refusal('consent-required', { notice: identityNoticeVersion })

function shown(key: PersonKey, personId: string, kept: KeptProfile): Profile {
  return { ...kept.profile, ...ownFields(openFields(key, personId, kept)) }
}

/** The key of what was kept: ours, unless the same command was done elsewhere meanwhile, perhaps with a key made there. */
async function keyOf(world: World, vault: Vault, personId: string, own: PersonKey, replayed: boolean): Promise<PersonKey> {
  if (!replayed) return own
  const stored = profileOf((await readItems(world.table, [keys.profile.key(personId)]))[0])
  return stored === undefined ? own : vault.openKey(personId, stored.wrappedKey)
}
