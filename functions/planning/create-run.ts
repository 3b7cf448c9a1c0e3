import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Provider } from '@skills/contract/catalog.ts'
import type { RunInput } from '@skills/contract/planning.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { createRun as create, readRunsOf } from '@skills/core/catalog/run.table.ts'
import { copiesOf } from '@skills/core/catalog/write-course.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import { checkRun } from '@skills/core/planning/check-run.ts'
import { planCrew } from '@skills/core/planning/plan-crew.ts'
import { plannedRun } from '@skills/core/planning/planned-run.ts'
import { similarRuns } from '@skills/core/planning/similar.ts'
import { fittingSteps } from '@skills/core/planning/step-count.ts'
import { ownVenues } from '@skills/core/planning/venues.table.ts'
import { crewSteps } from '@skills/core/scheduling/crew.table.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { ownCourse, planners } from './own-provider.ts'

interface Call {
  actor: Actor
  command: Command
  params: { courseId: string }
  body: { code: string; run: RunInput; anyway: boolean }
}

/**
 * Plans a run of a course as a draft: the run, its seats, its rooms and devices for every meeting and its crew in one transaction, or nothing. Refuses `not-found`, `validation-failed`,
 * `room-taken` with what is free, `similar-exists`, `code-in-use`, `plan-too-large`.
 */
export async function createRun(world: World, { actor, command, params, body }: Call): Promise<{ runId: string; version: number }> {
  const { course } = await ownCourse(world, actor, params.courseId, planners)
  const made = await untilDone<RunItem>(world, command, async () => {
    const provider = (await readItem(world.table, keys.provider.key(course.providerId)))?.['provider'] as Provider
    const venues = await ownVenues(world.table, course.providerId, body.run)
    checkRun(body.run, { venues, before: [], now: world.now() })
    const { run, devices } = plannedRun(body.run, { code: body.code, course }, world.id)
    if (!body.anyway) await refuseSimilar(world, run)
    const plan = { before: undefined, run, demand: course, crew: undefined, venues, devices }
    const { after, steps } = await planCrew(world, plan)
    const crew = crewSteps(world, { before: undefined, after, action: 'plan', by: actor.personId, commandId: command.id })
    const venue = run.venueId === null ? null : (venues.get(run.venueId) ?? null)
    const by = { by: actor.personId, action: 'plan', command }
    const outcome = await create(world, run, { ...copiesOf(course, provider), venue }, provider.code, by, fittingSteps([...steps, ...crew]))
    if ('failed' in outcome && outcome.failed === 'code') throw new Refusal('code-in-use')
    return outcome
  })
  return { runId: made.run.id, version: made.version }
}

async function refuseSimilar(world: World, run: RunItem['run']): Promise<void> {
  const others = (await readRunsOf(world.table, run.courseId)).map((item) => item.run)
  const similar = similarRuns(run, others)
  if (similar.length === 0) return
  const titles = (language: 'zh' | 'en') => similar.map(({ id }) => others.find((one) => one.id === id)?.name[language] ?? '').join(', ')
  throw new Refusal('similar-exists', { titles: { zh: titles('zh'), en: titles('en') }, similar: similar.map(({ id }) => id) })
}
