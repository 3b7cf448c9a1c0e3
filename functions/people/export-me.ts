import type { Actor } from '@skills/contract/actor.ts'
import { purposes } from '@skills/contract/people.ts'
import type { Review } from '@skills/contract/sponsors.routes.ts'
import { atOnce } from '@skills/core/at-once.ts'
import { heldAttendance } from '@skills/core/attendance/held-attendance.ts'
import type { EnrollmentItem } from '@skills/core/enrollment/enrollment-item.ts'
import { readInvitations } from '@skills/core/employer/invitation.table.ts'
import { readFiles } from '@skills/core/files/file.table.ts'
import { applicationsOf } from '@skills/core/provider/application.table.ts'
import { readInstructorOf } from '@skills/core/instructor/instructor.table.ts'
import { teachingOf } from '@skills/core/instructor/teaching.table.ts'
import { keys } from '@skills/core/keys.ts'
import { heldMessages } from '@skills/core/messages/held-messages.ts'
import { heldSettings } from '@skills/core/notices/held-settings.ts'
import { settingsEntity } from '@skills/core/notices/settings.ts'
import { latestNotices } from '@skills/core/notices/notice.table.ts'
import { orderView } from '@skills/core/order/order.ts'
import { consentEntity } from '@skills/core/people/consent.ts'
import { readConsents, readReceipts } from '@skills/core/people/consent.table.ts'
import { membershipHistory } from '@skills/core/people/membership.table.ts'
import type { Vault } from '@skills/core/people/personal-data.ts'
import { complaintsOfPerson } from '@skills/core/quality/complaint.table.ts'
import { openFields, profileOf } from '@skills/core/people/profile.table.ts'
import { myRating } from '@skills/core/rating/rating.ts'
import { readRatingsOf } from '@skills/core/rating/rating.table.ts'
import { readReveals } from '@skills/core/roster/reveal.table.ts'
import { readItem, readItems, readRange, type Item } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

/**
 * All that is held about the caller, readable (PIPL art. 45): the profile in clear, consents with every receipt, enrollments with the
 * health commitment and their orders, unions, reviews, waiting lists, invitations, memberships with those that ended, notices, attendance with its devices and hours, ratings with everything said before, what an instructor is and teaches, the calendar's state, and the history
 * of all of these.
 */
export async function exportMe(world: World, vault: Vault, { actor: { personId } }: { actor: Actor }) {
  const own = (begins: string) => readRange(world.table, { pk: keys.profile.key(personId).pk, begins })
  const [profile, consents, receipts, enrollmentItems, memberships, notices, calendar, union, pointers, reviewsOf, invited] =
    await Promise.all([
      profileInClear(world, vault, personId),
      readConsents(world, personId),
      readReceipts(world, personId),
      own('ENROLLMENT#'),
      membershipHistory(world, personId),
      latestNotices(world, personId),
      readItem(world.table, keys.calendar.key(personId)),
      readItem(world.table, keys.union.key(personId)),
      own('WAITING-FOR#'),
      own('REVIEW-OF#'),
      readInvitations(world, personId),
    ])
  const [messages, noticeSettings] = await Promise.all([heldMessages(world, personId), heldSettings(world, vault, personId)])
  const [files, applications, reveals, ratings, complaints] = await Promise.all([
    readFiles(world.table, personId),
    applicationsOf(world.table, personId),
    readReveals(world.table, personId),
    readRatingsOf(world.table, personId),
    complaintsOfPerson(world.table, personId),
  ])
  const instructor = await readInstructorOf(world.table, personId)
  const teaching = instructor === undefined ? [] : await teachingOf(world, instructor.instructor.id, '')
  const enrollments = enrollmentItems.map((item) => {
    const { enrollment, healthCommitmentAt, order = null, forceMajeure } = item as unknown as EnrollmentItem
    return {
      ...{ ...enrollment, healthCommitmentAt },
      ...(forceMajeure && { forceMajeure: { evidence: forceMajeure.evidence, document: forceMajeure.document, at: forceMajeure.at } }),
      order: order === null ? null : { ...orderView(order), invoiceTitle: order.invoiceTitle },
    }
  })
  const attended = await heldAttendance(
    world,
    personId,
    enrollments.map(({ runId }) => runId),
  )
  const entities = [
    personId,
    ...purposes.map((purpose) => consentEntity(personId, purpose)),
    ...memberships.map(({ entity }) => entity),
    ...enrollments.map(({ id }) => id),
    settingsEntity(personId),
    ...messages.entities,
    `calendar-${personId}`,
    `teaching-calendar-${personId}`,
    ...(instructor === undefined ? [] : [instructor.entity]),
    ...files.map(({ file }) => file.id),
    ...applications.map(({ application }) => application.id),
    ...complaints.map(({ complaint }) => complaint.id),
    ...attended.entities,
    ...ratings.map(({ id }) => id),
    ...new Set(reveals.map(({ entity }) => entity)),
  ]
  // What she wrote and what was answered stands with the program.
  const reviews = await readItems(
    world.table,
    reviewsOf.map((item) => keys.review.key(String(item['programId']), String(item['reviewId']))),
  )
  const history = await atOnce(entities, 8, (entity) => historyOf(world, personId, entity))
  if (history.failed[0] !== undefined) throw history.failed[0].error
  return {
    exportedAt: world.now(),
    profile,
    consents: consents.map((consent) => ({ ...consent, receipts: receipts.filter(({ purpose }) => purpose === consent.purpose) })),
    enrollments,
    unions: (union?.['unions'] as unknown[] | undefined) ?? [],
    // Who decided stays unnamed, as in the history.
    reviews: reviews.map((item) => ({ ...(item?.['review'] as Review), decidedBy: null })),
    waiting: pointers.map(plain),
    invitations: invited.map(({ order, invitation }) => ({
      runId: order.runId,
      state: invitation.state,
      at: invitation.at,
      answeredAt: invitation.answeredAt,
    })),
    reveals: reveals.map(({ reveal }) => reveal),
    memberships: memberships.map(({ entity: _, ...membership }) => membership),
    notices,
    noticeSettings,
    messages: messages.threads,
    attendance: { devices: attended.devices, runs: attended.runs },
    ratings: ratings.map((rating) => ({ ...myRating(rating), anonymous: rating.anonymous, enrollmentId: rating.enrollmentId })),
    files: files.map(({ file }) => file),
    applications: applications.map(({ application }) => application),
    complaints: complaints.map(({ complaint }) => complaint),
    instructor: instructor === undefined ? null : { ...instructor.instructor, teaching },
    calendar: calendar === undefined ? null : { open: calendar['hash'] !== undefined, openedAt: calendar['openedAt'] as string },
    history: history.answers.flat(),
  }
}

/** An item as it is held, without the keys of the table. */
const plain = ({ pk: _pk, sk: _sk, ...held }: Item): Record<string, unknown> => held

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
