import * as z from 'zod/mini'
import { lastWindow } from './attendance-code.ts'
import { AttendanceLine, CodeKind, Kept, MyAttendance, PresenceView } from './attendance.ts'
import { Meeting } from './catalog.ts'
import { idOf } from './ids.ts'
import { PageQuery, pageOf } from './page.ts'
import { route } from './route.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

const part = { tag: 'attendance', function: 'attendance', who: 'person' } as const
const ofMeeting = z.strictObject({ runId: idOf('run'), meetingId: idOf('meeting') })
const base64url = (length: number) => z.string().check(z.regex(new RegExp(`^[A-Za-z0-9_-]{${length}}$`)))
const deviceId = base64url(43)
const signature = base64url(86)
const code = z.string().check(z.regex(/^[0-9A-Za-z -]{8,12}$/))

export const listMyAttendance = route({
  name: 'listMyAttendance',
  summary: { zh: '我的考勤', en: 'My attendance' },
  ...part,
  query: z.strictObject(PageQuery),
  answer: {
    status: 200,
    body: z.strictObject({
      personId: idOf('person'),
      /** The device that checks me in; null where none is registered. */
      device: z.nullable(z.strictObject({ id: deviceId, since: Instant })),
      now: Instant,
      items: z.array(MyAttendance),
      next: z.nullable(z.string()),
    }),
  },
  refusals: ['invalid-cursor'],
})

export const registerDevice = route({
  name: 'registerDevice',
  summary: { zh: '登记我的签到手机', en: 'Register the phone that checks me in' },
  ...part,
  /** The public key, and the device's signature over person and thumbprint (`registerText`). */
  body: z.strictObject({
    key: z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: base64url(43), y: base64url(43) }),
    signature,
  }),
  answer: { status: 200, body: z.strictObject({ id: deviceId, since: Instant }) },
  refusals: ['signature-wrong', 'device-of-another', 'too-many-devices', 'busy', 'outcome-unknown'],
})

const doors = ['not-enrolled', 'run-cancelled', 'meeting-not-now', 'device-unknown', 'device-of-another'] as const
const states = ['another-device', 'already-checked-in', 'not-checked-in', 'no-check-open', 'too-much-evidence'] as const

export const askCheckIn = route({
  name: 'askCheckIn',
  summary: { zh: '扫码后领取应答题', en: 'The challenge for a code that was scanned' },
  ...part,
  params: ofMeeting,
  query: z.strictObject({ code, device: deviceId }),
  answer: { status: 200, body: z.strictObject({ challenge: z.string(), kind: CodeKind, until: Instant }) },
  refusals: [...doors, 'attendance-not-open', 'second-person-needed', 'code-wrong', 'code-expired', ...states],
})

export const checkIn = route({
  name: 'checkIn',
  summary: { zh: '签到、课中应答或签退', en: 'Check in, answer a check, or check out' },
  ...part,
  params: ofMeeting,
  /** The challenge, and the device's signature over it (`answerText`). */
  body: z.strictObject({ challenge: z.string().check(z.maxLength(1_000)), signature }),
  answer: { status: 201, body: z.strictObject({ kind: CodeKind, at: Instant, presence: PresenceView }) },
  refusals: [...doors, 'attendance-not-open', 'challenge-over', 'signature-wrong', ...states, 'busy', 'outcome-unknown'],
})

const LateCode = z.strictObject({
  runId: idOf('run'),
  meetingId: idOf('meeting'),
  kind: CodeKind,
  window: z.int().check(z.minimum(0), z.maximum(lastWindow)),
  code: z.string().check(z.regex(/^[0-9A-Z]{8}$/)),
  /** When it was scanned, by the device's clock. */
  at: Instant,
  deviceId,
  signature,
})
export type LateCode = z.infer<typeof LateCode>

export const sendLateCodes = route({
  name: 'sendLateCodes',
  summary: { zh: '补传没有网络时扫的码', en: 'Send codes that were scanned without a network' },
  ...part,
  body: z.strictObject({ codes: z.array(LateCode).check(z.minLength(1), z.maxLength(20)) }),
  /** In the order they were sent. What was refused says why. */
  answer: { status: 200, body: z.strictObject({ results: z.array(Kept) }) },
  refusals: [],
  idempotency: 'lease',
})

export const openAttendance = route({
  name: 'openAttendance',
  summary: { zh: '开始一次课的点名', en: 'Begin to take attendance of a meeting' },
  ...part,
  params: ofMeeting,
  answer: { status: 200, body: z.strictObject({ meetingId: idOf('meeting'), at: Instant }) },
  refusals: ['run-cancelled', 'meeting-not-now', 'busy', 'outcome-unknown'],
})

