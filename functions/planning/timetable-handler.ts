import * as routes from '@skills/contract/timetable.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { applyTimetable } from './apply-timetable.ts'
import { proposeTimetable } from './propose-timetable.ts'

const world = realWorld()

export const handler = api({ config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(routes.proposeTimetable, (call) => proposeTimetable(world, call)),
  on(routes.applyTimetable, (call) => applyTimetable(world, call)),
])
