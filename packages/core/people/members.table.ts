import { keys } from '../keys.ts'
import { readItems, readRange, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import { manages, type MembershipItem } from './membership.ts'

/** Who acts for an organization now, strongly read, the longest appointed first. */
export async function membersOf(table: Table, organizationId: string): Promise<MembershipItem[]> {
  const list = keys.member.key(organizationId, '')
  const pointers = await readRange(table, { pk: list.pk, begins: list.sk })
  const items = await readItems(
    table,
    pointers.map(({ sk }) => keys.membership.key(sk.slice(list.sk.length), organizationId)),
  )
  return (items as unknown as (MembershipItem | undefined)[])
    .filter((item) => item?.endedAt === null)
    .map((item) => item as MembershipItem)
    .toSorted((one, other) => (`${one.since} ${one.personId}` < `${other.since} ${other.personId}` ? -1 : 1))
}

/** A change tells so many managers at most: their notices stand in its own transaction, which holds a hundred actions. */
const mostTold = 20

/** The ids of those among the members who manage and hear of what concerns their organization: at most twenty. */
export function managersAmong(members: readonly MembershipItem[]): string[] {
  return members
    .filter(manages)
    .map(({ personId }) => personId)
    .slice(0, mostTold)
}

/** Who manages an organization now and is told, the longest appointed first; empty: nobody does. */
export async function managersOf(table: Table, organizationId: string): Promise<string[]> {
  return managersAmong(await membersOf(table, organizationId))
}

/** The step that only asks that a membership is still as read, for what stands on it. Fails by the name `standing-by`. */
export function membershipCheck({ personId, organizationId, version }: MembershipItem): Step {
  const key = keys.membership.key(personId, organizationId)
  return { name: 'standing-by', check: { key, condition: 'version = :before', values: { ':before': version } } }
}
