import type { Construct } from 'constructs'
import type { Settings } from './settings.ts'
import type { UserPoolOfTheHouse } from './user-pool.ts'

/** What the gateway, the functions and the site are told about the issuer of tokens. */
export interface SignIn {
  issuer: string
  clientId: string
  jwksUrl: string
  /** The scope an access token must carry: without it the gateway would let ID tokens pass. */
  apiScope: string
  /** What the site asks for. */
  scope: string
}

/** The issuer the context names, or the house's own user pool. */
export function signIn(scope: Construct, settings: Settings, pool: UserPoolOfTheHouse | undefined, publicUrl: string): SignIn {
  if (settings.outsideIssuer) return settings.outsideIssuer
  if (!pool) throw new Error('Without an outside issuer there must be a user pool')
  return {
    issuer: pool.issuer,
    clientId: pool.storefront(scope, publicUrl).userPoolClientId,
    jwksUrl: `${pool.issuer}/.well-known/jwks.json`,
    apiScope: pool.apiScope,
    scope: `openid ${pool.apiScope}`,
  }
}
