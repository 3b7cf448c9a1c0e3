import * as routes from '@skills/contract/learners.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { openVault } from '@skills/core/people/personal-data.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { exportRoster } from './export-roster.ts'
import { listRoster } from './list-roster.ts'
import { revealLearner } from './reveal-learner.ts'

const world = realWorld()
const vault = openVault({ dataKey: process.env['DATA_KEY'] ?? '', macKey: process.env['MAC_KEY'] ?? '' })

export const handler = api({ config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(routes.listRoster, (call) => listRoster(world, call)),
  on(routes.exportRoster, (call) => exportRoster(world, call)),
  on(routes.revealLearner, (call) => revealLearner(world, vault, call)),
])
