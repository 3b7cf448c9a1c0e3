import type { Actor } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Role } from '@skills/contract/route.ts'
import { mayAct } from '../people/may-act.ts'
import type { World } from '../world.ts'
import { readGroupOrder } from './group-order.table.ts'
import type { GroupOrderItem } from './group-order.ts'

/** Who may see a group order and invite to it; buying and cancelling is for managers. */
export const nominators: readonly Role[] = ['employer:manager', 'employer:nominator']
export const buyers: readonly Role[] = ['employer:manager']

/** A group order of an employer that the person acts for. Refuses `not-found`, also for everybody else's. */
export async function ownGroupOrder(world: World, actor: Actor, groupOrderId: string, roles: readonly Role[]): Promise<GroupOrderItem> {
  const order = await readGroupOrder(world.table, groupOrderId)
  if (order === undefined || !mayAct(actor, order.employerId, roles)) throw new Refusal('not-found')
  return order
}