export const getCode = route({
  name: 'getCode',
  summary: { zh: '点名屏幕：签到码的密钥与到课人数', en: 'The attendance screen: the secret of its codes, and how many came' },
  ...part,
  params: ofMeeting,
  answer: {
    status: 200,
    body: z.strictObject({
      title: Text,
      runName: Text,
      meeting: Meeting,
      /** The screen makes its codes of this, also without a network (`codeAt`). It shows them by our clock, not its own. Null, as are the times of checks, while doors are closed. */
      secret: z.nullable(base64url(43)),
      now: Instant,
      opened: z.boolean(),
      /** When the screen should call for a check by itself. */
      checkTimes: z.array(Instant),
      checks: z.array(z.strictObject({ id: idOf('checkIn'), at: Instant, until: Instant })),
      enrolled: z.int(),
      here: z.int(),
      left: z.int(),
    }),
  },
  refusals: ['run-cancelled'],
})

export const openCheck = route({
  name: 'openCheck',
  summary: { zh: '发起课中点名', en: 'Call for a check in the middle of a meeting' },
  ...part,
  params: ofMeeting,
  answer: { status: 201, body: z.strictObject({ id: idOf('checkIn'), at: Instant, until: Instant }) },
  refusals: ['run-cancelled', 'meeting-not-now', 'busy', 'outcome-unknown'],
})

export const listAttendance = route({
  name: 'listAttendance',
  summary: { zh: '一次课的考勤名单', en: 'Attendance of a meeting' },
  ...part,
  params: ofMeeting,
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(AttendanceLine) },
  refusals: ['invalid-cursor', 'run-cancelled'],
})

export const sendScans = route({
  name: 'sendScans',
  summary: { zh: '补传离线扫描的学员码', en: 'Send passes that were scanned without a network' },
  ...part,
  params: ofMeeting,
  body: z.strictObject({
    /** The scanner's clock as it sends this: what it is off by is taken off each scan. */
    deviceNow: Instant,
    scans: z
      .array(z.strictObject({ pass: z.string().check(z.maxLength(200)), kind: z.enum(['in', 'out']), scannedAt: Instant }))
      .check(z.minLength(1), z.maxLength(100)),
  }),
  answer: { status: 200, body: z.strictObject({ results: z.array(z.extend(Kept, { maskedName: z.nullable(z.string()) })) }) },
  refusals: ['run-cancelled'],
  idempotency: 'lease',
})

export const vouch = route({
  name: 'vouch',
  summary: { zh: '确认补传的学员当时在场', en: 'Confirm that somebody whose codes came late was there' },
  ...part,
  params: ofMeeting,
  body: z.strictObject({ enrollmentIds: z.array(idOf('enrollment')).check(z.minLength(1), z.maxLength(100)) }),
  answer: { status: 200, body: z.strictObject({ vouched: z.int() }) },
  refusals: ['run-cancelled', 'not-enrolled', 'second-person-needed', 'correction-over'],
  idempotency: 'lease',
})

export const askOverride = route({
  name: 'askOverride',
  summary: { zh: '提出考勤更正', en: 'Ask for a correction of attendance' },
  ...part,
  params: ofMeeting,
  /** Left out: from the beginning of the meeting, to its end. */
  body: z.strictObject({
    enrollmentId: idOf('enrollment'),
    present: z.boolean(),
    from: z.optional(Instant),
    to: z.optional(Instant),
    reason: z.string().check(z.minLength(2), z.maxLength(200)),
  }),
  answer: { status: 201, body: AttendanceLine },
  refusals: [
    'run-cancelled',
    'not-enrolled',
    'second-person-needed',
    'meeting-not-now',
    'correction-over',
    'validation-failed',
    'corrections-waiting',
    'too-much-evidence',
    'busy',
    'outcome-unknown',
  ],
})

export const decideOverride = route({
  name: 'decideOverride',
  summary: { zh: '由第二人确认或驳回更正', en: 'Confirm or refuse a correction, as the second person' },
  ...part,
  params: z.strictObject({ runId: idOf('run'), meetingId: idOf('meeting'), checkInId: idOf('checkIn') }),
  body: z.strictObject({ enrollmentId: idOf('enrollment'), confirm: z.boolean() }),
  answer: { status: 200, body: AttendanceLine },
  refusals: ['run-cancelled', 'not-enrolled', 'second-person-needed', 'correction-over', 'busy', 'outcome-unknown'],
})
