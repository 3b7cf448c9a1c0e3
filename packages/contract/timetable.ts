import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { Fen } from './money.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

/** What can stand between a meeting and its place in a timetable, the easiest to lift first. The last three mean that nothing of the kind exists at all. */
export const constraints = [
  'instructor-busy',
  'room-busy',
  'travel',
  'weekly-cap',
  'availability',
  'opening-hours',
  'order',
  'closed-day',
  'room-capacity',
  'equipment',
  'region',
  'qualification',
  'instructors',
  'room',
  'hours',
] as const
export type Constraint = (typeof constraints)[number]

/** What keeps a meeting out, in words; `wouldHelp` says what would let it in. */
export const TimetableReason = z.strictObject({ constraint: z.enum(constraints), reason: Text, wouldHelp: Text })

/** A wish for an instructor: meetings of one run, all or none, and the fee for each. */
export const TimetableAsk = z.strictObject({
  instructorId: idOf('instructor'),
  meetingIds: z.array(idOf('meeting')).check(z.minLength(1), z.maxLength(40)),
  feeFen: Fen,
})
/** A room for a meeting, by its name in the meeting's venue. */
export const TimetableRoomWish = z.strictObject({ meetingId: idOf('meeting'), room: z.string().check(z.minLength(1), z.maxLength(60)) })

/** A meeting as a timetable would have it. `instructors`: who is proposed, without those who are asked already. */
export const TimetableMeetingProposal = z.strictObject({
  meetingId: idOf('meeting'),
  from: Instant,
  to: Instant,
  state: z.enum(['proposed', 'settled', 'unplaced']),
  room: z.nullable(z.string()),
  instructors: z.array(z.strictObject({ instructorId: idOf('instructor'), name: Text })),
  /** Empty unless unplaced: lifting all of these would place it, lifting fewer would not. */
  blockedBy: z.array(TimetableReason),
  /** The nearest later hours at which it could be held beside the rest. */
  freeAt: z.nullable(z.strictObject({ from: Instant, to: Instant })),
})

/** What is proposed for one run, with the asks and rooms to send back when it is to be applied. */
export const TimetableRunProposal = z.strictObject({
  runId: idOf('run'),
  name: Text,
  meetings: z.array(TimetableMeetingProposal),
  asks: z.array(TimetableAsk),
  rooms: z.array(TimetableRoomWish),
})
export type TimetableRunProposal = z.infer<typeof TimetableRunProposal>

export const TimetableProposal = z.strictObject({
  runs: z.array(TimetableRunProposal),
  /** Minutes that the proposed instructors travel, from their base and back. */
  travelMinutes: z.int(),
  /** How many more instructors the runs have than their meetings need. */
  changes: z.int(),
  /** Whether the search ended because time ran out; what is proposed holds all the same. */
  stoppedEarly: z.boolean(),
})
export type TimetableProposal = z.infer<typeof TimetableProposal>
