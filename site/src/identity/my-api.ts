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

const tooOld = <T>(answer: Outcome<T>) => !answer.ok && answer.problem.code === 'step-up-required'
const taken = <T>(answer: Outcome<T>) => answer.ok || answer.status !== 401

/**
 * Asks something as the person signed in. A token that is about to end is renewed first; one that is refused is renewed once; when that is not
 * possible the person is asked to sign in and comes back here. Where her sign-in is too old for what she does, she is asked to repeat it while this page
 * waits, and then the same is asked again; that she would rather not is the refusal. Throws only when nothing answered.
 */
export async function asMe<T>(ask: (token: string) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  let token = await accessToken()
  if (token === undefined) return askToSignIn()
  let answer = await ask(token)
  if (!taken(answer) && !tooOld(answer)) {
    token = await accessToken(token)
    if (token === undefined) return askToSignIn()
    answer = await ask(token)
    if (!taken(answer) && !tooOld(answer)) return askToSignIn()
  }
  if (answer.ok || !tooOld(answer)) return answer
  const { signInAgain } = await import('./sign-in-again.ts')
  if (!(await signInAgain(answer.problem))) return answer
  token = await accessToken()
  return token === undefined ? askToSignIn() : ask(token)
}

/** Calls a route as the person signed in. */
export const callAsMe: Call = (name, input) =>
  asMe((token) => {
    current = token
    return client.call(name, input)
  })

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
