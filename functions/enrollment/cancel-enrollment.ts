import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Enrollment } from '@skills/contract/claim.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { doneBefore, replayOf } from '@skills/core/command.ts'
import { giveSeatBack, readEnrollment, type EnrollmentItem } from '@skills/core/enrollment/enrollment.table.ts'
import { mayCancel } from '@skills/core/enrollment/enrollment.ts'
import { emptySchedule } from '@skills/core/enrollment/schedule.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { enrollmentId: string }
}

/** Gives the caller's seat back by the run's policy. Out: the enrollment as it is then. Refuses `not-found`, `cancellation-closed`, `illegal-transition`. */
export async function cancelEnrollment(world: World, { actor, command, params }: Call): Promise<Enrollment> {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const { item, schedule, record } = await readEnrollment(world, actor.personId, params.enrollmentId, command)
    if (record !== undefined) return replayOf<Enrollment>(command, record)
    if (item === undefined) throw new Refusal('not-found')
    const { enrollment } = item as unknown as EnrollmentItem
    const run = runOf(await readItem(world.table, keys.run.key(enrollment.runId)))
    if (run === undefined) throw new Refusal('not-found')
    try {
      mayCancel(run.run, enrollment, world.now())
    } catch (refusal) {
      // The same command may have been done between the reads: then its first answer is the truth.
      const done = await doneBefore<Enrollment>(world, command)
      if (done !== undefined) return done.answer
      throw refusal
    }
    const outcome = await giveSeatBack(world, command, item, schedule ?? emptySchedule)
    if ('answer' in outcome) return outcome.answer
    // Another change of this person came between: read again and judge again.
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
