import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Meeting } from '@skills/contract/catalog.ts'
import type { RunInput } from '@skills/contract/planning.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { policyName } from '@skills/core/planning/named-policies.ts'
import { postponed } from '@skills/core/planning/postponed.ts'
import { resourceParts } from '@skills/core/planning/room-bookings.ts'
import { seatsOf } from '@skills/core/planning/run-line.ts'
import type { Crew } from '@skills/core/scheduling/crew.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import type { World } from '@skills/core/world.ts'
import { ownRun, planners } from './own-provider.ts'
import { writePlan } from './save-run-plan.ts'

interface Preview {
  actor: Actor
  params: { runId: string }
  query: { days: number }
}

/** Where every meeting would go, with how many people hold a seat; nothing is written. Refuses `not-found`, `illegal-transition`. */
export async function previewPostponement(
  world: World,
  { actor, params, query }: Preview,
): Promise<{
  version: number
  closesAt: string
  meetings: (Pick<Meeting, 'id' | 'startsAt' | 'endsAt'> & { before: string })[]
  enrolled: number
}> {
  const item = await ownRun(world, actor, params.runId, planners)
  const after = moving(item, query.days, world.now())
  const { sold, held } = seatsOf(await readHeads(world.table, item.run.id, item.shards))
  const before = new Map(item.run.meetings.map(({ id, startsAt }) => [id, startsAt]))
  const meetings = after.meetings.map(({ id, startsAt, endsAt }) => ({ id, startsAt, endsAt, before: before.get(id) ?? startsAt }))
  return { version: item.version, closesAt: after.closesAt, meetings, enrolled: sold + held }
}

interface Call {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { version: number; days: number }
}

/**
 * Moves every meeting that has not begun by so many days, holidays respected, with its rooms and instructors in the same transaction; who has a seat is told and may leave for all of her money.
 * Refuses `not-found`, `version-conflict`, `illegal-transition`, `room-taken`, `instructor-cannot-move`, `plan-too-large`.
 */
export async function postponeRun(world: World, { actor, command, params, body }: Call): Promise<{ runId: string; version: number }> {
  return untilDone(world, command, async () => {
    const before = await ownRun(world, actor, params.runId, planners)
    if (before.version !== body.version) throw new Refusal('version-conflict')
    const input = inputOf(moving(before, body.days, world.now()), await readCrew(world.table, before.run.id))
    return writePlan(world, command, before, input, { by: actor.personId, action: `postpone ${body.days}`, keepPolicy: true })
  })
}

function moving({ run }: RunItem, days: number, now: string): RunItem['run'] {
  const { state } = run
  if (state === 'completed' || state === 'cancelled') throw new Refusal('illegal-transition', { current: state, allowed: [] })
  return postponed(run, days, now)
}

/** The plan that a run stands for, with the devices that its crew holds. What was agreed to on purpose before (a holiday) is so again. */
function inputOf(run: RunItem['run'], crew: Pick<Crew, 'rooms'> | undefined): RunInput {
  const { name, opensAt, closesAt, capacity, priceFen, cancelUntilMinutes, region, venueId, tentative } = run
  const devicesOf = (id: string) =>
    (crew?.rooms ?? [])
      .filter(({ meetingId }) => meetingId === id)
      .map(({ resource }) => resourceParts(resource))
      .flatMap(({ kind, name: device }) => (kind === 'device' ? [device] : []))
  return {
    ...{ name, opensAt, closesAt, capacity, priceFen, cancelUntilMinutes, region, venueId },
    policy: policyName(run.refundPolicy) ?? 'standard',
    tentative: tentative === undefined ? null : { minimum: tentative.minimum, decideAt: tentative.decideAt },
    onHolidays: false,
    meetings: run.meetings.map((meeting) => ({ ...meeting, devices: devicesOf(meeting.id) })),
  }
}
