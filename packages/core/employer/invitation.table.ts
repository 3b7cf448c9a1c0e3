import { groupOrderOf } from './group-order.table.ts'
import { keys } from '../keys.ts'
import { profileOf } from '../people/profile.table.ts'
import { readItem, readItems, readRange } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { GroupOrderItem, InvitationItem } from './group-order.ts'

/** An invitation with the order it belongs to. */
export interface ReadInvitation {
  order: GroupOrderItem
  invitation: InvitationItem
}

/**
 * The invitations of a person, newest first: those under a hash of her own numbers and name that are open and paid for, and those she answered. So an
 * invitation finds her also when she registers only after it was made, and nobody is told which numbers are registered.
 */
export async function readInvitations(world: World, personId: string): Promise<ReadInvitation[]> {
  const hashes = profileOf(await readItem(world.table, keys.profile.key(personId)))?.namedHashes ?? []
  const lines = await Promise.all(
    hashes.map((hash) => readRange(world.table, { pk: keys.invitation.key(hash, '').pk, begins: 'INVITATION#' })),
  )
  const named = lines.flat()
  const orders = await readItems(
    world.table,
    named.map((line) => keys.groupOrder.key(String(line['groupOrderId']))),
  )
  const found = named.flatMap((line, place): ReadInvitation[] => {
    const order = groupOrderOf(orders[place])
    const invitation = order?.invitations.find(({ id }) => id === line['invitationId'])
    return order === undefined || invitation === undefined ? [] : [{ order, invitation }]
  })
  const hers = ({ order, invitation }: ReadInvitation) =>
    invitation.personId === null ? invitation.state === 'open' && order.state === 'paid' : invitation.personId === personId
  const once = new Map(found.filter(hers).map((one) => [one.invitation.id, one]))
  return [...once.values()].sort((a, b) => (a.invitation.id < b.invitation.id ? 1 : -1))
}

/** What leads from a number and a name to an invitation. */
export function invitedStep(groupOrderId: string, { hash, id }: InvitationItem): Step {
  const item = { ...keys.invitation.key(hash, id), groupOrderId, invitationId: id }
  return { name: 'invited', put: { item, condition: 'attribute_not_exists(pk)' } }
}
