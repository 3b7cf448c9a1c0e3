import type { Actor } from '@skills/contract/actor.ts'
import type { RunPlan } from '@skills/contract/planning.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { policyName } from '@skills/core/planning/named-policies.ts'
import { withRooms } from '@skills/core/planning/publish-planned.ts'
import { readPublishing } from '@skills/core/planning/read-publishing.ts'
import { notReady } from '@skills/core/planning/ready.ts'
import { seatsOf } from '@skills/core/planning/run-line.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import type { World } from '@skills/core/world.ts'
import { ownRun } from './own-provider.ts'

/** The plan of a run with its rooms and, while it is a draft, all that it lacks to be published. Refuses `not-found`. */
export async function getRunPlan(world: World, { actor, params }: { actor: Actor; params: { runId: string } }): Promise<RunPlan> {
  const item = await ownRun(world, actor, params.runId)
  const { run, version, title } = item
  const [crew, heads] = await Promise.all([readCrew(world.table, run.id), readHeads(world.table, run.id, item.shards)])
  const reasons = crew === undefined || run.state !== 'draft' ? [] : notReady(await readPublishing(world, item, crew), world.now())
  return {
    run: { ...run, meetings: withRooms(run.meetings, crew) },
    version,
    courseTitle: title,
    planned: crew !== undefined,
    policy: policyName(run.refundPolicy),
    seats: seatsOf(heads),
    rooms: (crew?.rooms ?? []).map(({ meetingId, resource }) => ({ meetingId, resource })),
    reasons,
  }
}
