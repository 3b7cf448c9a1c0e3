import { createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto'

export interface AuthorizerConfig {
  issuer: string
  audience: string[]
  /** Where the keys are; without it the issuer's discovery document says so. */
  jwksUrl?: string | undefined
}

export type Verdict =
  { ok: true; claims: Record<string, string>; scopes: string[] | null } | { ok: false; status: 401 | 403; header: string }

const keptMs = 2 * 3_600_000
const coolMs = 5_000

const refused = (description: string): Verdict => ({
  ok: false,
  status: 401,
  header: `Bearer scope="" error="invalid_token" error_description="${description}"`,
})

/**
 * The JWT authorizer of HTTP APIs: RSA signatures by a key of the issuer, `iss`, `aud` (or `client_id` when there is no `aud`), `exp`, `nbf`, and one
 * of the route's scopes ("Control access to HTTP APIs with JWT authorizers"). Keys are kept two hours, an unknown `kid` asks again.
 */
export function createAuthorizer(config: AuthorizerConfig) {
  let keys = new Map<string, KeyObject>()
  let fetched = 0
  let fetching: Promise<void> | undefined

  async function fetchKeys(): Promise<void> {
    const jwksUrl =
      config.jwksUrl ??
      ((await (await fetch(`${config.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)).json()) as { jwks_uri: string })
        .jwks_uri
    const { keys: list } = (await (await fetch(jwksUrl, { signal: AbortSignal.timeout(5_000) })).json()) as {
      keys: (JsonWebKey & { kid?: string; kty?: string })[]
    }
    keys = new Map(list.filter(({ kty }) => kty === 'RSA').map((key) => [key.kid ?? '', createPublicKey({ key, format: 'jwk' })]))
    fetched = Date.now()
  }

  async function keyOf(kid: string): Promise<KeyObject | undefined> {
    const age = Date.now() - fetched
    if (age > keptMs || (!keys.has(kid) && age > coolMs)) await (fetching ??= fetchKeys().finally(() => (fetching = undefined)))
    return keys.get(kid)
  }

  /** Judges the Authorization header of a request against the scopes of its route. */
  return async function authorize(header: string | undefined, scopes: readonly string[]): Promise<Verdict> {
    if (!header) return { ok: false, status: 401, header: 'Bearer' }
    const token = header.replace(/^Bearer\s+/i, '')
    const [head = '', body = '', signature = '', ...rest] = token.split('.')
    if (rest.length > 0 || signature === '') return refused('the token is malformed')
    const top = readPart(head)
    const claims = readPart(body)
    if (!top || !claims) return refused('the token is malformed')
    const digest = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' }[String(top['alg'])]
    if (digest === undefined) return refused('the signing method is invalid')
    let key: KeyObject | undefined
    try {
      key = await keyOf(String(top['kid'] ?? ''))
    } catch {
      return refused('OIDC discovery failed')
    }
    if (!key || !verify(digest, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')))
      return refused('the signature is invalid')
    const now = Date.now() / 1000
    if (claims['iss'] !== config.issuer) return refused('the token has an invalid issuer')
    const audience = claims['aud'] ?? claims['client_id']
    if (![audience].flat().some((one) => config.audience.includes(String(one)))) return refused('the token has an invalid audience')
    if (typeof claims['exp'] !== 'number' || claims['exp'] <= now) return refused('the token has expired')
    if (typeof claims['nbf'] === 'number' && claims['nbf'] > now) return refused('the token is not valid yet')
    const granted = String(claims['scope'] ?? claims['scp'] ?? '').split(' ')
    if (scopes.length > 0 && !scopes.some((scope) => granted.includes(scope))) {
      return { ok: false, status: 403, header: `Bearer scope="${scopes.join(' ')}" error="insufficient_scope"` }
    }
    const texts: Record<string, string> = {}
    for (const [name, claim] of Object.entries(claims)) texts[name] = claimText(claim)
    return { ok: true, claims: texts, scopes: scopes.length > 0 ? [...scopes] : null }
  }
}

/** Claims reach the function as text; a list is written `[a b]`. */
function claimText(claim: unknown): string {
  if (Array.isArray(claim)) return `[${claim.map(String).join(' ')}]`
  return typeof claim === 'object' ? JSON.stringify(claim) : String(claim)
}

function readPart(part: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
