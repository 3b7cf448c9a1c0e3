import type { Actor, Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { doneBefore } from '@skills/core/command.ts'
import { closeMembership, readMembership } from '@skills/core/people/membership.table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { personId: string; organizationId: string }
}

/** Ends a person's appointment. `ended` is false when there was none. */
export async function endMembership(world: World, { actor, command, params }: Call): Promise<{ ended: boolean }> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const done = await doneBefore<{ ended: boolean }>(world, command)
    if (done !== undefined) return done.answer
    const outcome = await closeMembership(
      world,
      command,
      actor.personId,
      await readMembership(world, params.personId, params.organizationId),
    )
    if ('answer' in outcome) return outcome.answer
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
