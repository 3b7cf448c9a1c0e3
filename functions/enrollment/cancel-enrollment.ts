import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Run } from '@skills/contract/catalog.ts'
import type { Enrollment } from '@skills/contract/claim.routes.ts'
import { yuan } from '@skills/contract/money.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { doneBefore, replayOf } from '@skills/core/command.ts'
import { groupSeatBack } from '@skills/core/employer/group-seat.ts'
import { readEnrollment } from '@skills/core/enrollment/enrollment.table.ts'
import { mayCancel } from '@skills/core/enrollment/enrollment.ts'
import type { EnrollmentItem } from '@skills/core/enrollment/enrollment-item.ts'
import { giveSeatBack } from '@skills/core/enrollment/give-seat-back.ts'
import { keys } from '@skills/core/keys.ts'
import { leftOrder } from '@skills/core/order/left-order.ts'
import type { OrderItem } from '@skills/core/order/order.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { enrollmentId: string }
  /** What a preview said that comes back to the caller, in fen; left out: whatever it is now. */
  body?: { learnerFen?: number | undefined }
}

/**
 * Gives the caller's seat (or hold) back by the run's policy; what is to be paid back is written in the same transaction and sent soon after.
 * Out: the enrollment as it is then. Refuses `not-found`, `cancellation-closed`, `illegal-transition`, and `refund-changed` when less
 * would come back than the caller was shown.
 */
export async function cancelEnrollment(world: World, { actor, command, params, body }: Call): Promise<Enrollment> {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const { item, schedule, record } = await readEnrollment(world, actor.personId, params.enrollmentId, command)
    if (record !== undefined) return replayOf<Enrollment>(command, record)
    if (item === undefined) throw new Refusal('not-found')
    const run = runOf(await readItem(world.table, keys.run.key(item.enrollment.runId)))
    if (run === undefined) throw new Refusal('not-found')
    let order: OrderItem | null
    try {
      mayCancel(run.run, item, world.now())
      order = leaving(world, item, run.run, body?.learnerFen)
    } catch (refusal) {
      // The same command may have been done between the reads: then its first answer is the truth.
      const done = await doneBefore<Enrollment>(world, command)
      if (done !== undefined) return done.answer
      throw refusal
    }
    // A seat that an employer paid for goes back to the employer's order.
    const group = await groupSeatBack(world, item, run, { to: 'declined', by: actor.personId })
    const freed = group?.freed === undefined ? {} : { freed: group.freed }
    const change = { before: item, schedule, run, to: 'cancelled', by: actor.personId, order, ...freed } as const
    const outcome = await giveSeatBack(world, command, change, group?.steps)
    if ('answer' in outcome) return outcome.answer
    // Another change of this person or of the queue came between: read again and judge again.
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

/** The order as leaving now makes it. In: the fen that were shown to come back, if any were. Refuses `refund-changed`. */
function leaving(world: World, { order, times }: EnrollmentItem, run: Run, shownFen = 0): OrderItem | null {
  const left = order === null ? null : leftOrder(world, { order, times }, run)
  const owed = left?.refunds.slice(order?.refunds.length ?? 0) ?? []
  const nowFen = owed.reduce((sum, { amountFen }) => sum + amountFen, 0)
  if (nowFen < shownFen) throw new Refusal('refund-changed', { shownFen, nowFen, shown: yuan(shownFen), now: yuan(nowFen) })
  return left
}
