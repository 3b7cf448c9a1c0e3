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

/** Whom a session is of, as the issuer calls them, or undefined when it does not say. */
export function subjectOf(session: Session | undefined): string | undefined {
  try {
    const claims = session?.idToken?.split('.')[1] ?? ''
    return (JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as { sub?: string }).sub
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
