import { lastMeeting } from '../catalog/run.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { tradeOf } from '../catalog/taxonomy.ts'
import { venueIdsOf } from '../instructor/meeting-place.ts'
import { readStanding, standingCheck } from '../provider/standing.table.ts'
import { mayOffer, obstacleWords, type OfferObstacle, type Standing } from '../provider/standing.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { runNotReady } from './publish-planned.ts'
import type { notReady } from './ready.ts'

export type Opening = Pick<RunItem, 'run' | 'trade'>

/** What keeps the provider of a run from taking people for it; where it never was approved (its catalog was imported) nothing does. */
export function offerObstacles(standing: Standing | undefined, { run, trade }: Opening, now: string): OfferObstacle[] {
  return standing === undefined ? [] : mayOffer(standing, { trade, until: lastMeeting(run), venueIds: venueIdsOf(run) }, now)
}

/** The same with the standing as it is now. */
export async function openObstacles(world: World, item: Opening): Promise<{ standing: Standing | undefined; obstacles: OfferObstacle[] }> {
  const standing = await readStanding(world.table, item.run.providerId)
  return { standing, obstacles: offerObstacles(standing, item, world.now()) }
}

/**
 * The checks of making a run public, or opening its registration again, that ask nothing of rooms and instructors: its provider may offer it still, and stands as it was judged. Refuses
 * `run-not-ready` with what stands in the way.
 */
export async function mayOpen(world: World, item: Opening): Promise<Step[]> {
  const { standing, obstacles } = await openObstacles(world, item)
  const name = item.trade === null ? undefined : tradeOf(item.trade)?.name
  const reasons: ReturnType<typeof notReady> = obstacles.map((obstacle) => ({
    code: obstacle.code,
    pointer: '#/provider',
    words: obstacleWords(obstacle, name),
  }))
  if (reasons.length > 0) throw runNotReady(reasons)
  return standing === undefined ? [] : [standingCheck(standing)]
}
