import type { Actor, Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { doneBefore, replayOf } from '@skills/core/command.ts'
import { keys } from '@skills/core/keys.ts'
import { readItems } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { endOffer } from '@skills/core/waitlist/end-offer.ts'
import { oneFewerWaits, readQueueHead } from '@skills/core/waitlist/queue-head.table.ts'
import { entrySteps, readEntry, type WaitingPointer } from '@skills/core/waitlist/waitlist.table.ts'
import { isLive } from './place.ts'

interface Call {
  actor: Actor
  command: Command
  params: { runId: string }
}
interface Left {
  entry: null
  waiting: number
}

const mostTries = 8

/**
 * Leaves the queue, or declines what it offered: then the seat is the next one's in the same transaction. Out: how many wait then, about. Refuses `not-waiting`,
 * also where the offer has ended.
 */
export async function leaveWaitlist(world: World, { actor, command, params: { runId } }: Call): Promise<Left> {
  const { personId } = actor
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const [item, record] = await readItems(world.table, [keys.waitingFor.key(personId, runId), keys.command.key(command.id)])
    if (record !== undefined) return replayOf<Left>(command, record)
    const pointer = item as unknown as WaitingPointer | undefined
    const entry = pointer === undefined ? undefined : await readEntry(world.table, runId, pointer.number)
    if (entry === undefined || !isLive(entry, world.now())) {
      const done = await doneBefore<Left>(world, command)
      if (done !== undefined) return done.answer
      throw new Refusal('not-waiting')
    }
    const { waiting } = await readQueueHead(world.table, runId)
    const left: Left = { entry: null, waiting: Math.max(0, waiting - 1) }
    if (entry.state === 'offered') {
      if (await endOffer(world, { runId, number: entry.number, to: 'declined', by: personId }, command, left)) return left
      continue
    }
    const change = { action: 'leave', by: personId, at: world.now(), commandId: command.id }
    const outcome = await transact(world, command, [...entrySteps(entry, { ...entry, state: 'left' }, change), oneFewerWaits(runId)], left)
    if ('answer' in outcome) return outcome.answer
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
