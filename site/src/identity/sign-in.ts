import { at, pageLanguage } from '../language.ts'
import { openIssuer } from './issuer.ts'
import { keepSession, readSession } from './session.ts'

const attemptKey = 'skills.sign-in'
interface Attempt {
  state: string
  nonce: string
  verifier: string
  back: string
}

/** Only a path of this site may be led back to. */
export const safeBack = (path: string | null) =>
  path !== null && /^\/(?![/\\])/.test(path) && !/^(\/en)?\/sign-(in|out)\//.test(path) ? path : at(pageLanguage(), '/learning/')

const returnAddress = () => location.origin + at(pageLanguage(), '/sign-in/return/')

/** Leads to the issuer; afterwards the person stands on `back` again. */
export async function signIn(back: string): Promise<void> {
  const { oauth, config, server, client } = await openIssuer()
  const attempt: Attempt = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
    back,
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
  }
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value)
  location.assign(address)
}

/** Ends a sign-in on the return page: the code becomes a session. Gives where to go on; throws when the issuer refused. */
export async function finishSignIn(): Promise<string> {
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
  keepSession({
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    idToken: tokens.id_token,
    endsAt: Date.now() + (tokens.expires_in ?? 300) * 1000,
  })
  return attempt.back
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
