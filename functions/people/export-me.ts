import type { Actor } from '@skills/contract/actor.ts'
import { keys } from '@skills/core/keys.ts'
import { latestNotices } from '@skills/core/notices/notice.table.ts'
import { readConsents, readReceipts } from '@skills/core/people/consent.table.ts'
import { readMemberships } from '@skills/core/people/membership.table.ts'
import type { Vault } from '@skills/core/people/personal-data.ts'
import { openFields, profileOf } from '@skills/core/people/profile.table.ts'
import { readItem, readRange } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

/** All that is held about the caller, readable (PIPL art. 45): the profile in clear, consents with every receipt, enrollments, memberships, notices. */
export async function exportMe(world: World, vault: Vault, { actor: { personId } }: { actor: Actor }) {
  const [profile, consents, receipts, enrollments, memberships, notices] = await Promise.all([
    profileInClear(world, vault, personId),
    readConsents(world, personId),
    readReceipts(world, personId),
    readRange(world.table, { pk: keys.enrollment.key(personId, '').pk, begins: 'ENROLLMENT#' }),
    readMemberships(world, personId),
    latestNotices(world, personId),
  ])
  return {
    exportedAt: world.now(),
    profile,
    consents: consents.map((consent) => ({ ...consent, receipts: receipts.filter(({ purpose }) => purpose === consent.purpose) })),
    enrollments: enrollments.map((item) => item['enrollment']),
    memberships,
    notices,
  }
}

async function profileInClear(world: World, vault: Vault, personId: string): Promise<Record<string, unknown>> {
  const item = profileOf(await readItem(world.table, keys.profile.key(personId)))
  if (item === undefined) return { personId }
  const { bornOn, region, employmentKind, education, certificates, updatedAt } = item
  const clear = openFields(await vault.openKey(personId, item.wrappedKey), personId, item)
  return { personId, ...clear, bornOn, region, employmentKind, education, certificates, updatedAt }
}
