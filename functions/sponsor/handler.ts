import * as routes from '@skills/contract/sponsors.routes.ts'
import * as vouchers from '@skills/contract/vouchers.routes.ts'
import { leases } from '@skills/core/lease.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import type { KeptAnswer } from '@skills/http/wiring.ts'
import { allocate } from './allocate.ts'
import { createProgram } from './create-program.ts'
import { decideReview, listReviews } from './decide-review.ts'
import { exportGrants } from './export-grants.ts'
import { issueVoucher } from './issue-voucher.ts'
import { listAllocations, listVouchers } from './list-allocations.ts'
import { listGrants } from './list-grants.ts'
import { listMoney } from './list-money.ts'
import { getProgram, listPrograms } from './list-programs.ts'
import { listSponsors } from './list-sponsors.ts'
import { moveMoney } from './move-money.ts'
import { saveProgram } from './save-program.ts'
import { saveSponsor } from './save-sponsor.ts'
import { stepAllocation } from './step-allocation.ts'
import { stepProgram } from './step-program.ts'
import { stepVoucher } from './step-voucher.ts'

const world = realWorld()
const config = readConfig()
const wiring = {
  config,
  now: world.now,
  membershipsOf: (personId: string) => membershipsOf(world, personId),
  leases: leases<KeptAnswer>(world),
}

export const handler = api(wiring, [
  on(routes.listSponsors, (call) => listSponsors(world, call)),
  on(routes.saveSponsor, (call) => saveSponsor(world, call)),
  on(routes.listPrograms, (call) => listPrograms(world, call)),
  on(routes.createProgram, (call) => createProgram(world, call)),
  on(routes.getProgram, (call) => getProgram(world, call)),
  on(routes.saveProgram, (call) => saveProgram(world, call)),
  on(routes.stepProgram, (call) => stepProgram(world, call)),
  on(routes.moveMoney, (call) => moveMoney(world, call)),
  on(routes.listMoney, (call) => listMoney(world, call)),
  on(routes.listAllocations, (call) => listAllocations(world, call)),
  on(routes.allocate, (call) => allocate(world, call)),
  on(routes.stepAllocation, (call) => stepAllocation(world, call)),
  on(vouchers.listVouchers, (call) => listVouchers(world, call)),
  on(vouchers.issueVoucher, (call) => issueVoucher(world, config.cursorSecret, call)),
  on(vouchers.stepVoucher, (call) => stepVoucher(world, call)),
  on(routes.listGrants, (call) => listGrants(world, call)),
  on(routes.exportGrants, (call) => exportGrants(world, call)),
  on(routes.listReviews, (call) => listReviews(world, call)),
  on(routes.decideReview, (call) => decideReview(world, call)),
])
