import { Refusal } from '@skills/contract/refusals.ts'
import type { Run } from '@skills/contract/catalog.ts'
import type { Enrollment } from '@skills/contract/claim.routes.ts'
import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { offerRegistrationAt, type Offer } from '../catalog/offer.ts'
import { firstMeeting, lastMeeting } from '../catalog/run.ts'
import type { EnrollmentItem } from './enrollment-item.ts'
import { unmet, type EntryFacts } from './entry-conditions.ts'
import { overLimits, type Limits } from './limits.ts'
import { movedSince, movedUntil, type Admitted } from './moved-run.ts'
import { overlap, timesOf, type Schedule } from './schedule.ts'

/** Who would claim, as read from the table. */
export interface Claimant {
  facts: Omit<EntryFacts, 'healthCommitment'>
  /** Profile fields that are still missing, by name. */
  missing: readonly string[]
  /** The version of the identity notice that was accepted, or null. */
  consented: string | null
  schedule: Schedule
  /** Has an active enrollment in this run. */
  enrolled: boolean
}

/** The current notice a claimant must have accepted. */
export interface ClaimTerms {
  now: string
  identityNotice: string
  healthCommitment: boolean
  limits: Limits
  /** Somebody else pays the person's part (a group order), so that no hold of hers is needed. */
  paidFor?: boolean
}

/**
 * Everything that stands between a person and a seat, the most final first; empty when the claim may go on. Seats are not counted
 * here: whether one is free is decided by the transaction alone.
 */
export function obstacles(item: Offer, claimant: Claimant, terms: ClaimTerms): Refusal[] {
  const { run } = item
  const found: Refusal[] = []
  const registration = offerRegistrationAt(item, terms.now)
  if (registration === 'cancelled') found.push(new Refusal('run-cancelled'))
  if (registration === 'not-open') found.push(new Refusal('registration-not-open', { opensAt: run.opensAt }))
  if (registration === 'closed') found.push(new Refusal('registration-closed', { closesAt: run.closesAt }))
  if (claimant.enrolled) found.push(new Refusal('already-enrolled'))
  if (claimant.consented !== terms.identityNotice) found.push(new Refusal('consent-required', { notice: terms.identityNotice }))
  if (claimant.missing.length > 0) found.push(new Refusal('profile-incomplete', { fields: [...claimant.missing] }))
  const clash = overlap(claimant.schedule, run.id, timesOf(run.meetings))
  if (clash) found.push(new Refusal('schedule-overlap', { with: clash.with.title, runId: clash.with.runId, startsAt: clash.startsAt }))
  if (!claimant.enrolled) found.push(...overLimits(claimant.schedule, terms.limits, terms.now, run.priceFen > 0 && terms.paidFor !== true))
  if (claimant.missing.length === 0) {
    const startsOn = dateAt(firstMeeting(run))
    const reasons = item.conditions.flatMap((condition) => {
      const reason = unmet(condition, { ...claimant.facts, healthCommitment: terms.healthCommitment }, startsOn)
      return reason === undefined ? [] : [{ kind: condition.kind, reason }]
    })
    if (reasons.length > 0) {
      found.push(
        new Refusal('condition-not-met', {
          conditions: reasons.map(({ kind }) => kind),
          reasons: { zh: reasons.map(({ reason }) => reason.zh).join('；'), en: reasons.map(({ reason }) => reason.en).join('; ') },
        }),
      )
    }
  }
  return found
}

/** Until when a seat can be given back: the run's own term before its first meeting; longer where the provider moved the run (`movedUntil`). */
export function cancelUntil(run: Run, admitted: Admitted): string {
  return movedSince(run, admitted) ? movedUntil(run, admitted) : plusMinutes(firstMeeting(run), -run.cancelUntilMinutes)
}

/** Whether a seat can be given back now; a run that its provider cancelled can always be left. Refuses `cancellation-closed`, `illegal-transition`. */
export function mayCancel(run: Run, { enrollment, times }: Admitted & Pick<EnrollmentItem, 'enrollment'>, now: string): void {
  // What is not paid for yet can always be let go.
  if (enrollment.state === 'held') return
  if (enrollment.state !== 'active') throw new Refusal('illegal-transition', { current: enrollment.state, allowed: [] })
  const until = cancelUntil(run, { times })
  if (run.state !== 'cancelled' && now > until) throw new Refusal('cancellation-closed', { until })
}

/** Where an enrollment stands in a person's life: not begun, going on, over, or given up. */
export function phaseOf(run: Run, enrollment: Enrollment, now: string): 'upcoming' | 'running' | 'past' | 'cancelled' {
  if (enrollment.state === 'cancelled' || enrollment.state === 'lapsed' || run.state === 'cancelled') return 'cancelled'
  if (now < firstMeeting(run)) return 'upcoming'
  return now < lastMeeting(run) ? 'running' : 'past'
}
