import { Refusal } from '@skills/contract/refusals.ts'
import { keys } from '../keys.ts'
import { membershipCheck } from '../people/members.table.ts'
import { manages, type MembershipItem } from '../people/membership.ts'
import { readMembership } from '../people/membership.table.ts'
import { readItem } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { ApplicationItem } from './application.ts'
import { readApplication } from './application.table.ts'

/** What an application for a provider that is known already stands on: that its applicant manages the provider now, and which application is under way for it. */
export interface Renewal {
  /** Her membership as it was read; undefined: she does not manage the provider now. */
  manager: MembershipItem | undefined
  /** The application that is under way. */
  held: string | undefined
  /** The application it is let go from, as it was read: nobody has sent it since. */
  passed?: ApplicationItem
}

/** Reads it strongly; undefined for an application of a new provider, which stands on nothing of the kind. */
export async function readRenewal(
  world: World,
  personId: string,
  { providerId, known }: Pick<ApplicationItem['application'], 'providerId' | 'known'>,
): Promise<Renewal | undefined> {
  if (!known) return undefined
  const [membership, guard] = await Promise.all([
    readMembership(world, personId, providerId),
    readItem(world.table, keys.renewal.key(providerId)),
  ])
  const manager = membership?.endedAt === null && manages(membership) ? membership : undefined
  return { manager, held: guard?.['applicationId'] as string | undefined }
}

/**
 * Refuses `application-open` where another application for the provider lies with the operators and its applicant still manages it. What she only began, or was asked to add to, holds up none of
 * her colleagues, nor does what a dismissed manager left behind: of several the one that is sent first counts. Out: what it stands on, for `renewalSteps`.
 */
export async function mustBeOnly(world: World, id: string, renewal: Renewal): Promise<Renewal> {
  const { held } = renewal
  if (held === undefined || held === id) return renewal
  const other = await readApplication(world.table, held)
  if (other === undefined) return renewal
  const its = await readRenewal(world, other.personId, other.application)
  if (its?.manager !== undefined && other.application.state === 'submitted') throw new Refusal('application-open')
  return { ...renewal, passed: other }
}

/**
 * The steps that keep an application for a known provider the only one while it is under way, and let go when it is decided. They fail by the name `renewal` when another came between or was sent, and by
 * `standing-by` when its applicant's membership changed; a refusal asks for neither.
 */
export function renewalSteps({ id, providerId, state }: ApplicationItem['application'], renewal: Renewal | undefined): Step[] {
  if (renewal === undefined) return []
  const { manager, held } = renewal
  const key = keys.renewal.key(providerId)
  const asRead =
    held === undefined ? { condition: 'attribute_not_exists(pk)' } : { condition: 'applicationId = :held', values: { ':held': held } }
  if (state === 'refused') return held === id ? [{ name: 'renewal', remove: { key, ...asRead } }] : []
  // The guard names the other one before it is sent and after: only its version says that it was not.
  const unsent = renewal.passed === undefined ? [] : [unsentCheck(renewal.passed)]
  if (state === 'approved') return [{ name: 'renewal', remove: { key, ...asRead } }, ...unsent]
  const check = manager === undefined ? [] : [membershipCheck(manager)]
  return [{ name: 'renewal', put: { item: { ...key, applicationId: id }, ...asRead } }, ...check, ...unsent]
}

function unsentCheck({ application, version }: ApplicationItem): Step {
  return {
    name: 'renewal other',
    check: { key: keys.application.key(application.id), condition: 'version = :before', values: { ':before': version } },
  }
}
