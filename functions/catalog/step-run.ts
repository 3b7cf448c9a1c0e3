import type { Actor, Command } from '@skills/contract/actor.ts'
import type { RunState } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { freeCrew } from '@skills/core/planning/free-crew.ts'
import { mayOpen } from '@skills/core/planning/may-open.ts'
import { publishPlanned } from '@skills/core/planning/publish-planned.ts'
import { refuseSimilarOffer } from '@skills/core/planning/similar-offers.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { stepRun as stepped } from '@skills/core/catalog/run.ts'
import { doneBefore } from '@skills/core/command.ts'
import { freeToPublish } from '@skills/core/quality/free-to-publish.ts'
import type { World } from '@skills/core/world.ts'
import { mayAct } from '@skills/core/people/may-act.ts'

interface Call {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { to: RunState; anyway?: boolean | undefined }
}
type StepAnswer = { runId: string; state: RunState }

/** Others (a sweep, another manager) may change the run between read and write: then it is judged anew, so often. */
const mostTries = 5
const opens: readonly RunState[] = ['published', 'registration-open']

/**
 * Moves a run to another state, for managers of its own provider and operators; for everybody else there is no such run. A cancelled run
 * keeps its enrollments; the outbox tells those who are in it. A planned run is published only with rooms, instructors and an approved provider, in the same
 * transaction; registration is opened again, and an imported run published, only by a provider that may offer it still. Refuses `not-found`, `illegal-transition`, `run-not-ready`, `similar-exists` for a second shelf of the same offer, and `provider-sanctioned` for publishing or opening while a sanction
 * keeps the provider from it.
 */
export async function stepRun(world: World, { actor, command, params, body }: Call): Promise<StepAnswer> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const before = await readRun(world.table, params.runId)
    if (before === undefined || !mayAct(actor, before.run.providerId, ['provider:manager'])) throw new Refusal('not-found')
    const done = await doneBefore<StepAnswer>(world, command)
    if (done !== undefined) return done.answer
    const to = stepped(before.run, body.to, world.now())
    const free = opens.includes(body.to) ? await freeToPublish(world, before.run.providerId) : []
    if (body.to === 'published' && body.anyway !== true) await refuseSimilarOffer(world, to)
    const crew = body.to === 'published' ? await readCrew(world.table, params.runId) : undefined
    const { run, more } =
      crew !== undefined
        ? await publishPlanned(world, before, crew, to)
        : { run: to, more: opens.includes(body.to) ? await mayOpen(world, before) : [] }
    const change = { before, run, command, more: [...more, ...free], by: actor.personId, action: `step to ${run.state}` }
    const outcome = await changeRun<StepAnswer>(world, change, { runId: run.id, state: run.state })
    if ('failed' in outcome) continue
    // At once where it can be; the job that settles the run does what is left.
    if (run.state === 'cancelled') await freeCrew(world, run.id, actor.personId).catch(() => 0)
    return outcome.answer
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
