import { bodyExamples, parameterExamples } from '@skills/contract/examples.ts'
import { platformId } from '@skills/contract/ids.ts'
import type { RouteName } from '@skills/contract/paths.ts'
import type { Route } from '@skills/contract/route.ts'
import { routes } from '@skills/contract/routes.ts'
import { consentNotices } from '@skills/core/people/consent.ts'
import { beforeAll, expect, test } from 'vitest'
import { all, expectProblem, send, useStack, type Given } from './requests.ts'
import { buildScene, callers, sheet, type Caller, type Person, type Scene } from './scene.ts'

const relations = ['own', 'other', 'unknown'] as const
type Relation = (typeof relations)[number]

/** What a caller whom the declaration lets in meets, by relation: a status, or a status by role. Left out: the route has no such relation. */
interface Cell {
  expected: Partial<Record<Relation, number | Partial<Record<Caller, number>>>>
  ask: (relation: Relation, person: Person, scene: Scene) => Given
}

const json = (value: unknown) => JSON.stringify(value)
let documents = 0
const nobody = parameterExamples['personId'] ?? ''
const run = (relation: Relation, _: Person, { own, others }: Scene): Given => ({
  params: relation === 'unknown' ? {} : { runId: relation === 'own' ? own.runId : others.runId },
})
const course = (relation: Relation, _: Person, { own, others }: Scene): Given => ({
  params: relation === 'unknown' ? {} : { courseId: relation === 'own' ? own.courseId : others.courseId },
})
const enrollment = (relation: Relation, person: Person, { stranger }: Scene): Given => ({
  params: relation === 'unknown' ? {} : { enrollmentId: relation === 'own' ? person.keeps : stranger.keeps },
})
const order = (relation: Relation, person: Person, { stranger }: Scene): Given => ({
  params: relation === 'unknown' ? {} : { orderId: relation === 'own' ? person.orderId : stranger.orderId },
})
const teaching = (relation: Relation, _: Person, { teacher }: Scene): Given => ({ params: relation === 'unknown' ? {} : { ...teacher } })
const meeting = (relation: Relation, person: Person, scene: Scene): Given => ({
  params: { ...run(relation, person, scene).params, meetingId: scene.meetings[relation === 'other' ? 'others' : 'own'] },
})
/** Who takes attendance: the provider's people, and operators; a run without a crew also its provider's instructors. */
const ofTakers = (status: number): Cell['expected'] => ({
  own: {
    person: 404,
    'provider:manager': status,
    'provider:registrar': status,
    'provider:instructor': status,
    'platform:operator': status,
    'sponsor:manager': 404,
    'sponsor:reviewer': 404,
    'employer:manager': 404,
    'employer:nominator': 404,
  },
  other: {
    person: 404,
    'provider:manager': 404,
    'provider:registrar': 404,
    'provider:instructor': 404,
    'platform:operator': status,
    'sponsor:manager': 404,
    'sponsor:reviewer': 404,
    'employer:manager': 404,
    'employer:nominator': 404,
  },
  unknown: 404,
})
/** Another learner's question: hers to read and the provider's to answer; operators see what is reported, elsewhere. */
const thread = (relation: Relation, _: Person, { threadId }: Scene): Given => ({ params: relation === 'unknown' ? {} : { threadId } })
const ofAnswerers = (status: number): Cell['expected'] => ({
  own: {
    person: 404,
    'provider:manager': status,
    'provider:registrar': status,
    'provider:instructor': status,
    'platform:operator': 404,
    'sponsor:manager': 404,
    'sponsor:reviewer': 404,
    'employer:manager': 404,
    'employer:nominator': 404,
  },
})
const calendar = (relation: Relation, _: Person, { calendarSecret }: Scene): Given =>
  relation === 'unknown' ? {} : { params: { secret: calendarSecret } }
const to =
  (state: string, ask: Cell['ask']): Cell['ask'] =>
  (...scene) => ({ ...ask(...scene), body: json({ to: state }) })
