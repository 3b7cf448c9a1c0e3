import type { Command } from '@skills/contract/actor.ts'
import type { OrderItem } from '../order/order.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { enrollmentSteps, type EnrollmentItem } from './enrollment-item.ts'

/** Changes only the order of an enrollment (a payment opened, a refund sent), at the version it was read. Fails by the name `enrollment`, or one in `more`. */
export function changeOrder(
  world: World,
  command: Command | undefined,
  before: EnrollmentItem,
  order: OrderItem,
  { action, by }: { action: string; by: string },
  more: readonly Step[] = [],
): Promise<Outcome<EnrollmentItem>> {
  const { steps, item } = enrollmentSteps(before, { order }, { action, by, at: world.now(), commandId: command?.id })
  return transact(world, command, [...steps, ...more], item)
}
