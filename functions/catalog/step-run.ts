import type { Actor, Command } from '@skills/contract/actor.ts'
import type { RunState } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { stepRun as stepped } from '@skills/core/catalog/run.ts'
import { doneBefore } from '@skills/core/command.ts'
import type { World } from '@skills/core/world.ts'
import { mayAct } from '@skills/core/people/may-act.ts'

interface Call {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { to: RunState }
}
type StepAnswer = { runId: string; state: RunState }

/** Others (a sweep, another manager) may change the run between read and write: then it is judged anew, so often. */
const mostTries = 5

/**
 * Moves a run to another state, for managers of its own provider and operators; for everybody else there is no such run. A cancelled run
 * keeps its enrollments; the outbox tells those who are in it.
 */
export async function stepRun(world: World, { actor, command, params, body }: Call): Promise<StepAnswer> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const before = await readRun(world.table, params.runId)
    if (before === undefined || !mayAct(actor, before.run.providerId, ['provider:manager'])) throw new Refusal('not-found')
    const done = await doneBefore<StepAnswer>(world, command)
    if (done !== undefined) return done.answer
    const run = stepped(before.run, body.to, world.now())
    const change = { before, run, command, by: actor.personId, action: `step to ${run.state}` }
    const outcome = await changeRun<StepAnswer>(world, change, { runId: run.id, state: run.state })
    if ('answer' in outcome) return outcome.answer
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