const membership = (relation: Relation, person: Person, { stranger }: Scene): Given => ({
  params: {
    personId: relation === 'own' ? person.personId : relation === 'other' ? stranger.personId : nobody,
    organizationId: 'spo_01KAJ3V0M0AAAAAAAAAAAAAAAB',
  },
  body: json({ organizationName: { zh: '工会', en: 'Union' }, roles: ['sponsor:reviewer'] }),
})
/** A union that nobody here manages: whoever is no operator hears that it is not there. */
const ofOperators = { 'platform:operator': 200, 'provider:manager': 404, 'sponsor:manager': 404, 'employer:manager': 404 }
const plain = (status: number, given: Given = {}): Cell => ({ expected: { own: status }, ask: () => given })

/** Whoever acts for a provider sees its own; whoever acts for the platform sees all. Somebody else's is as good as unknown. */
const ofProvider = (status: number): Cell['expected'] => ({
  own: status,
  other: { 'provider:manager': 404, 'provider:registrar': 404, 'provider:instructor': 404, 'platform:operator': status },
  unknown: 404,
})

/** The same for an employer, of which managers alone buy. */
const employer = (relation: Relation) => ({ params: { employerId: `emp_01KAJ3V0M0AAAAAAAAAAAAAAA${relation === 'own' ? 'A' : 'B'}` } })
const ofEmployer = (status: number): Cell['expected'] => ({ own: status, other: { 'employer:manager': 404, 'platform:operator': status } })

/** Whoever acts for an employer sees its group orders. */
let transfers = 0
const group = (relation: Relation, _: Person, { groups }: Scene): Given => ({
  params: relation === 'unknown' ? {} : { ...groups[relation === 'own' ? 'own' : 'others'] },
})
const ofGroup = (status: number): Cell['expected'] => ({
  own: status,
  other: { 'employer:manager': 404, 'employer:nominator': 404, 'platform:operator': status },
  unknown: 404,
})
let plansMade = 0
/** An instant so many days and hours from now: nobody plans decades ahead. */
const inDays = (days: number, hours = 0) => new Date(Date.now() + (days * 24 + hours) * 3_600_000).toISOString()
/** A provider whose things are planned; the id of the example is nobody's. */
const ofThisProvider = (relation: Relation, _: Person, { providers }: Scene): Given => ({
  params: relation === 'unknown' ? {} : { providerId: providers[relation === 'own' ? 'own' : 'others'] },
})
const invoices = (relation: Relation, _: Person, { providers, invoiceId }: Scene): Given => ({
  params: { providerId: providers[relation === 'own' ? 'own' : 'others'], invoiceId },
})

/** The same for a union; what is below it or beside it is somebody else's. Who may only look is kept out of the rest by the declaration. */
const ofSponsor = (status: number): Cell['expected'] => ({
  own: status,
  other: { 'sponsor:manager': 404, 'sponsor:reviewer': 404, 'platform:operator': status },
  unknown: 404,
})
const union =
  (body?: unknown): Cell['ask'] =>
  (relation, _, { unions, paidRunId }) => ({
    params:
      relation === 'unknown'
        ? { sponsorId: 'spo_01KAJ3V0M0AAAAAAAAAAAAAAAC' }
        : { ...unions[relation === 'own' ? 'own' : 'others'], runId: paidRunId },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : json(body) }),
  })

