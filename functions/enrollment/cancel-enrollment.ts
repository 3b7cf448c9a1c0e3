import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Enrollment } from '@skills/contract/claim.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { doneBefore, replayOf } from '@skills/core/command.ts'
import { groupSeatBack } from '@skills/core/employer/group-seat.ts'
import { readEnrollment } from '@skills/core/enrollment/enrollment.table.ts'
import { mayCancel } from '@skills/core/enrollment/enrollment.ts'
import { giveSeatBack } from '@skills/core/enrollment/give-seat-back.ts'
import { keys } from '@skills/core/keys.ts'
import { leftOrder } from '@skills/core/order/left-order.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { enrollmentId: string }
}

/**
 * Gives the caller's seat (or hold) back by the run's policy; what is to be paid back is written in the same transaction and sent soon after.
 * Out: the enrollment as it is then. Refuses `not-found`, `cancellation-closed`, `illegal-transition`.
 */
export async function cancelEnrollment(world: World, { actor, command, params }: Call): Promise<Enrollment> {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const { item, schedule, record } = await readEnrollment(world, actor.personId, params.enrollmentId, command)
    if (record !== undefined) return replayOf<Enrollment>(command, record)
    if (item === undefined) throw new Refusal('not-found')
    const run = runOf(await readItem(world.table, keys.run.key(item.enrollment.runId)))
    if (run === undefined) throw new Refusal('not-found')
    try {
      mayCancel(run.run, item.enrollment, world.now())
    } catch (refusal) {
      // The same command may have been done between the reads: then its first answer is the truth.
      const done = await doneBefore<Enrollment>(world, command)
      if (done !== undefined) return done.answer
      throw refusal
    }
    const order = item.order === null ? null : leftOrder(world, item.order, run.run)
    // A seat that an employer paid for goes back to the employer's order.
    const group = await groupSeatBack(world, item, run, { to: 'declined', by: actor.personId })
    const freed = group?.freed === undefined ? {} : { freed: group.freed }
    const leaving = { before: item, schedule, run, to: 'cancelled', by: actor.personId, order, ...freed } as const
    const outcome = await giveSeatBack(world, command, leaving, group?.steps)
    if ('answer' in outcome) return outcome.answer
    // Another change of this person or of the queue came between: read again and judge again.
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
