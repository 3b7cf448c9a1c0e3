import type { Command } from '@skills/contract/actor.ts'
import type { Reveal } from '@skills/contract/learners.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { auditStep } from '../audit.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { keys } from '../keys.ts'
import { noticeStep } from '../notices/notice-step.ts'
import { consentNotices } from '../people/consent.ts'
import { readRange, type Table } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { needsConsent, revealDigest, revealEntity, type RevealItem } from './reveal.ts'
import { revealNotice } from './reveal-notice.ts'

const keptSeconds = 7 * 24 * 3_600

export interface Looking {
  seat: Pick<EnrollmentItem, 'enrollment' | 'personId'>
  providerId: string
  reveal: Reveal
  by: string
}

/** What the command's record keeps of a look-up: nothing that was looked at. */
export interface KeptReveal {
  enrollmentId: string
  personId: string
  at: string
}

/**
 * Writes down that somebody looks at a learner's name or number, before it is opened: her record of it, its audit entry, the notice to her, and the count of who looks, with her
 * seat and her consent as they must be, in one transaction. Refuses `too-many-reveals`; fails by the names `seat`, `consent`, `reveal`, `audit`.
 */
export async function writeReveal(world: World, command: Command, { seat, providerId, reveal, by }: Looking): Promise<Outcome<KeptReveal>> {
  // None at all is said here: a condition that compares two given values is no condition to DynamoDB.
  if (world.limits.reveals <= 0) throw tooMany(world)
  const { personId, enrollment } = seat
  const entity = revealEntity(enrollment.id)
  const [last] = await readRange(world.table, { pk: keys.audit.key(entity, '').pk, backward: true, limit: 1 })
  const before = last === undefined ? undefined : { version: Number(last['version']), auditHash: String(last['hash']) }
  const held = { reveal, enrollmentId: enrollment.id, personId, providerId, by, entity }
  const change = { entity, action: `reveal ${reveal.what}: ${reveal.purpose}`, by, at: reveal.at, commandId: command.id }
  const audit = auditStep({ ...change, evidence: revealDigest(held) }, before)
  const item = { ...keys.reveal.key(personId, enrollment.id, String(audit.history.version).padStart(4, '0')), ...held, ...audit.history }
  const outcome = await transact<KeptReveal>(
    world,
    command,
    [
      {
        name: 'seat',
        check: {
          key: keys.enrollment.key(personId, enrollment.id),
          condition: 'enrollment.#state = :active',
          names: { '#state': 'state' },
          values: { ':active': 'active' },
        },
      },
      ...(needsConsent(reveal.purpose) ? [consentCheck(personId)] : []),
      countStep(world, by, reveal.at),
      { name: 'reveal', put: { item, condition: 'attribute_not_exists(pk)' } },
      audit.step,
      noticeStep(world, personId, revealNotice(reveal)),
    ],
    { enrollmentId: enrollment.id, personId, at: reveal.at },
  )
  if ('failed' in outcome && outcome.failed === 'count') throw tooMany(world)
  return outcome
}

/** Who looked at a person's name or number, the latest first. */
export async function readReveals(table: Table, personId: string): Promise<RevealItem[]> {
  const items = await readRange(table, { pk: keys.reveal.key(personId, '', '').pk, begins: 'REVEAL#' })
  return (items as unknown as RevealItem[]).toSorted((a, b) => (a.reveal.at < b.reveal.at ? 1 : -1))
}

function consentCheck(personId: string): Step {
  return {
    name: 'consent',
    check: {
      key: keys.consent.key(personId, 'provider-contact'),
      condition: '#given = :yes AND #version = :notice',
      names: { '#given': 'given', '#version': 'version' },
      values: { ':yes': true, ':notice': consentNotices['provider-contact'].version },
    },
  }
}

/** One more look-up of this person today (in Beijing), while the limit allows it. */
function countStep(world: World, by: string, now: string): Step {
  return {
    name: 'count',
    update: {
      key: keys.tries.key(by, dateAt(now)),
      set: 'SET expiresAt = :expiresAt ADD reveals :one',
      condition: 'attribute_not_exists(reveals) OR reveals < :most',
      values: {
        ':one': 1,
        ':most': world.limits.reveals,
        ':expiresAt': Math.floor(Date.parse(now) / 1000) + keptSeconds,
      },
    },
  }
}

function tooMany(world: World): Refusal {
  const now = world.now()
  const midnight = plusMinutes(instantOf(dateAt(now), '00:00'), 24 * 60)
  const retryAfterSeconds = Math.ceil((Date.parse(midnight) - Date.parse(now)) / 1000)
  return new Refusal('too-many-reveals', { most: world.limits.reveals }, { retryAfterSeconds })
}
