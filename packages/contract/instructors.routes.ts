import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import {
  Assignment,
  AvailabilityInput,
  Instructor,
  InstructorCard,
  InstructorInput,
  ProposedInstructor,
  Qualification,
  TeachingItem,
} from './instructor.ts'
import { Fen } from './money.ts'
import { PageQuery, pageOf } from './page.ts'
import { InstructorRating } from './ratings.ts'
import { route } from './route.ts'
import { Level } from './taxonomy.ts'
import { CivilDate, Instant } from './time.ts'

const own = { tag: 'instructors', function: 'instructor', who: 'person' } as const
const words = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))
const mine = z.strictObject({ instructor: Instructor })
/** The version that the change was made of; 0: there is none yet. Left out: of whatever stands. */
const seen = { version: z.optional(z.int().check(z.minimum(0))) }

export const getMyInstructor = route({
  name: 'getMyInstructor',
  summary: { zh: '我的师资档案', en: 'My instructor profile' },
  ...own,
  /** Null where the person has made none. `rating`: how people who attended rated her. */
  answer: { status: 200, body: z.strictObject({ instructor: z.nullable(Instructor), rating: z.nullable(InstructorRating) }) },
  refusals: [],
})

export const saveMyInstructor = route({
  name: 'saveMyInstructor',
  summary: { zh: '建立或修改我的师资档案', en: 'Make or change my instructor profile' },
  ...own,
  body: z.extend(InstructorInput, seen),
  answer: { status: 200, body: mine },
  refusals: ['version-conflict', 'validation-failed', 'busy', 'outcome-unknown'],
})

export const claimQualification = route({
  name: 'claimQualification',
  summary: { zh: '申报一项授课资格', en: 'Claim a qualification to teach' },
  ...own,
  body: z.strictObject({
    trade: words(40),
    level: z.nullable(Level),
    proof: words(200),
    fileId: z.optional(z.nullable(idOf('file'))),
    until: z.nullable(CivilDate),
  }),
  answer: { status: 201, body: mine },
  refusals: ['no-instructor', 'file-not-accepted', 'validation-failed', 'busy', 'outcome-unknown'],
})

export const dropQualification = route({
  name: 'dropQualification',
  summary: { zh: '撤下一项授课资格', en: 'Take a qualification down' },
  ...own,
  params: z.strictObject({ qualificationId: idOf('qualification') }),
  answer: { status: 200, body: mine },
  refusals: ['busy', 'outcome-unknown'],
})

export const saveAvailability = route({
  name: 'saveAvailability',
  summary: { zh: '保存我的可授课时间', en: 'Save the hours I offer' },
  ...own,
  /** Exceptions replace those written by hand; what was read out of a calendar stays. */
  body: z.extend(AvailabilityInput, seen),
  answer: { status: 200, body: mine },
  refusals: ['no-instructor', 'version-conflict', 'validation-failed', 'busy', 'outcome-unknown'],
})

/** A qualification that an operator is to check, with whose it is. */
export const ClaimedQualification = z.strictObject({ personId: idOf('person'), instructor: InstructorCard, qualification: Qualification })
export type ClaimedQualification = z.infer<typeof ClaimedQualification>

export const listQualifications = route({
  name: 'listQualifications',
  summary: { zh: '待核实的授课资格', en: 'Qualifications to be verified' },
  tag: 'instructors',
  function: 'instructor',
  who: { anyOf: ['platform:operator'] },
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(ClaimedQualification) },
  refusals: ['invalid-cursor'],
})

export const decideQualification = route({
  name: 'decideQualification',
  summary: { zh: '核实、退回或撤销一项授课资格', en: 'Verify, refuse or revoke a qualification' },
  tag: 'instructors',
  function: 'instructor',
  who: { anyOf: ['platform:operator'] },
  params: z.strictObject({ instructorId: idOf('instructor'), qualificationId: idOf('qualification') }),
  body: z.strictObject({ to: z.enum(['verified', 'refused', 'revoked']), reason: words(300) }),
  answer: { status: 200, body: Qualification },
  refusals: ['illegal-transition', 'validation-failed', 'busy', 'outcome-unknown'],
})

/** An instructor that a search found. `free`: whether she can have the hours that were asked about, null where none were. */
export const FoundInstructor = z.extend(InstructorCard, { free: z.nullable(z.boolean()) })

export const findInstructors = route({
  name: 'findInstructors',
  summary: { zh: '查找师资', en: 'Find instructors' },
  tag: 'instructors',
  function: 'instructor',
  who: { anyOf: ['provider:manager', 'provider:registrar', 'platform:operator'] },
  /** Left out: any trade, level or region. `startsAt` and `endsAt` go together. */
  query: z.strictObject({
    ...PageQuery,
    trade: z.optional(z.string().check(z.regex(/^[a-z0-9-]{1,40}$/))),
    level: z.optional(Level),
    region: z.optional(z.string().check(z.regex(/^\d{6}$/))),
    startsAt: z.optional(Instant),
    endsAt: z.optional(Instant),
  }),
  answer: { status: 200, body: pageOf(FoundInstructor) },
  refusals: ['invalid-cursor', 'validation-failed'],
})

const ofRun = z.strictObject({ runId: idOf('run') })
const assigned = z.strictObject({ assignments: z.array(Assignment) })
const planned = { tag: 'instructors', function: 'instructor' } as const

