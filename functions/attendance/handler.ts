import * as routes from '@skills/contract/attendance.routes.ts'
import { leases } from '@skills/core/lease.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import type { KeptAnswer } from '@skills/http/wiring.ts'
import { askCheckIn, checkIn } from './check-in.ts'
import { askOverride, decideOverride } from './correct-attendance.ts'
import { sendLateCodes } from './late-codes.ts'
import { listAttendance } from './meeting-roster.ts'
import { listMyAttendance } from './my-attendance.ts'
import { registerDevice } from './my-device.ts'
import { sendScans } from './send-scans.ts'
import { getCode, openAttendance, openCheck } from './take-attendance.ts'
import { vouch } from './vouch.ts'

const world = realWorld()
const config = readConfig()
const taking = { world, secretKey: config.cursorSecret }

export const handler = api(
  { config, now: world.now, membershipsOf: (personId) => membershipsOf(world, personId), leases: leases<KeptAnswer>(world) },
  [
    on(routes.listMyAttendance, (call) => listMyAttendance(taking, call)),
    on(routes.registerDevice, (call) => registerDevice(world, call)),
    on(routes.askCheckIn, (call) => askCheckIn(taking, call)),
    on(routes.checkIn, (call) => checkIn(taking, call)),
    on(routes.sendLateCodes, (call) => sendLateCodes(taking, call)),
    on(routes.openAttendance, (call) => openAttendance(taking, call)),
    on(routes.getCode, (call) => getCode(taking, call)),
    on(routes.openCheck, (call) => openCheck(taking, call)),
    on(routes.listAttendance, (call) => listAttendance(taking, call)),
    on(routes.sendScans, (call) => sendScans(taking, call)),
    on(routes.vouch, (call) => vouch(taking, call)),
    on(routes.askOverride, (call) => askOverride(taking, call)),
    on(routes.decideOverride, (call) => decideOverride(taking, call)),
  ],
)
