import {
  cancelEnrollment as cancelRoute,
  checkClaim as checkRoute,
  closeCalendar as closeRoute,
  getCalendar as calendarRoute,
  getEnrollmentCalendar as enrollmentCalendarRoute,
  getMyEnrollment as getRoute,
  listMyEnrollments as listRoute,
  openCalendar as openRoute,
} from '@skills/contract/enrollment.routes.ts'
import { previewRefund as previewRoute, recordForceMajeure as majeureRoute } from '@skills/contract/orders.routes.ts'
import { askReview as reviewRoute, getPrice as priceRoute, quotePrice as quoteRoute } from '@skills/contract/price.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { askReview } from './ask-review.ts'
import { closeCalendar, getCalendar, getEnrollmentCalendar, openCalendar } from './calendars.ts'
import { cancelEnrollment } from './cancel-enrollment.ts'
import { checkClaim } from './check-claim.ts'
import { getPrice } from './get-price.ts'
import { getMyEnrollment } from './get-my-enrollment.ts'
import { paysBack } from './pays-back.ts'
import { previewRefund } from './preview-refund.ts'
import { listMyEnrollments } from './list-my-enrollments.ts'

const world = realWorld()
const config = readConfig()
const calendars = { publicUrl: config.publicUrl, secretKey: config.cursorSecret }

export const handler = api({ config, now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(checkRoute, (call) => checkClaim(world, call)),
  on(priceRoute, (call) => getPrice(world, config.cursorSecret, call)),
  on(quoteRoute, (call) => getPrice(world, config.cursorSecret, { ...call, voucher: call.body.voucher })),
  on(reviewRoute, (call) => askReview(world, call)),
  on(previewRoute, (call) => previewRefund(world, call)),
  // Loaded with its first call: it is rare.
  on(majeureRoute, async (call) => (await import('./record-force-majeure.ts')).recordForceMajeure(world, call)),
  on(listRoute, (call) => listMyEnrollments(world, call)),
  on(getRoute, (call) => getMyEnrollment(world, call)),
  on(
    cancelRoute,
    (call) => cancelEnrollment(world, call),
    (call) => paysBack(world, call),
  ),
  on(enrollmentCalendarRoute, (call) => getEnrollmentCalendar(world, calendars, call)),
  on(openRoute, (call) => openCalendar(world, calendars, call)),
  on(closeRoute, (call) => closeCalendar(world, call)),
  on(calendarRoute, (call) => getCalendar(world, calendars, call)),
])
