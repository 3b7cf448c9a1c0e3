import type { Text } from '@skills/contract/text.ts'
import { mobile } from './mobile.ts'
import type { Domain, Vault } from './personal-data.ts'
import { personName } from './person-name.ts'
import type { Clear } from './profile.ts'
import { narrow, residentId } from './resident-id.ts'

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

export type ReadNamedNumber = { ok: true; named: NamedNumber } | { ok: false; name?: Wrong; number?: Wrong }
interface Wrong {
  code: string
  detail: Text
}

const digitsOf = (text: string) => narrow(text).replace(/[\s\-‐-―]/g, '')

/** Reads a name and one number, as typed: a mobile by its shape, otherwise a resident ID. In: the civil date of today. Out: both in their one spelling, or what is wrong with each. */
export function readNamedNumber(nameText: string, numberText: string, today: string): ReadNamedNumber {
  const name = personName(nameText)
  const isMobile = /^(?:(?:\+|00)?86)?1\d{10}$/.test(digitsOf(numberText))
  const number = isMobile ? mobile(numberText) : residentId(numberText, today)
  if (name.ok && number.ok) {
    const named = 'e164' in number ? { kind: 'mobile' as const, number: number.e164 } : { kind: 'resident-id' as const, number: number.id }
    return { ok: true, named: { ...named, name: name.name } }
  }
  return { ok: false, ...(name.ok ? {} : { name }), ...(number.ok ? {} : { number }) }
}
