import type { Membership } from '@skills/contract/people.routes.ts'

/** Whether somebody may change what a union has: a manager of it or of one above it, or an operator. The API decides; this only spares buttons. */
export const mayManage = (memberships: readonly Membership[], path: readonly string[]): boolean =>
  memberships.some(
    ({ organizationId, roles }) =>
      roles.includes('platform:operator') || (path.includes(organizationId) && roles.includes('sponsor:manager')),
  )
