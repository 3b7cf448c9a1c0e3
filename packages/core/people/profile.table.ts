import type { Command } from '@skills/contract/actor.ts'
import type { Profile } from '@skills/contract/people.routes.ts'
import { auditStep, historyOf } from '../audit.ts'
import { keys } from '../keys.ts'
import type { Item, Key } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { namedUnionSteps, refreshUnions } from '../funding/roster.table.ts'
import { namedHashesOf } from './named-number.ts'
import { open, seal, type Domain, type PersonKey, type Vault } from './personal-data.ts'
import { profileView } from './profile-view.ts'
import { sealedFields, type Clear, type ProfileItem, type ProfileParts, type SealedClear } from './profile.ts'

/** Reads a profile out of its item. */
export function profileOf(item: Item | undefined): ProfileItem | undefined {
  return item as unknown as ProfileItem | undefined
}

/** The answer of a saved profile as its command's record keeps it: what is sealed in the profile is sealed there too. */
export interface KeptProfile {
  profile: Profile
  sealed: SealedClear
  version: number
}

/** The sealed fields of a profile, or of a kept answer, in clear. */
export function openFields(key: PersonKey, personId: string, { sealed, version }: Pick<KeptProfile, 'sealed' | 'version'>): Clear {
  const read = (field: keyof Clear) => {
    const value = sealed[field]
    return value === null ? null : open(key, { personId, field, version }, value)
  }
  return { realName: read('realName'), residentId: read('residentId'), mobile: read('mobile'), unionNumber: read('unionNumber') }
}

export interface ProfileChange {
  personId: string
  before: ProfileItem | undefined
  /** The sealed fields before, in clear. */
  clearBefore: Clear | undefined
  next: ProfileParts
  key: PersonKey
  /** The version of the identity notice that must stand accepted while this is written; undefined when nothing sensitive is new. */
  identityNotice: string | undefined
}

/**
 * Writes a profile in one transaction: the item, sealed anew at its new version; the guards of a number that is new; the audit entry and
 * the command's record. The mobile before is given back, for numbers get new owners; the ID before is not: its guard stays with this
 * person, or one human could register it again from a second account. Fails by name: `profile`, `consent`, `resident-id`, `mobile`, `audit`, `union`.
 */
export async function writeProfile(world: World, vault: Vault, command: Command, change: ProfileChange): Promise<Outcome<KeptProfile>> {
  const { personId, before, next, key } = change
  const now = world.now()
  const audit = auditStep(
    { entity: personId, action: before ? 'correct-profile' : 'create-profile', by: personId, at: now, commandId: command.id },
    historyOf(before as unknown as Item),
  )
  const { version } = audit.history
  const sealed = Object.fromEntries(
    sealedFields.map((field) => {
      const text = next.clear[field]
      return [field, text === null ? null : seal(key, { personId, field, version }, text, world.secret(12))]
    }),
  ) as SealedClear
  const named = !sameNumbers(change)
  const namedHashes = named ? await namedHashesOf(vault, next.clear) : (before?.namedHashes ?? [])
  const item: ProfileItem = { personId, ...next.open, updatedAt: now, sealed, wrappedKey: key.wrapped, namedHashes, ...audit.history }
  const steps: Step[] = [
    {
      name: 'profile',
      put: {
        item: { ...keys.profile.key(personId), ...item },
        ...(before === undefined
          ? { condition: 'attribute_not_exists(pk)' }
          : { condition: 'version = :before', values: { ':before': before.version } }),
      },
    },
    ...(change.identityNotice === undefined ? [] : [consentCheck(personId, change.identityNotice)]),
    ...(await guardSteps(vault, change, 'residentId', 'resident-id', keys.residentId.key)),
    ...(await guardSteps(vault, change, 'mobile', 'mobile', keys.mobile.key)),
    audit.step,
    ...(named ? await namedUnionSteps(world, personId, namedHashes) : []),
  ]
  const outcome = await transact(world, command, steps, { profile: profileView(personId, item), sealed, version })
  // A roster that was imported at this very moment looked for this profile before it was there: its flag is there now.
  if (named && 'answer' in outcome) await refreshUnions(world, personId, namedHashes, personId)
  return outcome
}

/** Whether name and numbers stay what the hashes beside them were made of. */
function sameNumbers({ before, clearBefore, next }: ProfileChange): boolean {
  return (
    before?.namedHashes !== undefined &&
    (['realName', 'residentId', 'mobile'] as const).every((field) => next.clear[field] === clearBefore?.[field])
  )
}

/** A number belongs to one person: takes the guard of the new one, and gives a mobile before it back. Nothing when it stays the same. */
async function guardSteps(
  vault: Vault,
  { personId, clearBefore, next }: ProfileChange,
  field: 'residentId' | 'mobile',
  domain: Domain,
  keyOf: (hash: string) => Key,
): Promise<Step[]> {
  const before = clearBefore?.[field] ?? null
  const now = next.clear[field]
  if (before === now) return []
  const mine = { condition: 'attribute_not_exists(pk) OR personId = :person', values: { ':person': personId } }
  const left = domain === 'mobile' ? before : null
  const [released, taken] = await Promise.all([left, now].map((value) => (value === null ? undefined : vault.hashOf(domain, value))))
  return [
    ...(taken === undefined ? [] : [{ name: domain, put: { item: { ...keyOf(taken), personId }, ...mine } }]),
    ...(released === undefined ? [] : [{ name: `${domain} before`, remove: { key: keyOf(released), ...mine } }]),
  ]
}

function consentCheck(personId: string, notice: string): Step {
  return {
    name: 'consent',
    check: {
      key: keys.consent.key(personId, 'identity'),
      condition: '#given = :yes AND #version = :notice',
      names: { '#given': 'given', '#version': 'version' },
      values: { ':yes': true, ':notice': notice },
    },
  }
}
