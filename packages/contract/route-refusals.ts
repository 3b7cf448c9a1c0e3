import { refusals, type RefusalCode } from './refusals.ts'
import { isFileBody, type RouteParts } from './route.ts'

/** Every refusal that a route can answer, in the order of the table: its own, and those that follow from its declaration. */
export function refusalsOf(route: RouteParts & { writes: boolean }): RefusalCode[] {
  const possible = new Set<RefusalCode>([
    'request-not-through-edge',
    'not-acceptable',
    'duplicate-parameter',
    'sensitive-in-url',
    'validation-failed',
    'internal',
    ...route.refusals,
  ])
  const add = (when: boolean, ...codes: RefusalCode[]) => when && codes.forEach((code) => possible.add(code))
  add(route.params !== undefined, 'not-found')
  add(route.who !== 'anyone', 'token-missing', 'token-invalid', 'token-expired', 'identity-unavailable')
  add(typeof route.who === 'object', 'forbidden')
  add(route.stepUp !== undefined, 'step-up-required')
  add(route.body !== undefined, 'unsupported-media-type', 'too-large')
  add(route.body !== undefined && !isFileBody(route.body), 'malformed-json')
  add(
    route.writes && route.idempotency !== 'none',
    'idempotency-key-missing',
    'idempotency-key-invalid',
    'idempotency-key-reused',
    'request-outstanding',
    'rate-limited',
    'busy',
    'outcome-unknown',
  )
  return (Object.keys(refusals) as RefusalCode[]).filter((code) => possible.has(code))
}
