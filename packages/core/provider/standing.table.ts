import type { Command } from '@skills/contract/actor.ts'
import { auditStep } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { keys } from '../keys.ts'
import { readItem, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { nextLook } from './standing-ends.ts'
import type { Standing } from './standing.ts'

/** Where a provider stands, strongly read; undefined: it was never approved. */
export async function readStanding(table: Table, providerId: string): Promise<Standing | undefined> {
  return (await readItem(table, keys.standing.key(providerId))) as unknown as Standing | undefined
}

/** The step that only asks that a standing is still as read, for whoever publishes. Fails by the name `standing`. */
export function standingCheck(before: Standing): Step {
  return { name: 'standing', check: { key: keys.standing.key(before.providerId), ...standsAs(before) } }
}

export interface StandingChange {
  before: Standing | undefined
  /** Left out: no rule was accepted, nothing is blocked, no sanction suspends it. */
  after: Omit<Standing, 'entity' | 'version' | 'auditHash' | 'accepted' | 'blockedSince'> &
    Partial<Pick<Standing, 'accepted' | 'blockedSince'>>
  action: string
  by: string
}

/** The steps that write a standing at the version it was read, with its audit entry and its next look in `due`. Step `standing` fails when another change came between. */
export function standingSteps(world: World, command: Command | undefined, { before, after, action, by }: StandingChange): Step[] {
  const { providerId } = after
  const entity = `${providerId}/STANDING`
  const now = world.now()
  const audit = auditStep({ entity, action, by, at: now, commandId: command?.id }, before)
  const { state, scope, licenceUntil, venues = [], reason, personId, accepted = [], blockedSince = null, sanctionId = null, told } = after
  const due = dueAttributes('standing', providerId, nextLook({ ...after, blockedSince }, now))
  const body = { providerId, entity, state, scope, licenceUntil, venues, reason, personId, accepted, blockedSince, sanctionId, told }
  const item = { ...keys.standing.key(providerId), ...body, ...audit.history, ...due }
  return [{ name: 'standing', put: { item, ...standsAs(before) } }, audit.step]
}

const standsAs = (before: Standing | undefined) =>
  before === undefined
    ? { condition: 'attribute_not_exists(pk)' }
    : { condition: 'version = :before', values: { ':before': before.version } }
