import type { Command } from '@skills/contract/actor.ts'
import type { MoneyMatter } from '@skills/contract/money-matters.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { groupOrderSteps, readGroupOrder } from '../employer/group-order.table.ts'
import { enrollmentSteps, type EnrollmentChange } from '../enrollment/enrollment-item.ts'
import { untilDone } from '../funding/until-done.ts'
import { transact, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { matterView, type MoneyMatterItem } from './money-matter.ts'
import { endSteps, readMatter } from './money-matter.table.ts'
import { readOrder } from './order.table.ts'
import { withRetriedRefund } from './refund.ts'

/**
 * Owes a failed refund anew, for an operator who saw to the reason: the failed one is canceled, one of the same sum takes its place, to be sent by the next settling, and the matter is done
 * with, in one transaction: of two operators who press at once one sends. By itself nothing is tried again: what the provider gave up once (a closed account, an expired card) mostly needs
 * another way. What somebody closed while it was still owed can be sent too. Refuses `not-found`, `illegal-transition` where it was sent already, or nothing has failed any more.
 */
export function resendRefund(world: World, command: Command | undefined, matterId: string, by: string): Promise<MoneyMatter> {
  return untilDone(world, command, async () => {
    const before = await readMatter(world.table, matterId)
    if (before === undefined) throw new Refusal('not-found')
    const closed = endSteps(world, before, { end: 'resent', by, said: null }, command?.id)
    const again = await againSteps(world, before, { action: 'retry refund', by, at: world.now(), commandId: command?.id })
    if (again === undefined) throw new Refusal('illegal-transition', { current: before.kind, allowed: [] })
    return transact(world, command, [...again, ...closed.steps], matterView(closed.item, false))
  })
}

/** The steps that put a new refund in the place of the failed one, on its order or group order; undefined where there is no failed one. */
async function againSteps(world: World, matter: MoneyMatterItem, change: EnrollmentChange): Promise<Step[] | undefined> {
  const { kind, personId, orderId, groupOrderId, refundId } = matter
  if (kind !== 'refund-failed' || refundId === null) return undefined
  const newId = world.id('refund')
  if (groupOrderId !== null) {
    const order = await readGroupOrder(world.table, groupOrderId)
    const refunds = order === undefined ? undefined : withRetriedRefund(order.refunds, refundId, newId, change.at)
    return order === undefined || refunds === undefined ? undefined : groupOrderSteps(order, { ...order, refunds }, change).steps
  }
  const read = personId === null || orderId === null ? undefined : await readOrder(world.table, personId, orderId)
  const refunds = read === undefined ? undefined : withRetriedRefund(read.item.order.refunds, refundId, newId, change.at)
  if (read === undefined || refunds === undefined) return undefined
  return enrollmentSteps(read.item, { order: { ...read.item.order, refunds } }, change).steps
}
