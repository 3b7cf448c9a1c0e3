import { createHash } from 'node:crypto'
import { Refusal } from '@skills/contract/refusals.ts'
import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import type { Config } from './config.ts'
import { publishedKeys } from './key-set.ts'

const algorithms = ['RS256', 'ES256', 'EdDSA']
const toleranceSeconds = 60
const longestToken = 16_384
const remembered = 2_000

type Trusted = Pick<Config, 'issuer' | 'audience' | 'clientId' | 'jwksUrl'>

/** Who a token is for, and when that person last proved it (`auth_time`, in seconds since 1970), which renewing a token does not change. */
export interface SignedIn {
  sub: string
  authTime: number | undefined
}

/**
 * A verifier of `Authorization` headers: in goes the header and the instant now, out comes who is signed in since when. Only access tokens of the pinned issuer
 * for this API, signed asymmetrically with a key that the issuer publishes. Refuses `token-missing`, `token-invalid`, `token-expired`, and
 * `identity-unavailable` when no keys are to be had. A good token is remembered by its hash until it expires, so that it is checked once.
 */
export function tokenVerifier(trusted: Trusted): (authorization: string | undefined, now: string) => Promise<SignedIn> {
  const keyOf = publishedKeys(trusted.jwksUrl)
  const known = new Map<string, SignedIn & { from: number; until: number }>()
  return async (authorization, now) => {
    const token = bearer(authorization)
    const seconds = Date.parse(now) / 1000
    const hash = createHash('sha256').update(token).digest('base64url')
    const before = known.get(hash)
    if (before && seconds >= before.from && seconds < before.until) return { sub: before.sub, authTime: before.authTime }
    const { sub, authTime, exp } = await verified(token, trusted, keyOf(seconds), seconds)
    const oldest = known.size >= remembered ? known.keys().next().value : undefined
    if (oldest !== undefined) known.delete(oldest)
    known.set(hash, { sub, authTime, from: seconds, until: exp + toleranceSeconds })
    return { sub, authTime }
  }
}

/** The token of a `Bearer` header. Two headers arrive joined by a comma, which no token has. */
function bearer(authorization: string | undefined): string {
  const token = /^Bearer ([\x21-\x2b\x2d-\x7e]+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) throw new Refusal('token-missing')
  return token
}

async function verified(token: string, trusted: Trusted, keyOf: JWTVerifyGetKey, now: number): Promise<SignedIn & { exp: number }> {
  try {
    const typ = headerType(token)
    const { payload } = await jwtVerify(token, keyOf, {
      issuer: trusted.issuer,
      algorithms,
      clockTolerance: toleranceSeconds,
      currentDate: new Date(now * 1000),
      requiredClaims: ['sub', 'exp'],
    })
    return claims(payload, typ, trusted, now)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(error instanceof errors.JWTExpired ? 'token-expired' : 'token-invalid')
  }
}

/** Judges the unverified header: our algorithms, a key id, nothing that brings its own key, one spelling per token. */
function headerType(token: string): string | undefined {
  const parts = token.split('.')
  const canonical = parts.every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)
  if (token.length > longestToken || parts.length !== 3 || !canonical) throw new Refusal('token-invalid')
  const header = decodeProtectedHeader(token)
  const foreign = ['jku', 'x5u', 'x5c', 'jwk', 'crit'].some((name) => name in header)
  const kid = typeof header.kid === 'string' && header.kid.length > 0 && header.kid.length <= 200
  if (foreign || !kid || !algorithms.includes(header.alg ?? '')) throw new Refusal('token-invalid')
  return header.typ?.toLowerCase()
}

/** What the signature does not say: an access token (RFC 9068, or Cognito's `token_use`), for this API, from our client, at a sane time. */
function claims(payload: JWTPayload, typ: string | undefined, trusted: Trusted, now: number): SignedIn & { exp: number } {
  const { sub, exp, iat, aud } = payload
  const use = payload['token_use']
  const client = payload['client_id']
  const access = use === undefined ? typ === 'at+jwt' || typ === 'application/at+jwt' : use === 'access'
  const forUs = aud === undefined ? client === trusted.clientId : [aud].flat().includes(trusted.audience)
  const ours = client === undefined || client === trusted.clientId
  const times =
    typeof exp === 'number' && exp < 253_402_300_800 && (iat === undefined || (Number.isFinite(iat) && iat <= now + toleranceSeconds))
  const subject = typeof sub === 'string' && /^[^\p{Cc}]{1,255}$/u.test(sub)
  if (!access || !forUs || !ours || !times || !subject) throw new Refusal('token-invalid')
  const authTime = payload['auth_time']
  return { sub, exp, authTime: typeof authTime === 'number' && Number.isFinite(authTime) ? authTime : undefined }
}
