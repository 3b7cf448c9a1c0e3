/** Every route of the house, spelled here and nowhere else. What a route takes and answers is declared in `*.routes.ts`. */
export const paths = {
  getOpenApi: 'GET /openapi.json',
  getDocs: 'GET /docs',

  getSeats: 'GET /seats',
  listRoster: 'GET /runs/{runId}/roster',
  stepRun: 'POST /runs/{runId}/steps',
  stepCourse: 'POST /courses/{courseId}/steps',
  importCatalog: 'POST /catalog/imports',
  getImportTemplate: 'GET /catalog/imports/template',

  claimSeat: 'POST /runs/{runId}/enrollments',
  checkClaim: 'GET /runs/{runId}/claim',
  listMyEnrollments: 'GET /me/enrollments',
  getMyEnrollment: 'GET /me/enrollments/{enrollmentId}',
  cancelEnrollment: 'POST /me/enrollments/{enrollmentId}/cancellation',
  getEnrollmentCalendar: 'GET /me/enrollments/{enrollmentId}/calendar.ics',
  openCalendar: 'POST /me/calendar',
  closeCalendar: 'DELETE /me/calendar',
  getCalendar: 'GET /calendars/{secret}',

  getMe: 'GET /me',
  getProfile: 'GET /me/profile',
  saveProfile: 'PUT /me/profile',
  exportMe: 'GET /me/export',
  listConsents: 'GET /me/consents',
  saveConsent: 'PUT /me/consents/{purpose}',
  listNotices: 'GET /me/notices',
  saveMembership: 'PUT /people/{personId}/memberships/{organizationId}',
  endMembership: 'DELETE /people/{personId}/memberships/{organizationId}',
} as const
export type RouteName = keyof typeof paths
