import * as catalog from './catalog.routes.ts'
import * as claim from './claim.routes.ts'
import * as docs from './docs.routes.ts'
import * as enrollment from './enrollment.routes.ts'
import * as people from './people.routes.ts'
import type { RouteName } from './paths.ts'

/** Every route by name. A name in `paths` without a declaration does not compile. */
export const routes = {
  getOpenApi: docs.getOpenApi,
  getDocs: docs.getDocs,
  getSeats: catalog.getSeats,
  listRoster: catalog.listRoster,
  stepRun: catalog.stepRun,
  stepCourse: catalog.stepCourse,
  importCatalog: catalog.importCatalog,
  getImportTemplate: catalog.getImportTemplate,
  claimSeat: claim.claimSeat,
  checkClaim: enrollment.checkClaim,
  listMyEnrollments: enrollment.listMyEnrollments,
  getMyEnrollment: enrollment.getMyEnrollment,
  cancelEnrollment: enrollment.cancelEnrollment,
  getEnrollmentCalendar: enrollment.getEnrollmentCalendar,
  openCalendar: enrollment.openCalendar,
  closeCalendar: enrollment.closeCalendar,
  getCalendar: enrollment.getCalendar,
  getMe: people.getMe,
  getProfile: people.getProfile,
  saveProfile: people.saveProfile,
  exportMe: people.exportMe,
  listConsents: people.listConsents,
  saveConsent: people.saveConsent,
  listNotices: people.listNotices,
  saveMembership: people.saveMembership,
  endMembership: people.endMembership,
} as const satisfies Record<RouteName, unknown>
export type Routes = typeof routes