export const listAssignments = route({
  name: 'listAssignments',
  summary: { zh: '一期的授课安排', en: 'Who teaches a run, and who is asked' },
  ...planned,
  who: { anyOf: ['provider:manager', 'provider:registrar', 'platform:operator'] },
  params: ofRun,
  answer: { status: 200, body: assigned },
  refusals: [],
})

export const askInstructor = route({
  name: 'askInstructor',
  summary: { zh: '邀请师资授课', en: 'Ask an instructor to teach' },
  ...planned,
  who: { anyOf: ['provider:manager', 'platform:operator'] },
  params: ofRun,
  /** All meetings or none. The fee is for each meeting. */
  body: z.strictObject({
    instructorId: idOf('instructor'),
    meetingIds: z.array(idOf('meeting')).check(z.minLength(1), z.maxLength(40)),
    feeFen: Fen,
  }),
  answer: { status: 201, body: assigned },
  refusals: [
    'run-cancelled',
    'meeting-over',
    'too-late-to-ask',
    'asked-enough',
    'asks-open',
    'instructor-unavailable',
    'busy',
    'outcome-unknown',
  ],
})

export const withdrawAssignment = route({
  name: 'withdrawAssignment',
  summary: { zh: '撤回授课邀约或安排', en: 'Withdraw a request or an assignment' },
  ...planned,
  who: { anyOf: ['provider:manager', 'platform:operator'] },
  params: z.strictObject({ runId: idOf('run'), bookingId: idOf('booking') }),
  answer: { status: 200, body: assigned },
  refusals: ['meeting-over', 'busy', 'outcome-unknown'],
})

const taught = z.strictObject({ teaching: z.array(TeachingItem) })
const bookingIds = z.array(idOf('booking')).check(z.minLength(1), z.maxLength(40))

export const listMyAssignments = route({
  name: 'listMyAssignments',
  summary: { zh: '我的授课与邀约', en: 'What I teach and am asked to teach' },
  ...own,
  /** Left out: what is not over yet. */
  query: z.strictObject({ startsAt: z.optional(Instant) }),
  answer: { status: 200, body: taught },
  refusals: [],
})

export const answerAssignments = route({
  name: 'answerAssignments',
  summary: { zh: '接受或谢绝授课邀约', en: 'Accept or decline requests to teach' },
  ...own,
  params: ofRun,
  body: z.strictObject({ bookingIds, accept: z.boolean() }),
  answer: { status: 200, body: taught },
  refusals: ['request-over', 'run-cancelled', 'instructor-unavailable', 'busy', 'outcome-unknown'],
})

export const reportIllness = route({
  name: 'reportIllness',
  summary: { zh: '因病不能授课', en: 'Cannot teach because of illness' },
  ...own,
  params: ofRun,
  body: z.strictObject({ bookingIds }),
  answer: { status: 200, body: taught },
  refusals: ['request-over', 'meeting-over', 'busy', 'outcome-unknown'],
})

export const proposeInstructors = route({
  name: 'proposeInstructors',
  summary: { zh: '推荐师资，并说明其他人为什么不行', en: 'Propose instructors, and say why others cannot' },
  ...planned,
  who: { anyOf: ['provider:manager', 'provider:registrar', 'platform:operator'] },
  params: ofRun,
  /** Left out: all meetings that are still to come, the first forty. */
  query: z.strictObject({ meeting: z.optional(idOf('meeting')) }),
  answer: {
    status: 200,
    body: z.strictObject({ meetingIds: z.array(idOf('meeting')), proposals: z.array(ProposedInstructor) }),
  },
  refusals: ['meeting-over'],
})

const calendar = { text: 'text/calendar; charset=utf-8' }

export const importBusyHours = route({
  name: 'importBusyHours',
  summary: { zh: '从日历文件导入忙碌时间（替换上次导入的）', en: 'Import busy hours out of a calendar, in place of the last import' },
  ...own,
  /** iCalendar (RFC 5545). Only times are kept. */
  body: { file: ['text/calendar', 'application/octet-stream'], maxBytes: 4_000_000 },
  answer: { status: 200, body: mine },
  refusals: ['no-instructor', 'calendar-unreadable', 'busy', 'outcome-unknown'],
})

export const openTeachingCalendar = route({
  name: 'openTeachingCalendar',
  summary: { zh: '开通授课日历订阅（旧地址随即失效）', en: 'Open a subscription of what I teach; an older address ends' },
  ...own,
  body: z.strictObject({}),
  /** The address is shown once; only a hash of its secret is kept. */
  answer: { status: 201, body: z.strictObject({ path: z.string(), openedAt: Instant }) },
  refusals: ['no-instructor'],
})

export const closeTeachingCalendar = route({
  name: 'closeTeachingCalendar',
  summary: { zh: '停用授课日历订阅', en: 'End the subscription of what I teach' },
  ...own,
  answer: { status: 200, body: z.strictObject({ closed: z.boolean() }) },
  refusals: [],
})

export const getTeachingCalendar = route({
  name: 'getTeachingCalendar',
  summary: { zh: '授课日历订阅', en: 'A subscribed calendar of what somebody teaches' },
  tag: 'instructors',
  function: 'instructor',
  who: 'anyone',
  /** 256 bits of chance in base64url, then `.ics`. */
  params: z.strictObject({ secret: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}\.ics$/)) }),
  answer: { status: 200, body: calendar },
  refusals: [],
})
