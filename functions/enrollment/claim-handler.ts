import { claimSeat as claimRoute } from '@skills/contract/claim.routes.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { claimSeat } from './claim-seat.ts'

const world = realWorld()
const config = readConfig()
const memory = seatMemory(world)

export const handler = api({ config, now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(claimRoute, (call) => claimSeat({ world, memory, quoteSecret: config.cursorSecret }, call)),
])
