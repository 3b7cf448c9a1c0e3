import { profileFields } from '@skills/contract/people.ts'
import type { ProfileInput } from '@skills/contract/people.routes.ts'
import type { Education } from '@skills/contract/taxonomy.ts'
import type * as z from 'zod/mini'
import type { History } from '../audit.ts'
import type { Sealed, WrappedKey } from './personal-data.ts'

type Held = NonNullable<ProfileInput['certificates']>
type ProfileField = (typeof profileFields)[number]

/** What only its owner may read; sealed in the table. */
export const sealedFields = ['realName', 'residentId', 'mobile', 'unionNumber'] as const
type SealedField = (typeof sealedFields)[number]
export type Clear = Record<SealedField, string | null>
export type SealedClear = Record<SealedField, Sealed | null>

/**
 * The part of a profile that is kept readable: what claiming judges, and the masked name that rosters show. No masked numbers: with the birth
 * date beside them they would leave only a few digits to guess.
 */
export interface OpenProfile {
  bornOn: string | null
  region: string
  employmentKind: ProfileInput['employmentKind']
  education: z.infer<typeof Education> | null
  certificates: Held
  maskedName: string
  missing: ProfileField[]
}

/** A profile as the table holds it. `version` is also the version that every sealed field was sealed at. */
export interface ProfileItem extends OpenProfile, History {
  personId: string
  updatedAt: string
  sealed: SealedClear
  wrappedKey: WrappedKey
  /** Keyed hashes of each number with the name (`named-number.ts`): by these a roster or an invitation is this person's. */
  namedHashes: string[]
}

/** What a claim needs to know of a person. In: the profile item, or undefined when there is none. */
export function claimFacts(item: object | undefined): Pick<
  OpenProfile,
  'missing' | 'bornOn' | 'education' | 'certificates' | 'maskedName'
> & {
  region: string | null
  employmentKind: OpenProfile['employmentKind'] | null
} {
  if (item === undefined)
    return {
      missing: [...profileFields],
      bornOn: null,
      education: null,
      certificates: [],
      maskedName: '',
      region: null,
      employmentKind: null,
    }
  const { missing, bornOn, education, certificates, maskedName, region, employmentKind } = item as ProfileItem
  return { missing, bornOn, education, certificates, maskedName, region, employmentKind }
}

/** A profile in its two parts: what is sealed before it is kept, in clear, and what is kept open. */
export interface ProfileParts {
  clear: Clear
  open: OpenProfile
}
