import { importCatalog as importRoute } from '@skills/contract/catalog.routes.ts'
import { leases } from '@skills/core/lease.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import type { KeptAnswer } from '@skills/http/wiring.ts'

const world = realWorld()

export const handler = api(
  { config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId), leases: leases<KeptAnswer>(world) },
  // Loaded with the first import: columns and taxonomy are what this function is made of, and who may not import needs none of it.
  [on(importRoute, async (call) => (await import('./import-catalog.ts')).importCatalog(world, call))],
)
