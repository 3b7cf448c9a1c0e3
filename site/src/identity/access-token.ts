import { openIssuer } from './issuer.ts'
import { keepSession, readSession, type Session } from './session.ts'

/** A token with less than this left is renewed first, in milliseconds. */
const margin = 45_000

/**
 * Renews a session, once however many tabs ask: whoever gets the lock renews, the others find the new session kept. A refusal ends the session;
 * a network that fails leaves it as it is and throws.
 */
async function renew(old: Session): Promise<Session | undefined> {
  return navigator.locks.request('skills.refresh', async () => {
    const kept = readSession()
    if (!kept || kept.accessToken !== old.accessToken) return kept
    if (!kept.refreshToken) {
      keepSession(undefined)
      return undefined
    }
    const { oauth, server, client, options, config } = await openIssuer()
    const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), kept.refreshToken, {
      ...options,
      additionalParameters: { resource: config.audience },
    })
    try {
      const tokens = await oauth.processRefreshTokenResponse(server, client, response)
      const next = {
        accessToken: tokens.access_token,
        refreshToken: tokens.refresh_token ?? kept.refreshToken,
        idToken: tokens.id_token ?? kept.idToken,
        endsAt: Date.now() + (tokens.expires_in ?? 300) * 1000,
      }
      keepSession(next)
      return next
    } catch (error) {
      if (!(error instanceof oauth.ResponseBodyError)) throw error
      keepSession(undefined)
      return undefined
    }
  })
}

/** A token good for the next call, or nothing when nobody is signed in. `refused` is one the API did not take. */
export async function accessToken(refused?: string): Promise<string | undefined> {
  const session = readSession()
  if (!session) return undefined
  if (session.accessToken !== refused && session.endsAt - Date.now() > margin) return session.accessToken
  return (await renew(session))?.accessToken
}
