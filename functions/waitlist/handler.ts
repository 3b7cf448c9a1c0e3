import {
  changeCapacity as capacityRoute,
  getMyPlace as placeRoute,
  joinWaitlist as joinRoute,
  leaveWaitlist as leaveRoute,
  listMyWaiting as listRoute,
} from '@skills/contract/waitlist.routes.ts'
import {
  joinAsGroup as joinGroupRoute,
  leaveAsGroup as leaveGroupRoute,
  listGroupWaiting as listGroupRoute,
} from '@skills/contract/group-waitlist.routes.ts'
import { leases } from '@skills/core/lease.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import type { KeptAnswer } from '@skills/http/wiring.ts'
import { changeCapacity } from './change-capacity.ts'
import { getMyPlace } from './get-my-place.ts'
import { joinAsGroup } from './join-as-group.ts'
import { joinWaitlist } from './join-waitlist.ts'
import { leaveAsGroup } from './leave-as-group.ts'
import { leaveWaitlist } from './leave-waitlist.ts'
import { listGroupWaiting } from './list-group-waiting.ts'
import { listMyWaiting } from './list-my-waiting.ts'

const world = realWorld()

export const handler = api(
  {
    config: readConfig(),
    now: world.now,
    membershipsOf: (personId) => membershipsOf(world, personId),
    leases: leases<KeptAnswer>(world),
  },
  [
    on(placeRoute, (call) => getMyPlace(world, call)),
    on(joinRoute, (call) => joinWaitlist(world, call)),
    on(leaveRoute, (call) => leaveWaitlist(world, call)),
    on(listRoute, (call) => listMyWaiting(world, call)),
    on(joinGroupRoute, (call) => joinAsGroup(world, call)),
    on(leaveGroupRoute, (call) => leaveAsGroup(world, call)),
    on(listGroupRoute, (call) => listGroupWaiting(world, call)),
    on(capacityRoute, (call) => changeCapacity(world, call)),
  ],
)
