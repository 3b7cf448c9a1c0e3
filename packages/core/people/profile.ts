import { profileFields, type Profile, type ProfileInput } from '@skills/contract/people.routes.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import type { Education } from '@skills/contract/taxonomy.ts'
import type { Text } from '@skills/contract/text.ts'
import type * as z from 'zod/mini'
import type { History } from '../audit.ts'
import { tradeOf } from '../catalog/taxonomy.ts'
import { maskMobile, mobile } from './mobile.ts'
import type { Sealed, WrappedKey } from './personal-data.ts'
import { maskName, personName } from './person-name.ts'
import { maskResidentId, residentId } from './resident-id.ts'

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

/**
 * The profile that follows from what a person wrote. In: the input, what is held already (undefined the first time) and the civil date
 * of today. Fields left out stay as they are. Refuses `validation-failed` with every field that was not accepted at once, and no values.
 */
export function nextProfile(input: ProfileInput, held: ProfileParts | undefined, today: string): ProfileParts {
  const errors: FieldError[] = []
  const accepted = <J extends { ok: true } | ({ ok: false } & Omit<FieldError, 'pointer'>)>(pointer: string, judged: J | undefined) => {
    if (judged !== undefined && !judged.ok) errors.push({ pointer, code: judged.code, detail: judged.detail })
    return judged?.ok === true ? (judged as Extract<J, { ok: true }>) : undefined
  }
  const name = accepted('#/realName', personName(input.realName))
  const id = accepted('#/residentId', input.residentId === undefined ? undefined : residentId(input.residentId, today))
  const phone = accepted('#/mobile', input.mobile === undefined ? undefined : mobile(input.mobile))
  const certificates = input.certificates?.flatMap(({ trade, level }, place) => {
    const code = accepted(`#/certificates/${place}/trade`, tradeNamed(trade))?.code
    return code === undefined ? [] : [{ trade: code, level }]
  })
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors })

  const clear: Clear = {
    realName: name?.name ?? null,
    residentId: id?.id ?? held?.clear.residentId ?? null,
    mobile: phone?.e164 ?? held?.clear.mobile ?? null,
    unionNumber: input.unionNumber === undefined ? (held?.clear.unionNumber ?? null) : input.unionNumber,
  }
  return {
    clear,
    open: {
      bornOn: id?.bornOn ?? held?.open.bornOn ?? null,
      region: input.region,
      employmentKind: input.employmentKind,
      education: input.education === undefined ? (held?.open.education ?? null) : input.education,
      certificates: certificates ?? held?.open.certificates ?? [],
      maskedName: maskName(clear.realName ?? ''),
      maskedResidentId: clear.residentId === null ? null : maskResidentId(clear.residentId),
      maskedMobile: clear.mobile === null ? null : maskMobile(clear.mobile),
      missing: (['residentId', 'mobile'] as const).filter((field) => clear[field] === null),
    },
  }
}

/** A trade by its name or code, as the code that entry conditions compare. Only words of the taxonomy are kept: they are readable and never personal. */
function tradeNamed(text: string): { ok: true; code: string } | { ok: false; code: string; detail: Text } {
  const term = tradeOf(text)
  if (term !== undefined) return { ok: true, code: term.code }
  const detail = {
    zh: '没有这个工种，请从列表中选择，或填写工种的全称或代码。',
    en: 'There is no such trade. Choose one from the list, or enter its full name or code.',
  }
  return { ok: false, code: 'trade-unknown', detail }
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
