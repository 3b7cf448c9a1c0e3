import { createClient, type Outcome } from '@skills/contract/client.ts'
import { at, pageLanguage } from '../language.ts'
import { accessToken } from './access-token.ts'

let current: string | undefined
const client = createClient({ base: '/api', language: pageLanguage(), token: () => current })
type Call = typeof client.call

/** Leads to signing in, and back to this page. */
function askToSignIn(): never | Promise<never> {
  location.assign(`${at(pageLanguage(), '/sign-in/')}?${new URLSearchParams({ back: location.pathname + location.search })}`)
  return new Promise<never>(() => undefined)
}

/**
 * Calls a route as the person signed in. A token that is about to end is renewed first; one that is refused is renewed once; when that is not
 * possible the person is asked to sign in and comes back here. Throws only when nothing answered.
 */
export const callAsMe: Call = async (name, input) => {
  current = await accessToken()
  if (current === undefined) return askToSignIn()
  const answer = await client.call(name, input)
  if (answer.ok || answer.status !== 401) return answer
  current = await accessToken(current)
  if (current === undefined) return askToSignIn()
  const again = await client.call(name, input)
  return again.ok || again.status !== 401 ? again : askToSignIn()
}

/**
 * Does something that must happen at most once. The key of an attempt is kept until its outcome is known, so pressing twice, reloading or
 * trying again after a lost answer repeats the same request instead of making a second one. `what` names the attempt.
 */
export async function attempt<T>(what: string, call: (key: string) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const name = `skills.attempt.${what}`
  const key = sessionStorage.getItem(name) ?? crypto.randomUUID()
  sessionStorage.setItem(name, key)
  const answer = await call(key)
  if (answer.ok || answer.problem.retry !== 'same-key') sessionStorage.removeItem(name)
  return answer
}

/** Forgets an attempt whose outcome became known in another way, so that the next one is a new one. */
export function forgetAttempts(prefix: string): void {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(`skills.attempt.${prefix}`)) sessionStorage.removeItem(name)
}
