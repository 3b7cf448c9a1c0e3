import type { ProviderRecord } from '@skills/contract/snapshot.ts'
import { readQuality } from '../quality/quality.table.ts'
import type { World } from '../world.ts'

/** How long what was read of a provider is good for the catalog, in milliseconds: each claim publishes, and records change over weeks. */
const goodMs = 60_000

/** What is published of providers, as one process knows it; those that it has not read within a minute are read again. Providers of whom nothing is known are left out. */
export function providerRecords(world: World) {
  const seen = new Map<string, { record: ProviderRecord | undefined; until: number }>()
  return async (providerIds: readonly string[]): Promise<ReadonlyMap<string, ProviderRecord>> => {
    const asked = providerIds.filter((id) => (seen.get(id)?.until ?? 0) <= world.tick())
    const read = await readRecords(world, asked)
    for (const id of asked) seen.set(id, { record: read.get(id), until: world.tick() + goodMs })
    return new Map(providerIds.flatMap((id) => (seen.get(id)?.record === undefined ? [] : [[id, seen.get(id)?.record as ProviderRecord]])))
  }
}

/** Counts of the quality figures that the daily job left. */
async function readRecords(world: World, providerIds: readonly string[]): Promise<Map<string, ProviderRecord>> {
  const figures = await readQuality(world.table, providerIds)
  return new Map(
    [...figures].map(([id, { counts }]) => {
      const { runs, cancelled, attended, upheld } = counts
      return [id, { runs, cancelled, attended, upheld, warnings: 0, restrictions: 0 }]
    }),
  )
}
