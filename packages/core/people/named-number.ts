import type { Domain, Vault } from './personal-data.ts'
import type { Clear } from './profile.ts'

/** A number of a person together with the name that goes with it: what a list of a union or an employer knows somebody by. Both in their one spelling. */
export interface NamedNumber {
  kind: Extract<Domain, 'resident-id' | 'mobile'>
  number: string
  name: string
}

/** The keyed hash of a number with its name. Who has only one of the two finds nothing by it. */
export function namedHash(vault: Vault, { kind, number, name }: NamedNumber): Promise<string> {
  return vault.hashOf('named-number', JSON.stringify([kind, number, name]))
}

/** The hashes by which lists may name a person: of each number with the name; none without a name. In: the opened fields of a profile. */
export function namedHashesOf(vault: Vault, { realName, residentId, mobile }: Clear): Promise<string[]> {
  const known: [NamedNumber['kind'], string | null][] = [
    ['resident-id', residentId],
    ['mobile', mobile],
  ]
  return Promise.all(
    known.flatMap(([kind, number]) => (number === null || realName === null ? [] : [namedHash(vault, { kind, number, name: realName })])),
  )
}
