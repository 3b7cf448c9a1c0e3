import { profileFields, type Profile, type ProfileInput } from '@skills/contract/people.routes.ts'
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

/** The part of a profile that is kept readable: what claiming judges, and masked forms. */
export interface OpenProfile {
  bornOn: string | null
  region: string
  employmentKind: ProfileInput['employmentKind']
  education: z.infer<typeof Education> | null
  certificates: Held
  maskedName: string
  maskedResidentId: string | null
  maskedMobile: string | null
  missing: ProfileField[]
}

/** A profile as the table holds it. `version` is also the version that every sealed field was sealed at. */
export interface ProfileItem extends OpenProfile, History {
  personId: string
  updatedAt: string
  sealed: SealedClear
  wrappedKey: WrappedKey
}

/** What a claim needs to know of a person. In: the profile item, or undefined when there is none. */
export function claimFacts(
  item: object | undefined,
): Pick<OpenProfile, 'missing' | 'bornOn' | 'education' | 'certificates' | 'maskedName'> {
  if (item === undefined) return { missing: [...profileFields], bornOn: null, education: null, certificates: [], maskedName: '' }
  const { missing, bornOn, education, certificates, maskedName } = item as ProfileItem
  return { missing, bornOn, education, certificates, maskedName }
}

/** A profile in its two parts: what is sealed before it is kept, in clear, and what is kept open. */
export interface ProfileParts {
  clear: Clear
  open: OpenProfile
}

/** The profile as its owner sees it; undefined when nothing was ever written. `clear` holds the two fields that are shown in full. */
export function profileView(personId: string, item: ProfileItem | undefined, clear: Pick<Clear, 'realName' | 'unionNumber'>): Profile {
  if (item === undefined)
    return {
      personId,
      realName: null,
      maskedResidentId: null,
      maskedMobile: null,
      region: null,
      employmentKind: null,
      unionNumber: null,
      education: null,
      certificates: [],
      missing: [...profileFields],
      updatedAt: null,
    }
  const { maskedResidentId, maskedMobile, region, employmentKind, education, certificates, missing, updatedAt } = item
  const { realName, unionNumber } = clear
  return {
    personId,
    realName,
    maskedResidentId,
    maskedMobile,
    region,
    employmentKind,
    unionNumber,
    education,
    certificates,
    missing,
    updatedAt,
  }
}
