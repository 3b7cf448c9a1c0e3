import type { Command } from '@skills/contract/actor.ts'
import { moveGrant } from '../funding/pot.table.ts'
import type { OrderItem } from '../order/order.ts'
import { outboxStep } from '../outbox.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { moveSeat, scheduleStep } from './claim-steps.ts'
import { enrollmentSteps, type EnrollmentItem } from './enrollment-item.ts'
import { withoutHold, type Schedule } from './schedule.ts'

/**
 * A held seat becomes the person's: seat held → sold, subsidies reserved → spent, order confirmed, in one transaction on the condition that nothing of it
 * changed. In: the order with its payment as it is now. `more` is what makes the event count once. Fails by name: `enrollment`, `schedule`, `seat`, `pot …`, and the names in `more`.
 */
export function confirmHold(
  world: World,
  command: Command | undefined,
  before: EnrollmentItem,
  schedule: Schedule,
  order: OrderItem,
  by: string,
  more: readonly Step[] = [],
): Promise<Outcome<EnrollmentItem>> {
  const { personId, enrollment, shard } = before
  const { id: enrollmentId, runId } = enrollment
  const at = world.now()
  const confirmed: OrderItem = {
    ...order,
    state: 'confirmed',
    confirmedAt: at,
    grants: order.grants.map((grant) => ({ ...grant, state: 'spent' })),
  }
  const change = { action: 'confirm', by, at, commandId: command?.id }
  const { steps, item } = enrollmentSteps(before, { enrollment: { ...enrollment, state: 'active' }, order: confirmed }, change)
  return transact(
    world,
    command,
    [
      ...steps,
      ...moveSeat(world, { runId, shard, from: 'held', to: 'sold', at, personId, enrollmentId }),
      scheduleStep(personId, schedule, withoutHold(schedule, enrollmentId)),
      ...order.grants.flatMap((grant) => moveGrant(world, grant, 'reserved', 'spent', { personId, enrollmentId }, at)),
      outboxStep(world, { type: 'seat-claimed', personId, runId, enrollmentId }),
      ...more,
    ],
    item,
  )
}
