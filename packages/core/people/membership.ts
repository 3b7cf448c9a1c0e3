import type { Actor } from '@skills/contract/actor.ts'
import { platformId, prefixes } from '@skills/contract/ids.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import type { Role } from '@skills/contract/route.ts'
import type { History } from '../audit.ts'
import type { Text } from '@skills/contract/text.ts'

/** A membership as the table holds it. One that has ended stays, with its end, so that its history goes on. */
export interface MembershipItem extends History {
  personId: string
  organizationId: string
  organizationName: Text
  roles: Role[]
  since: string
  endedAt: string | null
  /** The name of its audit chain. */
  entity: string
}

const kinds = ['provider', 'sponsor', 'employer', 'platform'] as const

/**
 * The roles as they are kept, each once. Refuses `validation-failed` where a role is of another kind than the organization
 * (`prv_…` takes `provider:…` only), and for a platform that is not ours.
 */
export function rolesFor(organizationId: string, roles: readonly Role[]): Role[] {
  const kind = kinds.find((name) => organizationId.startsWith(`${prefixes[name]}_`))
  const fits = (role: Role) => role.startsWith(`${kind}:`) && (kind !== 'platform' || organizationId === platformId)
  const errors = roles.flatMap((role, place): FieldError[] =>
    fits(role)
      ? []
      : [
          {
            pointer: `#/roles/${place}`,
            code: 'role-organization',
            detail: { zh: '这个角色不属于该类机构。', en: 'This role does not belong to an organization of this kind.' },
          },
        ],
  )
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors })
  return [...new Set(roles)]
}

const managing = (organizationId: string): Role | undefined => {
  const kind = kinds.find((name) => organizationId.startsWith(`${prefixes[name]}_`))
  return kind === undefined || kind === 'platform' ? undefined : `${kind}:manager`
}

/** Whether somebody with these roles manages the organization they are in. */
export function manages({ organizationId, roles }: Pick<MembershipItem, 'organizationId' | 'roles'>): boolean {
  return roles.some((role) => role === managing(organizationId))
}

/** As what a caller may appoint people of an organization: an operator of the platform for all, who manages it for her own; undefined: she may not. */
export function appointsAs({ memberships }: Actor, organizationId: string): 'operator' | 'manager' | undefined {
  const roles = (of: string) => memberships.filter((one) => one.organizationId === of).flatMap((one) => one.roles)
  if (roles(platformId).includes('platform:operator')) return 'operator'
  return manages({ organizationId, roles: roles(organizationId) }) ? 'manager' : undefined
}

/** Memberships as guards of routes want them: those that have not ended. */
export function acting(memberships: readonly MembershipItem[]): Actor['memberships'] {
  return memberships.filter(({ endedAt }) => endedAt === null).map(({ organizationId, roles }) => ({ organizationId, roles }))
}
