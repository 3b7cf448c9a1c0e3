import { generateKeyPair, randomBytes, type JsonWebKey } from 'node:crypto'
import { promisify } from 'node:util'
import { readKept, writeKept } from './kept-file.ts'

/** The issuer's signing key and the key of its cookies: made at the first run, kept so that tokens and sessions outlive a restart. */
export interface IdentityKeys {
  signing: JsonWebKey & { kid: string; alg: string; use: string }
  cookie: string
}

export async function openIdentityKeys(file: string): Promise<IdentityKeys> {
  const kept = readKept<IdentityKeys | undefined>(file, undefined)
  if (kept) return kept
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const keys: IdentityKeys = {
    signing: { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex'), alg: 'RS256', use: 'sig' },
    cookie: randomBytes(32).toString('base64url'),
  }
  writeKept(file, keys)
  return keys
}

/** The public half, as the issuer's JWKS shows it. */
export function publicKeys({ signing }: IdentityKeys): { keys: object[] } {
  const { kty, n, e, kid, alg, use } = signing
  return { keys: [{ kty, n, e, kid, alg, use }] }
}
