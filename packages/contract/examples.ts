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
  sponsorId: `spo_${ulid}`,
  programId: `prg_${ulid}`,
  reviewId: `rev_${ulid}`,
  voucherId: `vch_${ulid}`,
  groupOrderId: `gro_${ulid}`,
  invitationId: `inv_${ulid}`,
  invoiceId: `ivc_${ulid}`,
  providerId: `prv_${ulid}`,
  run: `run_${ulid}`,
  purpose: 'identity',
  secret: `${'Qm9va2luZ0hhc05vUGFzc3dvcmQ'.padEnd(43, 'A')}.ics`,
  runs: `run_${ulid},run_${ulid.replace(/A$/, 'B')}`,
  limit: '20',
  write: 'yes',
  until: '2028-12-31',
  from: '2',
  format: 'csv',
  part: 'style',
}

/** What a union decides of a program, as the examples below send it. */
const programTerms = {
  name: { zh: '电工持证上岗补贴', en: 'Electricians to their licence' },
  scheme: 'electricians',
  period: { from: '2026-01-01', until: '2099-12-31' },
  funding: { kind: 'percentage', percent: 70, capFen: 100_000 },
  ruleSets: [
    {
      version: '2026-1',
      from: '2026-01-01',
      until: null,
      source: { title: '职工技能提升补贴办法', document: '示范〔2026〕1号' },
      rules: [{ kind: 'union-member' }],
    },
  ],
  stacking: { kind: 'exclusive' },
}

/** Whom an invoice of a firm is for; the check character of its code is right. */
const invoiceTitle = { kind: 'firm', title: '海口示范用工有限公司', taxNumber: '91350100M000100Y43', email: null }

/** A body that each route with a JSON body accepts. The contract tests send them too. */
export const bodyExamples: Partial<Record<RouteName, unknown>> = {
  stepRun: { to: 'published' },
  stepCourse: { to: 'published' },
  claimSeat: { healthCommitment: true },
  cancelEnrollment: { learnerFen: 0 },
  recordForceMajeure: { evidence: '台风红色预警，学员所在区停运三天', document: '琼应急〔2026〕31号' },
  quotePrice: { voucher: 'HNTU-2026-AUTUMN' },
  openCheckout: { language: 'zh' },
  askReview: { programId: `prg_${ulid}`, statement: '我刚换了单位，会籍还没有转过来。' },
  saveSponsor: { name: { zh: '海口市总工会', en: 'Haikou Trade Union' }, level: 'city', parentId: null, region: '460100' },
  createProgram: programTerms,
  saveProgram: { terms: programTerms, version: 1 },
  stepProgram: { to: 'active' },
  moveMoney: { kind: 'top-up', fen: 100_000, reference: '拨款通知 2026-18' },
  allocate: { runId: `run_${ulid}`, seats: 20, fen: 1_000_000 },
  stepAllocation: { to: 'open' },
  stepVoucher: { to: 'open' },
  issueVoucher: { kind: 'face-value', faceFen: 100, uses: 1, budgetFen: 100, directedTo: null, until: '2098-12-31T00:00:00.000Z' },
  decideReview: { to: 'granted', reason: '情况属实' },
  saveInvoiceTitle: invoiceTitle,
  createGroupOrder: { runId: `run_${ulid}`, seats: 12, payBy: 'transfer', invoiceTitle },
  cancelGroupOrder: {},
  openGroupCheckout: { language: 'zh' },
  recordTransfer: { fen: 120_000, evidence: '工行 20261121-0007' },
  invite: { name: '王小明', mobileOrId: '19900001234', label: 'A-07' },
  answerInvitation: { accept: true },
  recordInvoice: { number: '25462000000012345678' },
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
