import type { Course, Seats } from '@skills/contract/catalog.ts'
import { offerRegistrationAt } from '@skills/core/catalog/offer.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { freeSeats, shardNames, type SeatHead } from '@skills/core/enrollment/seats.ts'
import { keys } from '@skills/core/keys.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

/** For how many milliseconds a function instance answers from memory: no longer than the answer may be kept by the edge. */
const lives = 1_000

interface Seen {
  seats: Seats | undefined
  until: number
}

/**
 * Seats left. In: run ids. Out: one entry for each run that is there and no draft, in the order asked; at most a second old, as `asOf` says.
 * Advises only: the claim's transaction decides.
 */
export function seatsStory(world: World) {
  const memory = new Map<string, Seen>()
  return async ({ query }: { query: { runs: string[] } }): Promise<{ seats: Seats[] }> => {
    const ids = [...new Set(query.runs)]
    const tick = world.tick()
    const stale = ids.filter((id) => (memory.get(id)?.until ?? 0) <= tick)
    const read = await readSeats(world, stale)
    if (memory.size > 5_000) memory.clear()
    for (const id of stale) memory.set(id, { seats: read.get(id), until: tick + lives })
    const seats = ids.map((id) => (read.has(id) ? read.get(id) : memory.get(id)?.seats))
    return { seats: seats.filter((one) => one !== undefined) }
  }
}

async function readSeats(world: World, ids: readonly string[]): Promise<Map<string, Seats | undefined>> {
  const asOf = world.now()
  const items = await readItems(
    world.table,
    ids.map((id) => keys.run.key(id)),
  )
  const runs = items
    .map(runOf)
    .filter((item) => item !== undefined)
    .filter(({ run }) => run.state !== 'draft')
  const courseIds = [...new Set(runs.map(({ run }) => run.courseId))]
  // One request for both: what the claim asks of the course must not cost another round.
  const read = await readItems(world.table, [
    ...courseIds.map((id) => keys.course.key(id)),
    ...runs.flatMap(({ run, shards }) => shardNames(shards).map((shard) => keys.shard.key(run.id, shard))),
  ])
  const courses = new Map(courseIds.map((id, place) => [id, read[place]?.['course'] as Course | undefined]))
  const byRun = Map.groupBy(
    (read.slice(courseIds.length) as unknown as (SeatHead | undefined)[]).filter((head) => head !== undefined),
    ({ runId }) => runId,
  )
  const seats = new Map<string, Seats | undefined>(ids.map((id) => [id, undefined]))
  for (const { run } of runs) {
    const courseState = courses.get(run.courseId)?.state
    // As for the claim: no course, or one that is a draft, and there is no such run.
    if (courseState === undefined || courseState === 'draft') continue
    seats.set(run.id, {
      runId: run.id,
      capacity: run.capacity,
      free: freeSeats(byRun.get(run.id) ?? []),
      registration: offerRegistrationAt({ run, courseState }, asOf),
      asOf,
    })
  }
  return seats
}
