import { platformId } from '@skills/contract/ids.ts'
import type { Role } from '@skills/contract/route.ts'
import { describe, expect, it } from 'vitest'
import { rolesFor } from './membership.ts'

const tail = '0'.repeat(26)

describe('roles in an organization', () => {
  it.each<[string, Role]>([
    [`prv_${tail}`, 'provider:manager'],
    [`spo_${tail}`, 'sponsor:reviewer'],
    [`emp_${tail}`, 'employer:nominator'],
    [platformId, 'platform:operator'],
  ])('of %s may be %s', (organization, role) => {
    expect(rolesFor(organization, [role, role])).toEqual([role])
  })
  it.each<[string, Role]>([
    [`prv_${tail}`, 'platform:operator'],
    [`prv_${tail}`, 'sponsor:manager'],
    [`emp_${tail}`, 'provider:manager'],
    [`plt_${'1'.repeat(26)}`, 'platform:operator'],
  ])('of %s may not be %s', (organization, role) => {
    expect(() => rolesFor(organization, [role])).toThrowError(
      expect.objectContaining({ code: 'validation-failed', members: { count: 1 } }) as Error,
    )
  })
})
