import { createHash, createSign, randomBytes, randomUUID, type JsonWebKey, createPrivateKey, type KeyObject } from 'node:crypto'
import type { IdentityKeys } from './identity-keys.ts'

/** What a sign-in gives: the site's tokens. */
export interface Tokens {
  access_token: string
  id_token: string
  refresh_token: string
  expires_in: number
  token_type: string
}

export interface SignInParts {
  issuer: string
  clientId?: string
  /** Where the site stands: `<site>/sign-in/return/` is a redirect address of the client. */
  site: string
  /** The demo person's `sub`. */
  sub: string
  scope?: string
}

/** Signs in as a demo person without a browser: authorization code with PKCE, following the provider's own pages and cookies. */
export async function signIn(parts: SignInParts): Promise<Tokens> {
  const { issuer, site, sub } = parts
  const client = parts.clientId ?? 'storefront'
  const verifier = randomBytes(32).toString('base64url')
  const redirect = `${site}/sign-in/return/`
  const asked = new URLSearchParams({
    client_id: client,
    response_type: 'code',
    redirect_uri: redirect,
    scope: parts.scope ?? 'openid offline_access api',
    state: randomUUID(),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const jar = new Map<string, string>()
  const step = async (address: string, form?: URLSearchParams): Promise<Response> => {
    const response = await fetch(new URL(address, issuer), {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] as string).split(/=(.*)/s)
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  const leads = (response: Response): string => {
    const to = response.headers.get('location')
    if (to === null) throw new Error(`signing in as ${sub} stopped with status ${response.status}`)
    return to
  }
  const signInPage = leads(await step(`/auth?${asked}`))
  const afterForm = leads(await step(signInPage, new URLSearchParams({ person: sub })))
  const returned = new URL(leads(await step(afterForm)))
  const code = returned.searchParams.get('code')
  if (!code || !returned.href.startsWith(redirect))
    throw new Error(`signing in as ${sub} was refused: ${returned.searchParams.get('error_description') ?? returned.href}`)
  const answer = await step(
    '/token',
    new URLSearchParams({ grant_type: 'authorization_code', client_id: client, code, redirect_uri: redirect, code_verifier: verifier }),
  )
  if (!answer.ok) throw new Error(`the token endpoint answered ${answer.status}`)
  return (await answer.json()) as Tokens
}

export interface Minting {
  header?: Record<string, unknown>
  /** Another key than the issuer's, for tokens that must be refused. */
  key?: JsonWebKey
  /** Replaces the signature. */
  signature?: string
}

/** Signs a token with the issuer's key and exactly these claims; the options make bad ones. */
export function mintToken(keys: IdentityKeys, claims: Record<string, unknown>, { header = {}, key, signature }: Minting = {}): string {
  const head = { alg: 'RS256', typ: 'at+jwt', kid: keys.signing.kid, ...header }
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = `${part(head)}.${part(claims)}`
  const signed =
    signature ??
    createSign('sha256')
      .update(body)
      .sign(privateKeyOf(key ?? keys.signing), 'base64url')
  return `${body}.${signed}`
}

/** Keys as they were read, because benchmarks mint ten thousand tokens. */
const read = new WeakMap<JsonWebKey, KeyObject>()
function privateKeyOf(key: JsonWebKey): KeyObject {
  const known = read.get(key) ?? createPrivateKey({ key, format: 'jwk' })
  read.set(key, known)
  return known
}

/** The claims of an access token as the local provider issues them, for one person who signed in just now and `seconds` of life. */
export function accessClaims(parts: {
  issuer: string
  audience: string
  sub: string
  seconds?: number
  clientId?: string
}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000)
  return {
    jti: randomUUID(),
    sub: parts.sub,
    iat: now,
    auth_time: now,
    exp: now + (parts.seconds ?? 600),
    scope: 'api',
    client_id: parts.clientId ?? 'storefront',
    iss: parts.issuer,
    aud: parts.audience,
  }
}
