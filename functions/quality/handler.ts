import * as routes from '@skills/contract/quality.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { openVault } from '@skills/core/people/personal-data.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { listMyComplaints, raiseComplaint, sayOfComplaint } from './complain.ts'
import { answerComplaint, decideComplaint, listComplaints, listOpenComplaints, showComplainant } from './complaint-cases.ts'
import { excuseRun } from './excuse-run.ts'
import { appealSanction, getQuality, hearSanction, listSanctions, listSanctionsOf } from './own-sanctions.ts'
import { confirmSanction, decideAppeal, listSanctionCases, proposeSanction, withdrawSanction } from './sanction-cases.ts'

const world = realWorld()
const vault = openVault({ dataKey: process.env['DATA_KEY'] ?? '', macKey: process.env['MAC_KEY'] ?? '' })

export const handler = api({ config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(routes.raiseComplaint, (call) => raiseComplaint(world, call)),
  on(routes.listMyComplaints, (call) => listMyComplaints(world, call)),
  on(routes.sayOfComplaint, (call) => sayOfComplaint(world, call)),
  on(routes.listComplaints, (call) => listComplaints(world, call)),
  on(routes.answerComplaint, (call) => answerComplaint(world, call)),
  on(routes.showComplainant, (call) => showComplainant(world, vault, call)),
  on(routes.listOpenComplaints, (call) => listOpenComplaints(world, call)),
  on(routes.decideComplaint, (call) => decideComplaint(world, call)),
  on(routes.getQuality, (call) => getQuality(world, call)),
  on(routes.listSanctions, () => listSanctions(world)),
  on(routes.listSanctionsOf, (call) => listSanctionsOf(world, call)),
  on(routes.listSanctionCases, (call) => listSanctionCases(world, call)),
  on(routes.proposeSanction, (call) => proposeSanction(world, call)),
  on(routes.hearSanction, (call) => hearSanction(world, call)),
  on(routes.confirmSanction, (call) => confirmSanction(world, call)),
  on(routes.withdrawSanction, (call) => withdrawSanction(world, call)),
  on(routes.appealSanction, (call) => appealSanction(world, call)),
  on(routes.decideAppeal, (call) => decideAppeal(world, call)),
  on(routes.excuseRun, (call) => excuseRun(world, call)),
])
