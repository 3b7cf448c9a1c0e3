import type { Actor, Command } from '@skills/contract/actor.ts'
import type { GroupOrder } from '@skills/contract/employers.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { firstMeeting } from '@skills/core/catalog/run.ts'
import { doneBefore } from '@skills/core/command.ts'
import { endGroupOrder, releaseSeats } from '@skills/core/employer/end-group-order.ts'
import { groupOrderView } from '@skills/core/employer/group-order.ts'
import { buyers, ownGroupOrder } from '@skills/core/employer/own-group-order.ts'
import { movedSince, movedUntil } from '@skills/core/enrollment/moved-run.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { groupOrderId: string }
}

/**
 * Cancels a group order: seats that nobody took go back, with what its refund policy gives for them; who accepted keeps the seat. Out: the order as it is then; a
 * repeated command gets it as it is now. Refuses `not-found`, `illegal-transition`, `cancellation-closed` once the run has begun (later where its provider moved it).
 */
export async function cancelGroupOrder(world: World, { actor, command, params }: Call): Promise<GroupOrder> {
  const { groupOrderId } = params
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const before = await ownGroupOrder(world, actor, groupOrderId, buyers)
    const done = await doneBefore<unknown>(world, command)
    if (done !== undefined) {
      // Whoever did it first may have died before the seats went back.
      await releaseSeats(world, groupOrderId)
      return groupOrderView(await ownGroupOrder(world, actor, groupOrderId, buyers))
    }
    if (before.state !== 'awaiting-payment' && before.state !== 'paid')
      throw new Refusal('illegal-transition', { current: before.state, allowed: [] })
    const run = runOf(await readItem(world.table, keys.run.key(before.runId)))
    if (run === undefined) throw new Refusal('not-found')
    const { times } = before
    const moved = times !== undefined && movedSince(run.run, { times })
    const until = moved ? movedUntil(run.run, { times }) : firstMeeting(run.run)
    if (before.state === 'paid' && run.run.state !== 'cancelled' && world.now() >= until)
      throw new Refusal('cancellation-closed', { until })
    const outcome = await endGroupOrder(world, command, { before, run, to: 'cancelled', by: actor.personId })
    if (!('answer' in outcome)) continue
    // What does not get done here is due, and done by the next sweep.
    await releaseSeats(world, groupOrderId)
    return groupOrderView(await ownGroupOrder(world, actor, groupOrderId, buyers))
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
