import * as z from 'zod/mini'
import { Meeting, Run, Venue } from './catalog.ts'
import { Enrollment, runParams } from './claim.routes.ts'
import { idOf } from './ids.ts'
import { PageQuery, pageOf } from './page.ts'
import { Fen } from './money.ts'
import { recently, route } from './route.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

const enrollmentParams = z.strictObject({ enrollmentId: idOf('enrollment') })

/** What stands between a person and a seat, before the button is pressed: code and sentence of each refusal that would come. */
export const Obstacle = z.strictObject({
  code: z.string(),
  detail: z.strictObject({ zh: z.string(), en: z.string() }),
  members: z.record(z.string(), z.unknown()),
})
export type Obstacle = z.infer<typeof Obstacle>

export const checkClaim = route({
  name: 'checkClaim',
  summary: { zh: '报名前检查还缺什么', en: 'What is missing before a claim' },
  tag: 'enrollment',
  function: 'enrollment',
  who: 'person',
  params: runParams,
  answer: {
    status: 200,
    body: z.strictObject({
      runId: idOf('run'),
      free: z.int(),
      /** The claim must carry the signed health commitment. */
      needsHealthCommitment: z.boolean(),
      obstacles: z.array(Obstacle),
      enrollment: z.nullable(Enrollment),
    }),
  },
  refusals: [],
})

/** An enrollment with all that a person needs to get there. */
export const LearningItem = z.strictObject({
  enrollment: Enrollment,
  phase: z.enum(['upcoming', 'running', 'past', 'cancelled']),
  title: Text,
  providerName: Text,
  run: Run,
  venue: z.nullable(Venue),
  nextMeeting: z.nullable(Meeting),
  /** Until when the seat can be given back, or null when it no longer can. */
  cancelUntil: z.nullable(Instant),
})
export type LearningItem = z.infer<typeof LearningItem>

export const listMyEnrollments = route({
  name: 'listMyEnrollments',
  summary: { zh: '我的学习', en: 'My learning' },
  tag: 'enrollment',
  function: 'enrollment',
  who: 'person',
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(LearningItem) },
  refusals: ['invalid-cursor'],
})

export const getMyEnrollment = route({
  name: 'getMyEnrollment',
  summary: { zh: '查看我的一次报名', en: 'One of my enrollments' },
  tag: 'enrollment',
  function: 'enrollment',
  who: 'person',
  params: enrollmentParams,
  answer: { status: 200, body: LearningItem },
  refusals: [],
})

export const cancelEnrollment = route({
  name: 'cancelEnrollment',
  summary: { zh: '退出（归还名额）', en: 'Give a seat back' },
  tag: 'enrollment',
  function: 'enrollment',
  who: 'person',
  params: enrollmentParams,
  /** What the person was shown that she gets back (`RefundPreview.learnerFen`): where it would be less by now, nothing happens. */
  body: z.strictObject({ learnerFen: z.optional(Fen) }),
  stepUp: recently,
  stepUpWhen: { zh: '有钱款要退还时', en: 'where money goes back' },
  answer: { status: 200, body: Enrollment },
  refusals: ['cancellation-closed', 'refund-changed', 'illegal-transition', 'busy', 'outcome-unknown'],
})

const calendar = { text: 'text/calendar; charset=utf-8' }

export const getEnrollmentCalendar = route({
  name: 'getEnrollmentCalendar',
  summary: { zh: '一次报名的日历文件', en: 'The calendar of one enrollment' },
  tag: 'enrollment',
  function: 'enrollment',
  who: 'person',
  params: enrollmentParams,
  answer: { status: 200, body: calendar },
  refusals: [],
})

export const openCalendar = route({
  name: 'openCalendar',
  summary: { zh: '开通日历订阅（旧地址随即失效）', en: 'Open a calendar subscription; an older address ends' },
  tag: 'enrollment',
  function: 'enrollment',
  who: 'person',
  body: z.strictObject({}),
  /** The address is shown once; only a hash of its secret is kept. */
  answer: { status: 201, body: z.strictObject({ path: z.string(), openedAt: Instant }) },
  refusals: [],
})

export const closeCalendar = route({
  name: 'closeCalendar',
  summary: { zh: '停用日历订阅', en: 'End the calendar subscription' },
  tag: 'enrollment',
  function: 'enrollment',
  who: 'person',
  answer: { status: 200, body: z.strictObject({ closed: z.boolean() }) },
  refusals: [],
})

export const getCalendar = route({
  name: 'getCalendar',
  summary: { zh: '日历订阅', en: 'A subscribed calendar' },
  tag: 'enrollment',
  function: 'enrollment',
  who: 'anyone',
  /** 256 bits of chance in base64url, then `.ics`. */
  params: z.strictObject({ secret: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}\.ics$/)) }),
  answer: { status: 200, body: calendar },
  refusals: [],
})
