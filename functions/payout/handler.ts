import * as routes from '@skills/contract/payout.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { closePayout } from './close-payout.ts'
import { exportPayout } from './export-payout.ts'
import { getDashboard } from './get-dashboard.ts'
import { getPayout, listNextPayoutLines, listPayoutLines, listPayouts, recordPayoutPayment } from './payouts.ts'

const world = realWorld()

export const handler = api({ config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(routes.getDashboard, (call) => getDashboard(world, call)),
  on(routes.listPayouts, (call) => listPayouts(world, call)),
  on(routes.getPayout, (call) => getPayout(world, call)),
  on(routes.listNextPayoutLines, (call) => listNextPayoutLines(world, call)),
  on(routes.closePayout, (call) => closePayout(world, call)),
  on(routes.recordPayoutPayment, (call) => recordPayoutPayment(world, call)),
  on(routes.listPayoutLines, (call) => listPayoutLines(world, call)),
  on(routes.exportPayout, (call) => exportPayout(world, call)),
])
