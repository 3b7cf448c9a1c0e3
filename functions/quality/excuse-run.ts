import type { Actor, Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { auditStep } from '@skills/core/audit.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import { plainWords } from '@skills/core/quality/plain-words.ts'
import { readItem } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { mustBeImpartial } from './concerned.ts'

interface Excuse {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { reason: string; document: string | null }
}

/**
 * An operator records, once, that a run was cancelled for a force majeure (Civil Code art. 180): it does not count in the provider's cancellation rate. Refuses `not-found`,
 * `another-operator-needed`, `illegal-transition` for a run that is not cancelled or was excused before, `validation-failed`.
 */
export async function excuseRun(world: World, { actor, command, params: { runId }, body: sent }: Excuse): Promise<{ runId: string }> {
  const body = plainWords(sent, 'reason', 'document')
  return untilDone(world, command, async () => {
    const [run, before] = await Promise.all([readRun(world.table, runId), readItem(world.table, keys.excuse.key(runId))])
    if (run === undefined) throw new Refusal('not-found')
    mustBeImpartial(actor, run.run.providerId)
    if (run.run.state !== 'cancelled' || before !== undefined)
      throw new Refusal('illegal-transition', { current: run.run.state, allowed: [] })
    const entity = `${runId}/EXCUSE`
    const at = world.now()
    const audit = auditStep({ entity, action: 'excuse', by: actor.personId, at, commandId: command.id }, undefined)
    const item = { ...keys.excuse.key(runId), runId, entity, ...body, by: actor.personId, at, ...audit.history }
    return transact(world, command, [{ name: 'excuse', put: { item, condition: 'attribute_not_exists(pk)' } }, audit.step], { runId })
  })
}
