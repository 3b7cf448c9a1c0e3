import { changeRun, readRun } from '../catalog/run.table.ts'
import { registrationAt, runAt, stepRun } from '../catalog/run.ts'
import { untilDone } from '../funding/until-done.ts'
import { runCheck } from '../instructor/plan-requests.ts'
import { outboxStep } from '../outbox.ts'
import { managersOf } from '../people/members.table.ts'
import { nextLapse } from '../scheduling/crew.ts'
import { crewSteps, lookNext, readCrew } from '../scheduling/crew.table.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { untaught } from './untaught.ts'

const by = 'system:sweep-crews'

/**
 * Looks whether a public run has a meeting within 48 hours that nobody teaches: its registration is closed, nobody loses a seat, and its learners and managers are told once of each such
 * meeting, all in one transaction that asks that the crew is as it was read; an acceptance at the same moment comes before or after it. May be called at any time. Out: whether it told anybody.
 */
export async function lookForTeachers(world: World, runId: string): Promise<boolean> {
  return untilDone<boolean>(world, undefined, async () => {
    const [crew, before] = await Promise.all([readCrew(world.table, runId), readRun(world.table, runId)])
    if (crew === undefined || before === undefined) return { answer: false, replayed: false }
    const now = world.now()
    const run = runAt(before.run, now)
    const { near, next } = untaught(run, crew, now)
    const fresh = near.filter(({ id }) => crew.untaught?.includes(id) !== true)
    const shuts = near.length > 0 && registrationAt(run, now) === 'open'
    if (fresh.length === 0 && !(shuts && run.state === 'registration-open')) {
      const opens = near.length > 0 && run.state === 'published' ? run.opensAt : undefined
      await lookNext(world, crew, [nextLapse(crew), next, opens].filter((at) => at !== undefined).sort()[0])
      return { answer: false, replayed: false }
    }
    const from = fresh.map(({ startsAt }) => startsAt).sort()[0]
    const managers = from === undefined ? [] : await managersOf(world.table, run.providerId)
    const tells =
      from === undefined
        ? []
        : [
            outboxStep(world, { type: 'instructor-sought', runId, from }),
            ...managers.map((personId) => outboxStep(world, { type: 'instructor-missing', personId, runId, from })),
          ]
    const after = { ...crew, untaught: near.map(({ id }) => id) }
    const more = [...crewSteps(world, { before: crew, after, action: 'untaught', by }), ...tells]
    if (!shuts) return transact(world, undefined, [runCheck(before), ...more], true)
    const closed = stepRun(run, 'registration-closed', now)
    return changeRun(world, { before, run: closed, by, action: 'close: nobody teaches', more }, true)
  })
}
