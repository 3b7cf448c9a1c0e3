import { importCatalog as importRoute } from '@skills/contract/catalog.routes.ts'
import { leases } from '@skills/core/lease.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import type { KeptAnswer } from '@skills/http/wiring.ts'
import { importCatalog } from './import-catalog.ts'

const world = realWorld()

export const handler = api(
  { config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId), leases: leases<KeptAnswer>(world) },
  [on(importRoute, (call) => importCatalog(world, call))],
)
