import type { Run } from '@skills/contract/catalog.ts'
import { lastMeeting, registrationAt, runAt } from '../catalog/run.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { tradeOf } from '../catalog/taxonomy.ts'
import { venueIdsOf } from '../instructor/meeting-place.ts'
import { hoursInWords } from '../instructor/obstacle.ts'
import { readStanding, standingCheck } from '../provider/standing.table.ts'
import { mayOffer, obstacleWords, type OfferObstacle, type Standing } from '../provider/standing.ts'
import { crewCheck, readCrew } from '../scheduling/crew.table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { runNotReady } from './publish-planned.ts'
import type { notReady } from './ready.ts'
import { untaught } from './untaught.ts'

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
 * The venues into which a change moves a run that takes people, or will, and where the fire-safety proof is over now; where it met already before, it keeps nobody from mending the rest. In: the
 * run as it stands and as it shall be. Empty for a run that takes nobody any more: what opens it again asks anew.
 */
export function newlyUnsafe(standing: Standing | undefined, before: Run, after: Run, now: string): OfferObstacle[] {
  const takes = registrationAt(runAt(after, now), now)
  if (standing === undefined || (takes !== 'open' && takes !== 'not-open') || after.state === 'draft') return []
  const old = venueIdsOf(before)
  const venueIds = venueIdsOf(after).filter((id) => !old.includes(id))
  return mayOffer(standing, { trade: null, until: lastMeeting(after), venueIds }, now).filter(({ code }) => code === 'venue-unsafe')
}

/** The check of a change of a public run that has no crew, as it was imported: it moves into no unsafe venue, and the standing is as it was judged. Refuses `run-not-ready`. */
export async function staysSafe(world: World, before: Run, after: Run): Promise<Step[]> {
  const old = venueIdsOf(before)
  if (venueIdsOf(after).every((id) => old.includes(id))) return []
  const standing = await readStanding(world.table, after.providerId)
  const obstacles = newlyUnsafe(standing, before, after, world.now())
  if (obstacles.length > 0)
    throw runNotReady(obstacles.map((obstacle) => ({ code: obstacle.code, pointer: '#/provider', words: obstacleWords(obstacle) })))
  return standing === undefined ? [] : [standingCheck(standing)]
}

/**
 * The checks of making a run public, or opening its registration again, that ask nothing of rooms: its provider may offer it still, every meeting of the next 48 hours is taught, and both stand as they were judged. Refuses
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
  const crew = await readCrew(world.table, item.run.id)
  const { near } = untaught(item.run, crew, world.now())
  for (const { id, startsAt: from, endsAt: to } of near) {
    const when = hoursInWords({ from, to })
    const words = {
      zh: `${when} 的课不到 48 小时，还没有师资接受`,
      en: `${when}: it is less than 48 hours away and nobody who accepted teaches it`,
    }
    reasons.push({ code: 'no-instructor', pointer: `#/meetings/${item.run.meetings.findIndex((one) => one.id === id)}`, words })
  }
  if (reasons.length > 0) throw runNotReady(reasons)
  return [...(standing === undefined ? [] : [standingCheck(standing)]), ...(crew === undefined ? [] : [crewCheck(item.run.id, crew)])]
}