/** One line per route; a route without one does not compile. A step back to `draft` is never possible, so that nothing moves. */
const matrix: Record<RouteName, Cell> = {
  getOpenApi: plain(200),
  getDocs: plain(200),
  getSeats: {
    expected: { own: 200, other: 200, unknown: 200 },
    ask: (...scene) => ({ query: `runs=${run(...scene).params?.['runId'] ?? parameterExamples['runId']}` }),
  },
  listRoster: { expected: ofProvider(200), ask: run },
  // Nobody there has said that a provider may have her number.
  revealLearner: { expected: { other: 404, unknown: 404 }, ask: run },
  exportRoster: {
    expected: { own: 200, other: { 'provider:manager': 404, 'provider:registrar': 404, 'platform:operator': 200 }, unknown: 404 },
    ask: run,
  },
  stepRun: { expected: ofProvider(409), ask: to('draft', run) },
  stepCourse: { expected: ofProvider(409), ask: to('draft', course) },
  importCatalog: plain(200, { body: sheet }),
  getImportTemplate: plain(200),
  claimSeat: { expected: { own: 409, unknown: 404 }, ask: run },
  checkClaim: { expected: { own: 200, other: 200, unknown: 404 }, ask: run },
  listMyEnrollments: plain(200),
  getMyEnrollment: { expected: { own: 200, other: 404, unknown: 404 }, ask: enrollment },
  cancelEnrollment: {
    expected: { own: 200, other: 404, unknown: 404 },
    ask: (relation, person, scene) =>
      relation === 'own' ? { params: { enrollmentId: person.leaves } } : enrollment(relation, person, scene),
  },
  previewRefund: { expected: { own: 200, other: 404, unknown: 404 }, ask: enrollment },
  recordForceMajeure: {
    // Nobody for herself; the operator's own call says what would go back, and writes nothing.
    expected: { own: 403, other: 200, unknown: 404 },
    ask: (relation, person, { stranger }) => ({
      params:
        relation === 'unknown'
          ? { personId: stranger.personId, enrollmentId: parameterExamples['enrollmentId'] ?? '' }
          : { personId: (relation === 'own' ? person : stranger).personId, enrollmentId: (relation === 'own' ? person : stranger).keeps },
    }),
  },
  listMyOrders: plain(200),
  getMyOrder: { expected: { own: 200, other: 404, unknown: 404 }, ask: order },
  openCheckout: { expected: { own: 201, other: 404, unknown: 404 }, ask: order },
  // Who has no signature is nobody.
  receiveStripeEvent: plain(400, { body: '{}' }),
  // A form is asked for; nothing is sent with it.
  askUpload: plain(201),
  inspectFile: { expected: { other: 404, unknown: 404 }, ask: () => ({}) },
  listMyFiles: plain(200),
  showMyFile: { expected: { other: 404, unknown: 404 }, ask: () => ({}) },
  showFile: { expected: { unknown: 404 }, ask: () => ({}) },
  listRules: plain(200),
  announceRule: plain(201),
  raiseComplaint: {
    expected: { own: 201, other: 404, unknown: 404 },
    ask: (relation, person, { stranger }) => ({
      body: json({
        ...(bodyExamples.raiseComplaint as object),
        ...(relation === 'unknown' ? {} : { enrollmentId: relation === 'own' ? person.keeps : stranger.keeps }),
      }),
    }),
  },
  listMyComplaints: plain(200),
  sayOfComplaint: { expected: { unknown: 404 }, ask: () => ({}) },
  listComplaints: {
    expected: { own: 200, other: { 'provider:manager': 404, 'platform:operator': 200 }, unknown: 404 },
    ask: ofThisProvider,
  },
  answerComplaint: { expected: { unknown: 404 }, ask: () => ({}) },
  showComplainant: { expected: { unknown: 404 }, ask: () => ({}) },
  listOpenComplaints: plain(200),
  decideComplaint: { expected: { unknown: 404 }, ask: () => ({}) },
  getQuality: { expected: { own: 200, other: 200, unknown: 404 }, ask: ofThisProvider },
  listSanctions: plain(200),
  listSanctionsOf: {
    expected: { own: 200, other: { 'provider:manager': 404, 'platform:operator': 200 }, unknown: 404 },
    ask: ofThisProvider,
  },
  listSanctionCases: plain(200),
  proposeSanction: { expected: { own: 201, unknown: 404 }, ask: ofThisProvider },
  hearSanction: { expected: { unknown: 404 }, ask: () => ({}) },
  confirmSanction: { expected: { unknown: 404 }, ask: () => ({}) },
  withdrawSanction: { expected: { unknown: 404 }, ask: () => ({}) },
  appealSanction: { expected: { unknown: 404 }, ask: () => ({}) },
  decideAppeal: { expected: { unknown: 404 }, ask: () => ({}) },
  excuseRun: { expected: { own: 409, unknown: 404 }, ask: run },
  openApplication: plain(201),
  listMyApplications: plain(200),
  saveApplication: { expected: { other: 404, unknown: 404 }, ask: () => ({}) },
  submitApplication: { expected: { other: 404, unknown: 404 }, ask: () => ({}) },
  listApplications: plain(200),
  getApplication: { expected: { unknown: 404 }, ask: () => ({}) },
  decideApplication: { expected: { unknown: 404 }, ask: () => ({}) },
  getStanding: {
    expected: { own: 200, other: { 'provider:manager': 404, 'provider:registrar': 404, 'platform:operator': 200 }, unknown: 404 },
    ask: (relation, _, scene) =>
      relation === 'unknown' ? {} : { params: { providerId: scene.providers[relation === 'own' ? 'own' : 'others'] } },
  },
  stepStanding: { expected: { unknown: 404 }, ask: () => ({}) },
  acceptRule: { expected: { other: 404, unknown: 404 }, ask: () => ({}) },
  getPrice: { expected: { own: 200, other: 200, unknown: 404 }, ask: run },
  quotePrice: { expected: { own: 200, other: 200, unknown: 404 }, ask: run },
  askReview: {
    expected: { own: 201, unknown: 404 },
    ask: (relation, _, { paidRunId, unions }) => ({
      params: { runId: relation === 'own' ? paidRunId : (parameterExamples['runId'] ?? '') },
      body: json({ ...(bodyExamples.askReview as object), programId: unions.own.programId }),
    }),
  },
  listSponsors: plain(200),
  // Nobody saw which version it is that the example would change.
  saveSponsor: { expected: { own: 412, other: 412 }, ask: union() },
  importRoster: { expected: ofSponsor(200), ask: union('姓名,手机号\r\n测试,19900010000\r\n') },
  listPrograms: { expected: ofSponsor(200), ask: union() },
  createProgram: { expected: ofSponsor(201), ask: union() },
  getProgram: { expected: ofSponsor(200), ask: union() },
  saveProgram: { expected: ofSponsor(412), ask: union({ ...(bodyExamples.saveProgram as object), version: 999 }) },
  stepProgram: { expected: ofSponsor(200), ask: union() },
  moveMoney: {
    expected: ofSponsor(201),
    ask: (...scene) => union({ ...(bodyExamples.moveMoney as object), reference: `通知 ${(documents += 1)}` })(...scene),
  },
  listMoney: { expected: ofSponsor(200), ask: union() },
  listAllocations: { expected: ofSponsor(200), ask: union() },
  allocate: {
    expected: ofSponsor(422),
    ask: (...scene) => union({ ...(bodyExamples.allocate as object), runId: scene[2].own.runId })(...scene),
  },
  stepAllocation: { expected: { own: 200, other: 404, unknown: 404 }, ask: union() },
  listVouchers: { expected: ofSponsor(200), ask: union() },
  issueVoucher: { expected: ofSponsor(201), ask: union() },
  stepVoucher: { expected: ofSponsor(200), ask: union() },
  listGrants: { expected: ofSponsor(200), ask: union() },
  exportGrants: { expected: ofSponsor(200), ask: union() },
  listReviews: { expected: ofSponsor(200), ask: union() },
  // The operator comes first and decides it.
  decideReview: {
    expected: { own: { 'platform:operator': 200, 'sponsor:manager': 409, 'sponsor:reviewer': 409 }, other: 404, unknown: 404 },
    ask: union(),
  },
  getEnrollmentCalendar: { expected: { own: 200, other: 404, unknown: 404 }, ask: enrollment },
  openCalendar: plain(201),
  closeCalendar: plain(200),
  getCalendar: { expected: { other: 200, unknown: 404 }, ask: calendar },
  getMyPlace: { expected: { own: 200, other: 200, unknown: 404 }, ask: run },
  joinWaitlist: { expected: { own: 409, other: 409, unknown: 404 }, ask: run },
  leaveWaitlist: { expected: { own: 409, other: 409, unknown: 409 }, ask: run },
  listMyWaiting: plain(200),
  changeCapacity: { expected: ofProvider(200), ask: (...scene) => ({ ...run(...scene), body: json(bodyExamples.changeCapacity) }) },
  joinAsGroup: {
    expected: ofEmployer(422),
    ask: (relation, _, { own }) => ({
      ...employer(relation),
      body: json({ ...(bodyExamples.joinAsGroup as object), runId: own.runId }),
    }),
  },
  leaveAsGroup: {
    expected: ofEmployer(409),
    ask: (relation, _, { own }) => ({ params: { ...employer(relation).params, runId: own.runId } }),
  },
  listGroupWaiting: { expected: ofEmployer(200), ask: employer },
  nominate: {
    expected: { own: 200, other: { 'employer:manager': 404, 'employer:nominator': 404, 'platform:operator': 200 }, unknown: 404 },
    ask: (relation, _, { paidRunId }) => ({
      ...employer(relation === 'unknown' ? 'own' : relation),
      query: `run=${relation === 'unknown' ? parameterExamples['runId'] : paidRunId}`,
      body: '姓名,手机号\r\n测试,19900010000\r\n',
    }),
  },
  listGroupOrders: {
    expected: { own: 200, other: { 'employer:manager': 404, 'employer:nominator': 404, 'platform:operator': 200 } },
    ask: employer,
  },
  createGroupOrder: {
    expected: ofEmployer(422),
    ask: (relation, _, { own }) => ({
      ...employer(relation),
      body: json({ ...(bodyExamples.createGroupOrder as object), runId: own.runId }),
    }),
  },
  getGroupOrder: { expected: ofGroup(200), ask: group },
  cancelGroupOrder: { expected: ofGroup(409), ask: group },
  openGroupCheckout: { expected: ofGroup(409), ask: group },
  recordTransfer: {
    // The orders are over: what comes is owed back.
    expected: { own: 200, other: 200, unknown: 404 },
    ask: (relation, ...scene) => ({
      ...group(relation, ...scene),
      body: json({ ...(bodyExamples.recordTransfer as object), surplus: true, evidence: `MATRIX ${(transfers += 1)}` }),
    }),
  },
  invite: { expected: ofGroup(409), ask: group },
  withdrawInvitation: { expected: ofGroup(409), ask: group },
  listMyInvitations: plain(200),
  answerInvitation: { expected: { other: 404, unknown: 404 }, ask: group },
  saveInvoiceTitle: { expected: { own: 200, other: 404, unknown: 404 }, ask: order },
  listInvoices: {
    expected: { own: 200, other: { 'provider:manager': 404, 'provider:registrar': 404, 'platform:operator': 200 } },
    ask: invoices,
  },
  exportInvoices: {
    expected: { own: 200, other: { 'provider:manager': 404, 'provider:registrar': 404, 'platform:operator': 200 } },
    ask: invoices,
  },
  // The operator comes first and records it.
  recordInvoice: {
    expected: { own: { 'platform:operator': 200, 'provider:manager': 409, 'provider:registrar': 409 }, other: 404 },
    ask: invoices,
  },
  listMoneyMatters: plain(200),
  // Nothing failed here; what is done with what did stands in tests/order.
  resendRefund: plain(404),
  closeMoneyMatter: plain(404),
  getMyInstructor: plain(200),
  saveMyInstructor: plain(200),
  claimQualification: plain(201),
  dropQualification: { expected: { other: 404, unknown: 404 }, ask: teaching },
  saveAvailability: plain(200),
  importBusyHours: plain(200, { body: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n' }),
  openTeachingCalendar: plain(201),
  closeTeachingCalendar: plain(200),
  // Somebody's calendar of learning opens nothing here.
  getTeachingCalendar: { expected: { other: 404, unknown: 404 }, ask: calendar },
  listQualifications: plain(200),
  decideQualification: { expected: { other: 200, unknown: 404 }, ask: teaching },
  findInstructors: plain(200),
  listAssignments: {
    expected: { own: 200, other: { 'provider:manager': 404, 'provider:registrar': 404, 'platform:operator': 200 }, unknown: 404 },
    ask: run,
  },
  // The instructor of the example is nobody; the matrix of requests stands in tests/instructor.
  askInstructor: { expected: { own: 404, other: 404, unknown: 404 }, ask: run },
  proposeTimetable: {
    expected: ofProvider(200),
    ask: (relation, _, { own, others }) => ({
      body: json({ runIds: [relation === 'unknown' ? parameterExamples['runId'] : (relation === 'own' ? own : others).runId] }),
    }),
  },
  // The instructor of the example is nobody; what applying does stands in tests/timetable.
  applyTimetable: { expected: { own: 404, other: 404, unknown: 404 }, ask: run },
  withdrawAssignment: { expected: { own: 404, other: 404, unknown: 404 }, ask: run },
  proposeInstructors: {
    expected: { own: 200, other: { 'provider:manager': 404, 'provider:registrar': 404, 'platform:operator': 200 }, unknown: 404 },
    ask: run,
  },
  reportIllness: { expected: { other: 404, unknown: 404 }, ask: run },
  listMyAssignments: plain(200),
  answerAssignments: { expected: { other: 404, unknown: 404 }, ask: run },
  listProviderCourses: {
    expected: { own: 200, other: { 'provider:manager': 404, 'provider:registrar': 404, 'platform:operator': 200 }, unknown: 404 },
    ask: ofThisProvider,
  },
  createCourse: {
    expected: { own: 201, other: { 'provider:manager': 404, 'platform:operator': 201 }, unknown: 404 },
    ask: (...scene) => ({
      ...ofThisProvider(...scene),
      body: json({ ...(bodyExamples.createCourse as object), code: `MATRIX-${(plansMade += 1)}`, anyway: true }),
    }),
  },
  saveCoursePicture: {
    expected: ofProvider(412),
    ask: (...scene) => ({ ...course(...scene), body: json({ ...(bodyExamples.saveCoursePicture as object), version: 999 }) }),
  },
  saveCourse: {
    expected: ofProvider(412),
    ask: (...scene) => ({ ...course(...scene), body: json({ ...(bodyExamples.saveCourse as object), version: 999 }) }),
  },
  listProviderVenues: {
    expected: { own: 200, other: { 'provider:manager': 404, 'provider:registrar': 404, 'platform:operator': 200 }, unknown: 404 },
    ask: ofThisProvider,
  },
  planMeetings: { expected: { own: 200, other: { 'provider:manager': 404, 'platform:operator': 200 }, unknown: 404 }, ask: ofThisProvider },
  createRun: {
    expected: ofProvider(201),
    ask: (...scene) => {
      const { run, ...rest } = bodyExamples.createRun as { run: { meetings: object[] } }
      const meetings = run.meetings.map((meeting) => ({ ...meeting, startsAt: inDays(30), endsAt: inDays(30, 2) }))
      const soon = { ...run, meetings, opensAt: inDays(-1), closesAt: inDays(29), onHolidays: true }
      return { ...course(...scene), body: json({ ...rest, run: soon, code: `MATRIX-${(plansMade += 1)}` }) }
    },
  },
  getRunPlan: { expected: ofProvider(200), ask: run },
  saveRunPlan: { expected: ofProvider(412), ask: run },
  previewPostponement: {
    expected: { own: 200, other: { 'provider:manager': 404, 'platform:operator': 200 }, unknown: 404 },
    ask: (...scene) => ({ ...run(...scene), query: 'days=7' }),
  },
  postponeRun: { expected: ofProvider(412), ask: run },
  mergeRun: { expected: ofProvider(412), ask: run },
  // Codes, devices and corrections are tried out in tests/attendance; the meetings of this scene are far ahead.
  listMyAttendance: plain(200),
  registerDevice: plain(422),
  sendLateCodes: plain(200),
  askCheckIn: { expected: { own: 409, other: 409, unknown: 404 }, ask: meeting },
  checkIn: { expected: { own: 409, other: 409, unknown: 404 }, ask: meeting },
  openAttendance: { expected: ofTakers(409), ask: meeting },
  getCode: { expected: ofTakers(200), ask: meeting },
  openCheck: { expected: ofTakers(409), ask: meeting },
  listAttendance: { expected: ofTakers(200), ask: meeting },
  sendScans: { expected: ofTakers(200), ask: meeting },
  vouch: { expected: ofTakers(409), ask: meeting },
  askOverride: { expected: ofTakers(409), ask: meeting },
  decideOverride: { expected: ofTakers(409), ask: meeting },
  // The runs of this scene are far ahead, and nobody paid: nothing is to be stated yet. What is stated stands in tests/payout.
  getDashboard: {
    expected: { own: 200, other: { 'provider:manager': 404, 'provider:registrar': 404, 'platform:operator': 200 }, unknown: 404 },
    ask: ofThisProvider,
  },
  listPayouts: {
    expected: { own: 200, other: { 'provider:manager': 404, 'provider:registrar': 404, 'platform:operator': 200 }, unknown: 404 },
    ask: ofThisProvider,
  },
  getPayout: { expected: ofProvider(200), ask: run },
  listNextPayoutLines: { expected: ofProvider(200), ask: run },
  closePayout: { expected: ofProvider(409), ask: run },
  listPayoutLines: { expected: { own: 404, other: 404, unknown: 404 }, ask: run },
  exportPayout: { expected: { own: 404, other: 404, unknown: 404 }, ask: run },
  recordPayoutPayment: { expected: { own: 404, other: 404, unknown: 404 }, ask: run },
  // Nobody has attended anything here; what rating does stands in tests/rating.
  listRatings: { expected: { own: 200, other: 200, unknown: 404 }, ask: course },
  getMyRating: { expected: { own: 200, other: 404, unknown: 404 }, ask: enrollment },
  rateRun: { expected: { own: 409, other: 404, unknown: 404 }, ask: enrollment },
  changeRating: { expected: { own: 404, other: 404, unknown: 404 }, ask: enrollment },
  listProviderRatings: {
    expected: { own: 200, other: { 'provider:manager': 404, 'provider:registrar': 404, 'platform:operator': 200 }, unknown: 404 },
    ask: ofThisProvider,
  },
  answerRating: { expected: { own: 404, other: 404, unknown: 404 }, ask: course },
  correctAnswer: { expected: { own: 404, other: 404, unknown: 404 }, ask: course },
  listAllRatings: plain(200),
  foldRating: { expected: { own: 404, other: 404, unknown: 404 }, ask: course },
  getMe: plain(200),
  getProfile: plain(200),
  saveProfile: plain(200, { body: json({ ...(bodyExamples.saveProfile as object), certificates: [] }) }),
  exportMe: plain(200),
  listConsents: plain(200),
  saveConsent: plain(200, { params: { purpose: 'sms' }, body: json({ given: true, noticeVersion: consentNotices.sms.version }) }),
  listMyReveals: plain(200),
  searchAudit: plain(200, { query: `entity=${parameterExamples['runId'] ?? ''}` }),
  listNotices: plain(200),
  countUnread: plain(200),
  readNotices: plain(200),
  getNoticeSettings: plain(200),
  saveNoticeSettings: {
    expected: { own: 412 },
    ask: () => ({ body: json({ ...(bodyExamples.saveNoticeSettings as object), version: 99 }) }),
  },
  // Nobody agreed to mail.
  askMail: plain(409),
  confirmMail: plain(409),
  dropMail: plain(200),
  announce: { expected: { own: 201, other: 404, unknown: 404 }, ask: run },
  listAnnouncements: { expected: { own: 200, other: 404, unknown: 404 }, ask: run },
  askQuestion: { expected: { own: 201, other: 409, unknown: 404 }, ask: run },
  listRunThreads: { expected: { ...ofAnswerers(200), other: 404, unknown: 404 }, ask: run },
  listMyThreads: plain(200),
  listProviderThreads: { expected: { own: 200, other: 404, unknown: 404 }, ask: ofThisProvider },
  getThread: { expected: { ...ofAnswerers(200), unknown: 404 }, ask: thread },
  writeMessage: { expected: { ...ofAnswerers(201), unknown: 404 }, ask: thread },
  reportMessage: { expected: { ...ofAnswerers(200), unknown: 404 }, ask: thread },
  listReportedMessages: plain(200),
  // Who is let in hears that it does not wait since then: whether it waits hangs on what was reported before.
  decideMessage: {
    expected: { own: 412, unknown: 404 },
    ask: (...scene) => ({ ...thread(...scene), body: json({ hide: true, reason: '推销', waitingSince: '2020-01-01T00:00:00.000Z' }) }),
  },
  listMembers: {
    expected: { own: ofOperators },
    ask: (...scene) => ({ params: { organizationId: membership(...scene).params?.['organizationId'] ?? '' } }),
  },
  saveMembership: { expected: { own: ofOperators, other: ofOperators, unknown: ofOperators }, ask: membership },
  endMembership: {
    expected: { own: ofOperators, other: ofOperators, unknown: ofOperators },
    ask: (...scene) => ({ params: membership(...scene).params ?? {} }),
  },
}

useStack()
let scene: Scene
beforeAll(async () => {
  scene = await buildScene()
})

/** Whether the declaration lets a caller in at all. */
function letIn({ who }: Route, caller: Caller): 200 | 401 | 403 {
  if (who === 'anyone') return 200
  if (caller === 'anyone') return 401
  return who === 'person' || (caller !== 'person' && who.anyOf.includes(caller)) ? 200 : 403
}

test('every route has its line', () => {
  expect(Object.keys(matrix).sort()).toEqual(Object.keys(routes).sort())
  expect(callers).toHaveLength(10)
})

test.each(all)('$name: role × relation', async (route) => {
  const { expected, ask } = matrix[route.name]
  for (const relation of relations) {
    const wanted = expected[relation]
    if (wanted === undefined) continue
    for (const caller of callers) {
      const person = caller === 'anyone' ? scene.stranger : scene.people[caller]
      const let_in = letIn(route, caller)
      const status = let_in !== 200 ? let_in : typeof wanted === 'number' ? wanted : wanted[caller]
      const answer = await send(route, caller === 'anyone' ? undefined : person.token, ask(relation, person, scene))
      expect([route.name, relation, caller, answer.status], answer.text.slice(0, 300)).toEqual([route.name, relation, caller, status])
      if (status === 403) expectProblem(answer, 'forbidden')
      if (status === 404) expectProblem(answer, 'not-found')
    }
  }
})

test('somebody else’s and unknown get the same answer, so that nobody learns what exists', async () => {
  const asked = [
    routes.getMyEnrollment,
    routes.cancelEnrollment,
    routes.getEnrollmentCalendar,
    routes.getMyOrder,
    routes.openCheckout,
  ] as unknown as Route[]
  const told = async (route: Route, relation: Relation, person: Person) => {
    const { status, body } = await send(route, person.token, matrix[route.name].ask(relation, person, scene))
    return [status, { ...body, instance: '' }]
  }
  for (const route of asked)
    expect(await told(route, 'other', scene.people.person)).toEqual(await told(route, 'unknown', scene.people.person))
  const roster = routes.listRoster as unknown as Route
  expect(await told(roster, 'other', scene.people['provider:manager'])).toEqual(
    await told(roster, 'unknown', scene.people['provider:manager']),
  )
})

test('a role that was taken away is gone with the next call', async () => {
  const { token, personId } = scene.people['provider:registrar']
  const roster = { params: { runId: scene.own.runId } }
  expect((await send(routes.listRoster, token, roster)).status).toBe(200)
  const { memberships } = (await send(routes.getMe, token)).body as unknown as { memberships: { organizationId: string }[] }
  const params = { personId, organizationId: memberships[0]?.organizationId ?? platformId }
  expect((await send(routes.endMembership, scene.people['platform:operator'].token, { params })).body).toEqual({ ended: true })
  expectProblem(await send(routes.listRoster, token, roster), 'forbidden')
})

/** Writing routes that can be done twice with another key, and another thing to ask with the same key. */
const repeatable: [Route, Given, Given][] = [
  [
    routes.saveConsent,
    { params: { purpose: 'talent-pool' }, body: json({ given: false, noticeVersion: consentNotices['talent-pool'].version }) },
    { params: { purpose: 'sms' } },
  ],
  [routes.saveMembership, membershipOf('A'), membershipOf('B')],
  [routes.endMembership, { params: membershipOf('A').params ?? {} }, { params: membershipOf('B').params ?? {} }],
  [routes.importCatalog, { body: sheet }, { body: `${sheet}\r\n` }],
  [
    routes.saveProfile,
    { body: json({ ...(bodyExamples.saveProfile as object), realName: '测试员甲' }) },
    { body: json({ ...(bodyExamples.saveProfile as object), realName: '测试员乙' }) },
  ],
]
function membershipOf(last: string): Given {
  return {
    params: { personId: nobody, organizationId: `spo_01KAJ3V0M0AAAAAAAAAAAAAAA${last}` },
    body: json({ organizationName: { zh: '工会', en: 'Union' }, roles: ['sponsor:manager'] }),
  }
}

test.each(repeatable)('$name: the same key again gets the first answer, with something else it is refused', async (route, given, other) => {
  const { token } = scene.people['platform:operator']
  const headers = { 'idempotency-key': `again-${route.name}-0000000` }
  const first = await send(route, token, { ...given, headers })
  expect(first.status).toBe(200)
  const again = await send(route, token, { ...given, headers })
  expect([again.status, again.body]).toEqual([first.status, first.body])
  expectProblem(await send(route, token, { ...given, ...other, headers }), 'idempotency-key-reused')
})
