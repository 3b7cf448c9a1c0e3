import type { ApplicationFacts } from '@skills/contract/applications.ts'

/** The form's own shape of an application: what may be empty is, and lists are texts where a person types them so. */
export interface ApplicationDraft {
  name: { zh: string; en: string }
  about: { zh: string; en: string }
  region?: string
  uscc: string
  legalPerson: string
  licenceFile?: string
  licenceUntil?: string
  scope: { trade?: string; fileId?: string; until?: string }[]
  venues: {
    name?: { zh?: string; en?: string }
    address?: { zh?: string; en?: string }
    region?: string
    rooms?: { name?: string; capacity?: number | null; equipment?: string }[]
    photos?: (string | undefined)[]
    fireFile?: string
    fireUntil?: string
  }[]
  commitments: string[]
}

/** What may be left out is left out. */
const some = <K extends string, V>(key: K, value: V | null | undefined | '') =>
  (value === null || value === undefined || value === '' ? {} : { [key]: value }) as Partial<Record<K, V>>

/** The form of what is kept. */
export function draftOf({ licence, scope, venues, region, ...facts }: ApplicationFacts): ApplicationDraft {
  return {
    ...facts,
    ...some('region', region),
    ...some('licenceFile', licence?.fileId),
    ...some('licenceUntil', licence?.until),
    scope: scope.map(({ trade, fileId, until }) => ({ ...some('trade', trade), ...some('fileId', fileId), ...some('until', until) })),
    venues: venues.map(({ name, address, region: where, rooms, photos, fireSafety }) => ({
      name,
      address,
      ...some('region', where),
      rooms: rooms.map((room) => ({ ...room, equipment: room.equipment.join('，') })),
      photos,
      ...some('fireFile', fireSafety?.fileId),
      ...some('fireUntil', fireSafety?.until),
    })),
  }
}

const proof = (fileId: string | undefined, until: string | undefined) => (fileId ? { fileId, until: until || null } : null)
const both = (text: { zh?: string; en?: string } | undefined) => ({ zh: text?.zh?.trim() ?? '', en: text?.en?.trim() ?? '' })

/** What is kept of the form. */
export function factsOf(draft: ApplicationDraft): ApplicationFacts {
  return {
    name: both(draft.name),
    about: both(draft.about),
    region: draft.region ?? '',
    uscc: draft.uscc.trim(),
    legalPerson: draft.legalPerson.trim(),
    licence: proof(draft.licenceFile, draft.licenceUntil),
    scope: draft.scope.map((one) => ({ trade: one?.trade ?? '', fileId: one?.fileId || null, until: one?.until || null })),
    venues: draft.venues.map((venue) => ({
      name: both(venue?.name),
      address: both(venue?.address),
      region: venue?.region ?? '',
      rooms: (venue?.rooms ?? []).map((room) => ({
        name: room?.name?.trim() ?? '',
        capacity: room?.capacity ?? 0,
        equipment: (room?.equipment ?? '')
          .split(/[,，、;；]/)
          .map((one) => one.trim())
          .filter((one) => one !== ''),
      })),
      photos: (venue?.photos ?? []).filter((id): id is string => Boolean(id)),
      fireSafety: proof(venue?.fireFile, venue?.fireUntil),
    })),
    commitments: draft.commitments,
  }
}

/** The step that a pointer of a refusal leads to. */
export function stepOf(pointer: string): number {
  const part = pointer.replace(/^#\/facts\//, '').split('/')[0] ?? ''
  return ['licence', 'uscc', 'legalPerson'].includes(part)
    ? 1
    : part === 'scope'
      ? 2
      : part === 'venues'
        ? 3
        : part === 'commitments'
          ? 4
          : 0
}
