import { invite as inviteRoute, nominate as nominateRoute } from '@skills/contract/employers.routes.ts'
import { importRoster as importRoute } from '@skills/contract/rosters.routes.ts'
import { leases } from '@skills/core/lease.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { openVault } from '@skills/core/people/personal-data.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import type { KeptAnswer } from '@skills/http/wiring.ts'
import { importRoster } from './import-roster.ts'
import { invite } from './invite.ts'
import { nominate } from './nominate.ts'

const world = realWorld()
const vault = openVault({ dataKey: process.env['DATA_KEY'] ?? '', macKey: process.env['MAC_KEY'] ?? '' })

export const handler = api(
  { config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId), leases: leases<KeptAnswer>(world) },
  [
    on(importRoute, (call) => importRoster(world, vault, call)),
    on(nominateRoute, (call) => nominate(world, vault, call)),
    on(inviteRoute, (call) => invite(world, vault, call)),
  ],
)
