import type { Actor, Command } from '@skills/contract/actor.ts'
import type { PayoutStatement } from '@skills/contract/payout.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { lastMeeting } from '@skills/core/catalog/run.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { closeStatement, nextPayout, payoutDigest } from '@skills/core/payout/payout.table.ts'
import type { World } from '@skills/core/world.ts'
import { closers, ownRun } from './own-run.ts'

interface Call {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { differenceFen: number; digest: string }
}

/**
 * Closes the next statement of a run as it stands now; later refunds and evidence go into the one after. Refuses `not-found`, `payout-too-early` before the last meeting is over,
 * `payout-unchanged`, `payout-changed` where it would say another sum or other lines than were shown.
 */
export async function closePayout(world: World, { actor, command, params, body }: Call): Promise<PayoutStatement> {
  return untilDone(world, command, async () => {
    const item = await ownRun(world, actor, params.runId, closers)
    const next = await nextPayout(world, item)
    if (next.given === 'to-come') throw new Refusal('payout-too-early', { from: lastMeeting(item.run) })
    if (next.lines.length === 0) throw new Refusal('payout-unchanged')
    const same = next.statement.differenceFen === body.differenceFen && payoutDigest(next.statement, next.lines) === body.digest
    if (!same) throw new Refusal('payout-changed')
    return closeStatement(world, command, next, actor.personId)
  })
}
