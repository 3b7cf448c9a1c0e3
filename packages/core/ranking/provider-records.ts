import type { ProviderRecord } from '@skills/contract/snapshot.ts'
import { readQuality } from '../quality/quality.table.ts'
import { liveSanctions } from '../quality/sanction.table.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { World } from '../world.ts'

/** How long what was read of a provider is good for the catalog, in milliseconds: each claim publishes, and records change over weeks. */
const goodMs = 60_000

/** What is published of providers, as one process knows it; those that it has not read within a minute are read again. Providers of whom nothing is known are left out. */
export function providerRecords(world: World) {
  const seen = new Map<string, { record: ProviderRecord | undefined; until: number }>()
  return {
    async read(providerIds: readonly string[]): Promise<ReadonlyMap<string, ProviderRecord>> {
      const asked = providerIds.filter((id) => (seen.get(id)?.until ?? 0) <= world.tick())
      const found = await readRecords(world, asked)
      for (const id of asked) seen.set(id, { record: found.get(id), until: world.tick() + goodMs })
      return new Map(
        providerIds.flatMap((id) => {
          const record = seen.get(id)?.record
          return record === undefined ? [] : [[id, record]]
        }),
      )
    },
    /** The next look is at the table. */
    forget: () => seen.clear(),
  }
}

/** Counts of the quality figures that the daily job left, and sanctions that hold now: warnings of the last year, and all that is more. */
async function readRecords(world: World, providerIds: readonly string[]): Promise<Map<string, ProviderRecord>> {
  if (providerIds.length === 0) return new Map()
  const [figures, live] = await Promise.all([readQuality(world.table, providerIds), liveSanctions(world.table)])
  const now = world.now()
  const holding = live
    .map(({ sanction }) => sanction)
    .filter(({ state, endsAt }) => state === 'in-force' && (endsAt === null || endsAt > now))
  return new Map(
    providerIds.flatMap((id): [string, ProviderRecord][] => {
      const hers = holding.filter(({ providerId }) => providerId === id)
      const counts = figures.get(id)?.counts
      if (counts === undefined && hers.length === 0) return []
      const { runs, cancelled, attended, upheld } = counts ?? nothing
      const warned = hers.filter(({ grade }) => grade === 'warning')
      // A warning has no end of its own; here it counts for a year, as everything else of the record does.
      const warnings = warned.filter(({ from }) => from !== null && from > plusMinutes(now, -yearMinutes)).length
      return [[id, { runs, cancelled, attended, upheld, warnings, restrictions: hers.length - warned.length }]]
    }),
  )
}

const yearMinutes = 365 * 24 * 60
const nothing = { runs: 0, cancelled: 0, attended: 0, upheld: 0 }
