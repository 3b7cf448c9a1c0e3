import type { Actor } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import type { Role } from '@skills/contract/route.ts'

/** Whether a person may act on what belongs to a provider: with one of these roles in that provider, or as operator of the platform. */
export function mayAct(actor: Actor, providerId: string, roles: readonly Role[]): boolean {
  return actor.memberships.some(
    (membership) =>
      (membership.organizationId === providerId && membership.roles.some((role) => roles.includes(role))) ||
      (membership.organizationId === platformId && membership.roles.includes('platform:operator')),
  )
}
