import type { Sponsor } from '@skills/contract/funding.ts'
import { newId } from '../new-id.ts'

/** A union in a list that reads as a tree: `depth` counts from the highest one shown. */
export type InTree = Sponsor & { depth: number }

/** Unions in the order of their tree, each after the one above it. */
export function inTree(sponsors: readonly Sponsor[]): InTree[] {
  const top = Math.min(...sponsors.map(({ path }) => path.length))
  return sponsors
    .toSorted((a, b) => (a.path.join() < b.path.join() ? -1 : 1))
    .map((sponsor) => ({ ...sponsor, depth: sponsor.path.length - top }))
}

/** The unions that another may hang below: neither itself nor one of its own below. */
export const possibleParents = (sponsors: readonly Sponsor[], id: string | undefined): InTree[] =>
  inTree(sponsors).filter(({ path }) => id === undefined || !path.includes(id))

/** A new id for a union. In: milliseconds since 1970, 16 bytes of chance. */
export const newSponsorId = (ms: number, chance: Uint8Array): string => newId('spo', ms, chance)
