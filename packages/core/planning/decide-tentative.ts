import type { Run } from '@skills/contract/catalog.ts'
import { changeRun, readRun } from '../catalog/run.table.ts'
import { readHeads } from '../enrollment/seats.table.ts'
import { conductCheck, readConduct } from '../quality/conduct.table.ts'
import { barsAt } from '../quality/conduct.ts'
import { standingCheck } from '../provider/standing.table.ts'
import { crewCheck, readCrew } from '../scheduling/crew.table.ts'
import type { World } from '../world.ts'
import { openObstacles } from './may-open.ts'
import { seatsOf } from './run-line.ts'
import { decide, isUndecided } from './tentative.ts'
import { untaught } from './untaught.ts'

const mostTries = 8

/**
 * Decides a run that needs a minimum, if it can be decided now. Registration is shut before it is found too small, so that nobody claims a seat between the count and the cancellation; a run that
 * is enough after all is opened again. Cancelling is the run's own change: everybody is told and paid back by the job that settles it. Out: what it came to.
 */
export async function decideTentative(world: World, runId: string, by: string): Promise<'confirmed' | 'cancelled' | 'waiting'> {
  for (let tried = 0; tried < mostTries; tried += 1) {
    const before = await readRun(world.table, runId)
    if (before === undefined || !isUndecided(before.run)) return 'waiting'
    const now = world.now()
    const word = decide(before.run, seatsOf(await readHeads(world.table, runId, before.shards)), now)
    if (word === 'wait') return 'waiting'
    const run = decided(before.run, word, now)
    const opens = run.state === 'registration-open' && before.run.state === 'registration-closed'
    const conduct = opens ? await readConduct(world.table, run.providerId) : undefined
    const { standing, obstacles } = opens ? await openObstacles(world, before) : { standing: undefined, obstacles: [] }
    const crew = opens ? await readCrew(world.table, runId) : undefined
    const alone = untaught(run, crew, now).near
    // A sanction, a suspension, a licence that is over or a meeting that nobody teaches keeps registration shut; the run takes place all the same.
    const shut = barsAt(conduct, now).length + obstacles.length + alone.length > 0
    const change = { before, run: shut ? { ...run, state: before.run.state } : run, by, action: `tentative: ${word}` }
    const outcome = await changeRun(
      world,
      {
        ...change,
        more: opens
          ? [
              conductCheck(run.providerId, conduct),
              ...(standing === undefined ? [] : [standingCheck(standing)]),
              ...(crew === undefined ? [] : [crewCheck(runId, crew)]),
            ]
          : [],
      },
      null,
    )
    if ('answer' in outcome && word !== 'shut') return word === 'confirm' ? 'confirmed' : 'cancelled'
  }
  return 'waiting'
}

function decided(run: Run, word: 'confirm' | 'shut' | 'cancel', now: string): Run {
  if (word === 'cancel') return { ...run, state: 'cancelled' }
  if (word === 'shut') return { ...run, state: 'registration-closed' }
  const tentative = run.tentative === undefined ? undefined : { ...run.tentative, confirmedAt: now }
  // Shut for the count, it opens again while its window lasts.
  const reopens = run.state === 'registration-closed' && run.opensAt <= now && now < run.closesAt
  const state = reopens && run.tentative !== undefined && run.tentative.decideAt <= now ? 'registration-open' : run.state
  return { ...run, state, ...(tentative === undefined ? {} : { tentative }) }
}
