import * as z from 'zod/mini'
import { codeKinds } from './attendance-code.ts'
import { Meeting } from './catalog.ts'
import { idOf } from './ids.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

export const CodeKind = z.enum(codeKinds)
const evidenceId = { id: idOf('checkIn') }

/** What shows where somebody was, as people see it: no keys, no signatures, no other person's id. */
export const EvidenceView = z.discriminatedUnion('type', [
  z.strictObject({
    ...evidenceId,
    type: z.literal('proof'),
    kind: CodeKind,
    /** A code answered at once, the same brought later, or a pass that who teaches scanned. */
    by: z.enum(['code', 'late-code', 'pass']),
    at: Instant,
    receivedAt: Instant,
  }),
  z.strictObject({ ...evidenceId, type: z.literal('vouch'), at: Instant }),
  z.strictObject({
    ...evidenceId,
    type: z.literal('override'),
    present: z.boolean(),
    from: Instant,
    to: Instant,
    reason: z.string(),
    askedAt: Instant,
    decided: z.nullable(z.strictObject({ at: Instant, confirmed: z.boolean() })),
    /** Whether the caller may decide it: not who asked for it. */
    mayDecide: z.boolean(),
  }),
])
export type EvidenceView = z.infer<typeof EvidenceView>

/** What it comes to. `state`: seen and not gone, gone, or never seen. */
export const PresenceView = z.strictObject({
  state: z.enum(['absent', 'here', 'left']),
  minutes: z.int(),
  lateMinutes: z.nullable(z.int()),
  earlyMinutes: z.nullable(z.int()),
  missing: z.array(z.enum(['arrival', 'leaving', 'check', 'confirmation'])),
  conflict: z.boolean(),
  evidence: z.array(EvidenceView),
})
export type PresenceView = z.infer<typeof PresenceView>

export const creditOutcomes = ['completed', 'incomplete', 'no-show', 'not-taken'] as const

/** Hours of a run as they were credited, by the rule of this name. */
export const CreditView = z.strictObject({
  outcome: z.enum(creditOutcomes),
  minutes: z.int(),
  outOfMinutes: z.int(),
  hours: z.number(),
  rule: z.string(),
})
export type CreditView = z.infer<typeof CreditView>

/** A run of mine with what was shown of each meeting. */
export const MyAttendance = z.strictObject({
  runId: idOf('run'),
  enrollmentId: idOf('enrollment'),
  title: Text,
  runName: Text,
  providerName: Text,
  /** Of all minutes so many percent complete the run. */
  completePercent: z.int(),
  /** Null until a day after the last meeting. */
  credit: z.nullable(CreditView),
  meetings: z.array(
    z.strictObject({
      meetingId: idOf('meeting'),
      startsAt: Instant,
      endsAt: Instant,
      kind: Meeting.shape.kind,
      venue: z.nullable(z.strictObject({ name: Text, address: Text })),
      room: z.nullable(z.string()),
      presence: PresenceView,
    }),
  ),
})
export type MyAttendance = z.infer<typeof MyAttendance>

/** A line of a meeting's roster; the name is masked. */
export const AttendanceLine = z.strictObject({ enrollmentId: idOf('enrollment'), maskedName: z.string(), presence: PresenceView })
export type AttendanceLine = z.infer<typeof AttendanceLine>

/** What became of one thing that was kept without a network: taken, there already, or refused with a code. */
export const Kept = z.strictObject({ outcome: z.enum(['taken', 'known', 'refused']), code: z.nullable(z.string()) })
export type Kept = z.infer<typeof Kept>
