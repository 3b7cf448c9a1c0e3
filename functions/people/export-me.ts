import type { Actor } from '@skills/contract/actor.ts'
import { purposes } from '@skills/contract/people.ts'
import { atOnce } from '@skills/core/at-once.ts'
import type { EnrollmentItem } from '@skills/core/enrollment/enrollment-item.ts'
import { keys } from '@skills/core/keys.ts'
import { latestNotices } from '@skills/core/notices/notice.table.ts'
import { consentEntity } from '@skills/core/people/consent.ts'
import { readConsents, readReceipts } from '@skills/core/people/consent.table.ts'
import { membershipHistory } from '@skills/core/people/membership.table.ts'
import type { Vault } from '@skills/core/people/personal-data.ts'
import { openFields, profileOf } from '@skills/core/people/profile.table.ts'
import { readItem, readRange } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

/**
 * All that is held about the caller, readable (PIPL art. 45): the profile in clear, consents with every receipt, enrollments with the
 * health commitment, memberships with those that ended, notices, the calendar's state, and the history of all of these.
 */
export async function exportMe(world: World, vault: Vault, { actor: { personId } }: { actor: Actor }) {
  const [profile, consents, receipts, enrollmentItems, memberships, notices, calendar] = await Promise.all([
    profileInClear(world, vault, personId),
    readConsents(world, personId),
    readReceipts(world, personId),
    readRange(world.table, { pk: keys.enrollment.key(personId, '').pk, begins: 'ENROLLMENT#' }),
    membershipHistory(world, personId),
    latestNotices(world, personId),
    readItem(world.table, keys.calendar.key(personId)),
  ])
  const enrollments = enrollmentItems.map((item) => {
    const { enrollment, healthCommitmentAt } = item as unknown as EnrollmentItem
    return { ...enrollment, healthCommitmentAt }
  })
  const entities = [
    personId,
    ...purposes.map((purpose) => consentEntity(personId, purpose)),
    ...memberships.map(({ entity }) => entity),
    ...enrollments.map(({ id }) => id),
    `calendar-${personId}`,
  ]
  const history = await atOnce(entities, 8, (entity) => historyOf(world, personId, entity))
  if (history.failed[0] !== undefined) throw history.failed[0].error
  return {
    exportedAt: world.now(),
    profile,
    consents: consents.map((consent) => ({ ...consent, receipts: receipts.filter(({ purpose }) => purpose === consent.purpose) })),
    enrollments,
    memberships: memberships.map(({ entity: _, ...membership }) => membership),
    notices,
    calendar: calendar === undefined ? null : { open: calendar['hash'] !== undefined, openedAt: calendar['openedAt'] as string },
    history: history.answers.flat(),
  }
}

async function profileInClear(world: World, vault: Vault, personId: string): Promise<Record<string, unknown>> {
  const item = profileOf(await readItem(world.table, keys.profile.key(personId)))
  if (item === undefined) return { personId }
  const { bornOn, region, employmentKind, education, certificates, updatedAt } = item
  const clear = openFields(await vault.openKey(personId, item.wrappedKey), personId, item)
  return { personId, ...clear, bornOn, region, employmentKind, education, certificates, updatedAt }
}

/** What was done to one thing of the caller's. Who did it is named when it was the caller or the house itself; another person stays unnamed. */
async function historyOf(world: World, personId: string, entity: string) {
  const entries = await readRange(world.table, { pk: keys.audit.key(entity, '').pk })
  return entries.map(({ action, at, by }) => ({
    entity,
    action,
    at,
    by: by === personId || String(by).startsWith('system:') ? by : 'another person',
  }))
}
