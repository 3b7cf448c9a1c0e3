import * as routes from '@skills/contract/providers.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { listMyApplications, openApplication, saveApplication, submitApplication } from './apply.ts'
import { decideApplication, getApplication, listApplications } from './review.ts'
import { announceRule, listRules } from './rules.ts'
import { acceptRule, getStanding, stepStanding } from './standings.ts'

const world = realWorld()

export const handler = api({ config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(routes.listRules, () => listRules(world)),
  on(routes.announceRule, (call) => announceRule(world, call)),
  on(routes.openApplication, (call) => openApplication(world, call)),
  on(routes.listMyApplications, (call) => listMyApplications(world, call)),
  on(routes.saveApplication, (call) => saveApplication(world, call)),
  on(routes.submitApplication, (call) => submitApplication(world, call)),
  on(routes.listApplications, (call) => listApplications(world, call)),
  on(routes.getApplication, (call) => getApplication(world, call)),
  on(routes.decideApplication, (call) => decideApplication(world, call)),
  on(routes.getStanding, (call) => getStanding(world, call)),
  on(routes.stepStanding, (call) => stepStanding(world, call)),
  on(routes.acceptRule, (call) => acceptRule(world, call)),
])
