import type { Sponsor } from '@skills/contract/funding.ts'

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

/** The 32 characters of an id: no I, L, O and U. */
const characters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A new id for a union: the time in ten characters and 80 bits of chance in sixteen, as every id of the house is made. In: milliseconds since 1970, 16 bytes. */
export function newSponsorId(ms: number, chance: Uint8Array): string {
  const time = Array.from({ length: 10 }, (_, place) => characters[Math.floor(ms / 32 ** (9 - place)) % 32])
  return `spo_${time.join('')}${Array.from(chance, (byte) => characters[byte % 32]).join('')}`
}
