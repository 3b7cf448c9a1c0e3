import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Run } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { changeRun } from '@skills/core/catalog/run.table.ts'
import { firstMeeting } from '@skills/core/catalog/run.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { runCheck } from '@skills/core/instructor/plan-requests.ts'
import { freeCrew } from '@skills/core/planning/free-crew.ts'
import type { World } from '@skills/core/world.ts'
import { ownRun, planners } from './own-provider.ts'

interface Call {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { version: number; into: string }
}

/** People need a day to answer an offer. */
const leastMinutes = 24 * 60
const live = ['published', 'registration-open', 'registration-closed']

/**
 * Merges a run into another of the same course: it is cancelled with where it went, and the job that settles it pays everybody back in full and puts each into the other run's queue. Nobody is moved
 * without her own claim. Refuses `not-found`, `version-conflict`, `cannot-merge` with the reason.
 */
export async function mergeRun(world: World, { actor, command, params, body }: Call): Promise<{ runId: string; into: string }> {
  const done = await untilDone(world, command, async () => {
    const before = await ownRun(world, actor, params.runId, planners)
    if (before.version !== body.version) throw new Refusal('version-conflict')
    const other = await ownRun(world, actor, body.into, planners)
    const why = obstacle(before.run, other.run, world.now())
    if (why !== undefined) throw new Refusal('cannot-merge', { why })
    const run: Run = { ...before.run, state: 'cancelled', mergedInto: body.into }
    const more = [{ ...runCheck(other), name: 'other' }]
    const change = { before, run, command, more, by: actor.personId, action: `merge into ${body.into}` }
    return changeRun(world, change, { runId: run.id, into: body.into })
  })
  await freeCrew(world, done.runId, actor.personId).catch(() => 0)
  return done
}

function obstacle(run: Run, into: Run, now: string): Text | undefined {
  const say = (zh: string, en: string): Text => ({ zh, en })
  if (run.id === into.id || run.courseId !== into.courseId)
    return say('只能并入同一课程的另一期', 'only another run of the same course can take it in')
  if (!live.includes(run.state) || firstMeeting(run) <= now)
    return say('这一期还没有发布，或已经开课、取消', 'the run is a draft, has begun or is over')
  if (into.state !== 'published' && into.state !== 'registration-open')
    return say('另一期没有在报名', 'the other run takes no registrations')
  if (into.closesAt < plusMinutes(now, leastMinutes))
    return say('另一期报名不到一天就截止，学员来不及答复', 'registration for the other run ends within a day, too soon for an answer')
  if (into.priceFen > run.priceFen) return say('另一期更贵，请先改价', 'the other run costs more; change its price first')
  return undefined
}
