import type { RouteName } from './paths.ts'
import type { Role } from './route.ts'

/** The person who calls. `memberships` are read from the table for routes that ask for a role; otherwise the list is empty. */
export interface Actor {
  personId: string
  memberships: readonly { organizationId: string; roles: readonly Role[] }[]
}

/**
 * A writing request as the table remembers it. `id` is the hash of (person, route, Idempotency-Key), `fingerprint` the hash of
 * what was asked (path parameters, query and canonical body): the same id with another fingerprint is a refusal.
 */
export interface Command {
  id: string
  fingerprint: string
  route: RouteName
}

/** Where in a list to go on: `after` is the opened cursor of the page before. */
export interface Page {
  limit: number
  after: string | undefined
}
