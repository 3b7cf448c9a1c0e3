import type { RouteName } from './paths.ts'

/** A ULID of 2026-11-21, for examples. */
const ulid = '01KAJ3V0M0AAAAAAAAAAAAAAAA'

/** An example for each path and query parameter. */
export const parameterExamples: Record<string, string> = {
  runId: `run_${ulid}`,
  courseId: `crs_${ulid}`,
  enrollmentId: `enr_${ulid}`,
  orderId: `ord_${ulid}`,
  personId: `per_${ulid.replace('01', '50')}`,
  organizationId: `prv_${ulid}`,
  employerId: `emp_${ulid}`,
  purpose: 'identity',
  secret: `${'Qm9va2luZ0hhc05vUGFzc3dvcmQ'.padEnd(43, 'A')}.ics`,
  runs: `run_${ulid},run_${ulid.replace(/A$/, 'B')}`,
  limit: '20',
  write: 'yes',
  part: 'style',
}

/** A body that each route with a JSON body accepts. The contract tests send them too. */
export const bodyExamples: Partial<Record<RouteName, unknown>> = {
  stepRun: { to: 'published' },
  stepCourse: { to: 'published' },
  claimSeat: { healthCommitment: true },
  cancelEnrollment: {},
  quotePrice: { voucher: 'HNTU-2026-AUTUMN' },
  openCheckout: { language: 'zh' },
  openCalendar: {},
  joinWaitlist: {},
  changeCapacity: { capacity: 60 },
  joinAsGroup: { runId: `run_${ulid}`, seats: 5, policy: 'together', payBy: 'transfer', invoiceTitle: null },
  saveProfile: {
    realName: '王小明',
    region: '460100',
    employmentKind: 'employee',
    education: 'senior-middle',
    certificates: [{ trade: 'low-voltage-electrician', level: null }],
  },
  saveConsent: { given: true, noticeVersion: '2026-11-01' },
  saveMembership: { organizationName: { zh: '海口技能学校', en: 'Haikou Skills School' }, roles: ['provider:manager'] },
}
