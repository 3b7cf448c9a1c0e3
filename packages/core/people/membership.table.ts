import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Membership } from '@skills/contract/people.routes.ts'
import { auditStep, historyOf } from '../audit.ts'
import { keys } from '../keys.ts'
import { readItem, readRange, type Item } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { acting, type MembershipItem } from './membership.ts'

/** For whom a person may act, strongly read: a role that was taken away is gone with the next call. */
export async function membershipsOf(world: World, personId: string): Promise<Actor['memberships']> {
  return acting(await readAll(world, personId))
}

/** A person's memberships with the organizations' names. */
export async function readMemberships(world: World, personId: string): Promise<Membership[]> {
  const held = await readAll(world, personId)
  return held
    .filter(({ endedAt }) => endedAt === null)
    .map(({ organizationId, organizationName, roles }) => ({ organizationId, organizationName, roles }))
}

/** All that is held of a person's appointments, those that ended too. */
export async function membershipHistory(
  world: World,
  personId: string,
): Promise<Omit<MembershipItem, 'version' | 'auditHash' | 'personId'>[]> {
  const held = await readAll(world, personId)
  return held.map(({ organizationId, organizationName, roles, since, endedAt, entity }) => ({
    organizationId,
    organizationName,
    roles,
    since,
    endedAt,
    entity,
  }))
}

async function readAll(world: World, personId: string): Promise<MembershipItem[]> {
  return (await readRange(world.table, { pk: keys.membership.key(personId, '').pk, begins: 'MEMBERSHIP#' })) as unknown as MembershipItem[]
}

/** One membership, ended ones too, or undefined. */
export async function readMembership(world: World, personId: string, organizationId: string): Promise<MembershipItem | undefined> {
  return (await readItem(world.table, keys.membership.key(personId, organizationId))) as unknown as MembershipItem | undefined
}

/** Appoints a person: the membership with its audit entry, and `more` in the same transaction. Fails by name: `membership`, `audit`, and as `more` does. */
export function writeMembership(
  world: World,
  command: Command | undefined,
  by: string,
  personId: string,
  membership: Membership,
  before: MembershipItem | undefined,
  more: readonly Step[] = [],
): Promise<Outcome<Membership>> {
  const since = before?.endedAt === null ? before.since : world.now()
  return transact(
    world,
    command,
    [...steps(world, command, { personId, ...membership, since, endedAt: null }, before, 'appoint', by), ...more],
    membership,
  )
}

/** Ends a membership, with `more` in the same transaction; what is not there, or has ended, ends as it is. Fails by name: `membership`, `audit`, and as `more` does. */
export function closeMembership(
  world: World,
  command: Command,
  by: string,
  before: MembershipItem | undefined,
  more: readonly Step[] = [],
): Promise<Outcome<{ ended: boolean }>> {
  if (before === undefined || before.endedAt !== null) return transact(world, command, [], { ended: false })
  const ended = steps(world, command, { ...before, endedAt: world.now() }, before, 'end-appointment', by)
  return transact(world, command, [...ended, ...more], { ended: true })
}

/** The steps that appoint a person, for whoever writes them with more. Fail by name: `membership`, `audit`. */
export function appointSteps(
  world: World,
  command: Command | undefined,
  by: string,
  item: Pick<MembershipItem, 'personId' | 'organizationId' | 'organizationName' | 'roles'>,
  before: MembershipItem | undefined,
): Step[] {
  const since = before?.endedAt === null ? before.since : world.now()
  return steps(world, command, { ...item, since, endedAt: null }, before, 'appoint', by)
}

function steps(
  world: World,
  command: Command | undefined,
  item: Omit<MembershipItem, 'version' | 'auditHash' | 'entity'>,
  before: MembershipItem | undefined,
  action: string,
  by: string,
): Step[] {
  const entity = `${item.personId}/MEMBERSHIP#${item.organizationId}`
  const audit = auditStep({ entity, action, by, at: world.now(), commandId: command?.id }, historyOf(before as unknown as Item))
  const { personId, organizationId, organizationName, roles, since, endedAt } = item
  const pointer = keys.member.key(organizationId, personId)
  return [
    {
      name: 'membership',
      put: {
        item: {
          ...keys.membership.key(personId, organizationId),
          personId,
          organizationId,
          organizationName,
          roles,
          since,
          endedAt,
          entity,
          ...audit.history,
        },
        ...(before === undefined
          ? { condition: 'attribute_not_exists(pk)' }
          : { condition: 'version = :before', values: { ':before': before.version } }),
      },
    },
    endedAt === null
      ? { name: 'member', put: { item: { ...pointer, personId, organizationId } } }
      : { name: 'member', remove: { key: pointer } },
    audit.step,
  ]
}
