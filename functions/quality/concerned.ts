import type { Actor } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'

/** Whether somebody acts for a provider, in whatever role: then she decides nothing about it as an operator. */
export function isConcerned({ memberships }: Actor, providerId: string): boolean {
  return memberships.some(({ organizationId }) => organizationId === providerId)
}

/** Refuses `another-operator-needed` for who acts for the provider. */
export function mustBeImpartial(actor: Actor, providerId: string): void {
  if (isConcerned(actor, providerId)) throw new Refusal('another-operator-needed')
}

/** Whether somebody manages this provider; an operator does not. */
export function manages({ memberships }: Actor, providerId: string): boolean {
  return memberships.some(({ organizationId, roles }) => organizationId === providerId && roles.includes('provider:manager'))
}
