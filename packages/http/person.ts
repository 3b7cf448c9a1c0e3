import { createHash } from 'node:crypto'
import { prefixes } from '@skills/contract/ids.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The id of the person whom an issuer calls `sub`: the first 128 bits of SHA-256 over namespace and subject, in Crockford's base32.
 * The same sign-in is the same person for ever without a table to ask; another namespace makes other people.
 */
export function personIdOf(namespace: string, sub: string): string {
  const digest = createHash('sha256').update(`${namespace}\n${sub}`).digest()
  let rest = BigInt(`0x${digest.subarray(0, 16).toString('hex')}`)
  let text = ''
  for (let i = 0; i < 26; i++, rest >>= 5n) text = alphabet[Number(rest & 31n)] + text
  return `${prefixes.person}_${text}`
}
