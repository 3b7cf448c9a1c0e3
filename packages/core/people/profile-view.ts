import { profileFields } from '@skills/contract/people.ts'
import type { Profile } from '@skills/contract/people.routes.ts'
import { maskMobile } from './mobile.ts'
import type { Clear, ProfileItem } from './profile.ts'
import { maskResidentId } from './resident-id.ts'

/** What only its owner sees, made of the opened fields: name and membership number in full, ID and mobile masked. */
export function ownFields({ realName, unionNumber, residentId, mobile }: Clear) {
  return {
    realName,
    unionNumber,
    maskedResidentId: residentId === null ? null : maskResidentId(residentId),
    maskedMobile: mobile === null ? null : maskMobile(mobile),
  }
}

const nothing: Clear = { realName: null, residentId: null, mobile: null, unionNumber: null }

/** The profile as its owner sees it; `item` is undefined when nothing was ever written. `clear` holds the opened fields; left out, they stay unsaid. */
export function profileView(personId: string, item: ProfileItem | undefined, clear = nothing): Profile {
  return {
    personId,
    ...ownFields(clear),
    region: item?.region ?? null,
    employmentKind: item?.employmentKind ?? null,
    education: item?.education ?? null,
    certificates: item?.certificates ?? [],
    missing: item === undefined ? [...profileFields] : item.missing,
    updatedAt: item?.updatedAt ?? null,
  }
}
