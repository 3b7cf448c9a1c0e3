import { at, pageLanguage } from '../language.ts'
import { openIssuer } from './issuer.ts'
import { keepSession, readSession, subjectOf } from './session.ts'

const attemptKey = 'skills.sign-in'
interface Attempt {
  state: string
  nonce: string
  verifier: string
  back: string
  /** Set when somebody who is signed in does it once more: as whom, and which page waits for it in another window (`yes`: none). */
  again?: { sub: string | undefined; ask: string }
}

/** Somebody signed in once more and as another person: nothing of that is kept. */
export class OtherAccount extends Error {
  override readonly name = 'OtherAccount'
  readonly again: { back: string; ask: string }

  constructor(again: { back: string; ask: string }) {
    super('another account')
    this.again = again
  }
}

/** Only a path of this site may be led back to. */
export const safeBack = (path: string | null) =>
  path !== null && /^\/(?![/\\])/.test(path) && !/^(\/en)?\/sign-(in|out)\//.test(path) ? path : at(pageLanguage(), '/learning/')

const returnAddress = () => location.origin + at(pageLanguage(), '/sign-in/return/')

/**
 * Leads to the issuer; afterwards the person stands on `back` again. `ask`: she is signed in and does it once more, so the issuer must ask her and may not
 * take her word of earlier (RFC 9470, OpenID Connect's `prompt=login`).
 */
export async function signIn(back: string, ask?: string): Promise<void> {
  const { oauth, config, server, client } = await openIssuer()
  const attempt: Attempt = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
    back,
    ...(ask !== undefined && { again: { sub: subjectOf(readSession()), ask } }),
  }
  sessionStorage.setItem(attemptKey, JSON.stringify(attempt))
  const address = new URL(server.authorization_endpoint ?? '')
  const asked = {
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri: returnAddress(),
    scope: config.scope,
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
    resource: config.audience,
    ui_locales: pageLanguage() === 'zh' ? 'zh-CN' : 'en',
    ...(ask !== undefined && { prompt: 'login' }),
  }
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value)
  location.assign(address)
}

/**
 * Ends a sign-in on the return page: the code becomes a session. Gives where to go on, and which page waits for it; throws when the issuer refused, and
 * `OtherAccount`, with the session as it was, when somebody else signed in where the same person was asked for.
 */
export async function finishSignIn(): Promise<{ back: string; ask: string | undefined }> {
  const kept = sessionStorage.getItem(attemptKey)
  if (kept === null) throw new Error('no sign-in was begun here')
  const attempt = JSON.parse(kept) as Attempt
  const { oauth, server, client, options, config } = await openIssuer()
  const answered = oauth.validateAuthResponse(server, client, new URL(location.href), attempt.state)
  const response = await oauth.authorizationCodeGrantRequest(server, client, oauth.None(), answered, returnAddress(), attempt.verifier, {
    ...options,
    additionalParameters: { resource: config.audience },
  })
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: attempt.nonce,
    requireIdToken: true,
  })
  sessionStorage.removeItem(attemptKey)
  const { back, again } = attempt
  if (again?.sub !== undefined && oauth.getValidatedIdTokenClaims(tokens)?.sub !== again.sub) {
    if (tokens.refresh_token && server.revocation_endpoint)
      await oauth.revocationRequest(server, client, oauth.None(), tokens.refresh_token, options).catch(() => undefined)
    throw new OtherAccount({ back, ask: again.ask })
  }
  const session = {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    idToken: tokens.id_token,
    endsAt: Date.now() + (tokens.expires_in ?? 300) * 1000,
  }
  // Another page may be renewing the older session: whoever is later by the lock keeps this one.
  await navigator.locks.request('skills.refresh', () => keepSession(session))
  return { back, ask: again?.ask }
}

/** Ends the session here and at the issuer; the issuer leads back to the home page. */
export async function signOut(): Promise<void> {
  const session = readSession()
  keepSession(undefined)
  const home = location.origin + at(pageLanguage(), '/')
  const { oauth, server, client, options } = await openIssuer()
  if (session?.refreshToken && server.revocation_endpoint)
    await oauth.revocationRequest(server, client, oauth.None(), session.refreshToken, options).catch(() => undefined)
  if (!server.end_session_endpoint) return location.replace(home)
  const address = new URL(server.end_session_endpoint)
  if (session?.idToken) address.searchParams.set('id_token_hint', session.idToken)
  address.searchParams.set('client_id', client.client_id)
  address.searchParams.set('post_logout_redirect_uri', home)
  location.replace(address)
}
