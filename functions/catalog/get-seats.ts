import type { Seats } from '@skills/contract/catalog.ts'
import { registrationAt } from '@skills/core/catalog/run.ts'
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
  const heads = (await readItems(
    world.table,
    runs.flatMap(({ run, shards }) => shardNames(shards).map((shard) => keys.shard.key(run.id, shard))),
  )) as unknown as (SeatHead | undefined)[]
  const byRun = Map.groupBy(
    heads.filter((head) => head !== undefined),
    ({ runId }) => runId,
  )
  const seats = new Map<string, Seats | undefined>(ids.map((id) => [id, undefined]))
  for (const { run } of runs) {
    seats.set(run.id, {
      runId: run.id,
      capacity: run.capacity,
      free: freeSeats(byRun.get(run.id) ?? []),
      registration: registrationAt(run, asOf),
      asOf,
    })
  }
  return seats
}
