import type { Actor, Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { doneBefore, replayOf } from '@skills/core/command.ts'
import { buyers } from '@skills/core/employer/own-group-order.ts'
import { keys } from '@skills/core/keys.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { readItems } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { oneFewerWaits } from '@skills/core/waitlist/queue-head.table.ts'
import { entrySteps, readEntry, type WaitingPointer } from '@skills/core/waitlist/waitlist.table.ts'

interface Call {
  actor: Actor
  command: Command
  params: { employerId: string; runId: string }
}
interface Left {
  left: true
}

const mostTries = 8

/** An employer waits no longer; group orders it got by then stay. Refuses `not-found` for who does not act for it, `not-waiting`. */
export async function leaveAsGroup(world: World, { actor, command, params: { employerId, runId } }: Call): Promise<Left> {
  if (!mayAct(actor, employerId, buyers)) throw new Refusal('not-found')
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const [item, record] = await readItems(world.table, [keys.groupWaitingFor.key(employerId, runId), keys.command.key(command.id)])
    if (record !== undefined) return replayOf<Left>(command, record)
    const pointer = item as unknown as WaitingPointer | undefined
    const entry = pointer === undefined ? undefined : await readEntry(world.table, runId, pointer.number)
    if (entry?.state !== 'waiting') {
      const done = await doneBefore<Left>(world, command)
      if (done !== undefined) return done.answer
      throw new Refusal('not-waiting')
    }
    const change = { action: 'leave', by: actor.personId, at: world.now(), commandId: command.id }
    const steps = [...entrySteps(entry, { ...entry, state: 'left' }, change), oneFewerWaits(runId)]
    const outcome = await transact<Left>(world, command, steps, { left: true })
    if ('answer' in outcome) return outcome.answer
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
