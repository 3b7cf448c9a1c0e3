import { createHash } from 'node:crypto'
import type { Run } from '@skills/contract/catalog.ts'
import type { Reveal } from '@skills/contract/learners.routes.ts'
import { revealDays, type RevealPurpose } from '@skills/contract/reveal.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { History } from '../audit.ts'
import { lastMeeting } from '../catalog/run.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { consents } from '../people/consent.ts'

/** How long the answer of one look-up can be had again, when it was lost on its way; minutes. */
export const shownMinutes = 5

/** A look-up as the table holds it, among its learner's things. Its words and who looked show in the digest that its audit entry carries. */
export interface RevealItem extends History {
  reveal: Reveal
  enrollmentId: string
  personId: string
  providerId: string
  by: string
  entity: string
}

/** The name of the audit chain of look-ups at one learner of one run. */
export const revealEntity = (enrollmentId: string) => `${enrollmentId}/REVEALS`

/** An emergency needs no consent (PIPL art. 13 no. 4); everything else needs hers, and hers alone for this (art. 23). */
export const needsConsent = (purpose: RevealPurpose) => purpose !== 'emergency'

/**
 * Whether a learner's name or number may be opened to her provider now. In: her run and seat, her answer to the notice `provider-contact`. Refuses `reveal-closed` for who has
 * no seat any more or whose run is long over or cancelled, `contact-not-allowed` without her consent.
 */
export function mayReveal(
  run: Run,
  { enrollment }: Pick<EnrollmentItem, 'enrollment'>,
  consent: object | undefined,
  purpose: RevealPurpose,
  now: string,
): void {
  const until = plusMinutes(lastMeeting(run), revealDays * 24 * 60)
  if (enrollment.state !== 'active' || run.state === 'cancelled' || now > until) throw new Refusal('reveal-closed', { days: revealDays })
  if (needsConsent(purpose) && !consents(consent, 'provider-contact')) throw new Refusal('contact-not-allowed')
}

/** What the audit entry of a look-up carries of it: SHA-256 over when, what, what for, in which words, whose and by whom. */
export function revealDigest({
  reveal: { at, what, purpose, sentence },
  enrollmentId,
  personId,
  by,
}: Omit<RevealItem, keyof History>): string {
  return createHash('sha256')
    .update(JSON.stringify([at, what, purpose, sentence, enrollmentId, personId, by]))
    .digest('hex')
}
