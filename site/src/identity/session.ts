/** The tokens of the person who is signed in, kept so that a reload does not ask again. */
export interface Session {
  accessToken: string
  refreshToken: string | undefined
  idToken: string | undefined
  /** When the access token ends, in milliseconds. */
  endsAt: number
}

const key = 'skills.session'

export function readSession(): Session | undefined {
  try {
    const kept = localStorage.getItem(key)
    return kept === null ? undefined : (JSON.parse(kept) as Session)
  } catch {
    return undefined
  }
}

/** Keeps a session, or forgets it. */
export function keepSession(session: Session | undefined): void {
  if (session) localStorage.setItem(key, JSON.stringify(session))
  else localStorage.removeItem(key)
  document.documentElement.toggleAttribute('data-signed-in', session !== undefined)
}
