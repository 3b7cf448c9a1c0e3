import type { Actor, Command } from '@skills/contract/actor.ts'
import { mostMeetings, type RunInput } from '@skills/contract/planning.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { changeRun } from '@skills/core/catalog/run.table.ts'
import { freeSeats } from '@skills/core/enrollment/seats.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { checkRun } from '@skills/core/planning/check-run.ts'
import { staysSafe } from '@skills/core/planning/may-open.ts'
import { planCrew } from '@skills/core/planning/plan-crew.ts'
import { plannedRun } from '@skills/core/planning/planned-run.ts'
import { stillReady } from '@skills/core/planning/still-ready.ts'
import { fittingSteps } from '@skills/core/planning/step-count.ts'
import { ownVenues } from '@skills/core/planning/venues.table.ts'
import { crewSteps, readCrew } from '@skills/core/scheduling/crew.table.ts'
import type { Outcome } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { ownRun, planners } from './own-provider.ts'

interface Call {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { version: number; run: RunInput }
}
interface Saved {
  runId: string
  version: number
}

/**
 * Changes the plan of a run at the version its planner saw. Rooms, devices and instructors' hours move in the same transaction; who has a seat and who teaches is told. Refuses
 * `not-found`, `version-conflict`, `illegal-transition` for a run that is over, `validation-failed`, `room-taken`, `instructor-cannot-move`, `capacity-too-small`, `plan-too-large`, and `run-not-ready`
 * where a public run would lack what publishing asks.
 */
export async function saveRunPlan(world: World, { actor, command, params, body }: Call): Promise<Saved> {
  return untilDone(world, command, async () => {
    const before = await ownRun(world, actor, params.runId, planners)
    if (before.version !== body.version) throw new Refusal('version-conflict')
    return writePlan(world, command, before, body.run, { by: actor.personId, action: 'plan' })
  })
}

/** Writes a changed plan of a run as it was read; for changes that a person makes and those that are made for her. Fails by name as `changeRun`, `crew`, `week …`. */
export async function writePlan(
  world: World,
  command: Command,
  before: RunItem,
  input: RunInput,
  { by, action, keepPolicy = false }: { by: string; action: string; keepPolicy?: boolean },
): Promise<Outcome<Saved>> {
  const { state } = before.run
  if (state === 'completed' || state === 'cancelled') throw new Refusal('illegal-transition', { current: state, allowed: [] })
  if (before.run.meetings.length > mostMeetings) throw new Refusal('plan-too-large', { most: mostMeetings })
  const [venues, crew] = await Promise.all([ownVenues(world.table, before.run.providerId, input), readCrew(world.table, before.run.id)])
  const decided = typeof before.run.tentative?.confirmedAt === 'string'
  checkRun(input, { venues, before: before.run.meetings, decided, offered: state !== 'draft', now: world.now() })
  const planned = plannedRun(input, { before: before.run }, world.id)
  const { refundPolicy: named, ...rest } = planned.run
  const policy = keepPolicy ? before.run.refundPolicy : named
  const run = { ...rest, ...(policy === undefined ? {} : { refundPolicy: policy }) }
  // A run that was imported and is public has no crew; only its times and words change here.
  const imported = crew === undefined && state !== 'draft'
  const { devices } = planned
  const hours = imported ? undefined : await planCrew(world, { before: before.run, run, demand: before, crew, venues, devices })
  const crewChange = hours === undefined ? [] : crewSteps(world, { before: crew, after: hours.after, action, by, commandId: command.id })
  const venue = run.venueId === null ? null : (venues.get(run.venueId) ?? before.venue)
  const { title, providerName, conditions, family, trade, level } = before
  const copies = { title, providerName, conditions, family, trade, level, venue }
  const ready =
    state === 'draft'
      ? []
      : crew === undefined || hours === undefined
        ? await staysSafe(world, before.run, run)
        : await stillReady(world, { item: before, crew }, { item: { ...before, run }, crew: { ...crew, ...hours.after } })
  const more = fittingSteps([...(hours?.steps ?? []), ...crewChange, ...ready])
  const outcome = await changeRun(world, { before, run, copies, command, by, action, more }, { runId: run.id, version: before.version + 1 })
  if ('failed' in outcome && outcome.failed === 'capacity') {
    const heads = await readHeads(world.table, run.id, before.shards)
    const taken = heads.reduce((sum, head) => sum + head.capacity, 0) - freeSeats(heads)
    if (taken > run.capacity) throw new Refusal('capacity-too-small', { taken })
  }
  return outcome
}
