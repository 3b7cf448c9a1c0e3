import type { Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { doneBefore } from '../command.ts'
import type { Outcome } from '../transact.ts'
import type { World } from '../world.ts'

const mostTries = 12

/**
 * Tries a change until nobody else's came between reading and writing; a repeated command gets its first answer. `attempt` reads, judges and writes anew each
 * time. Refuses what `attempt` refuses, and `busy`.
 */
export async function untilDone<T>(world: World, command: Command | undefined, attempt: () => Promise<Outcome<T>>): Promise<T> {
  for (let tried = 0; tried < mostTries; tried += 1) {
    const done = await before<T>(world, command)
    if (done !== undefined) return done.answer
    const outcome = await attempt().catch(async (error: unknown) => {
      // The same command may have been done between its record's read and the attempt's: then its first answer is the truth.
      const answered = error instanceof Refusal ? await before<T>(world, command) : undefined
      if (answered === undefined) throw error
      return { ...answered, replayed: true }
    })
    if ('answer' in outcome) return outcome.answer
    await world.pause(1 + world.chance(20 * (tried + 1)))
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

async function before<T>(world: World, command: Command | undefined): Promise<{ answer: T } | undefined> {
  return command === undefined ? undefined : doneBefore<T>(world, command)
}
