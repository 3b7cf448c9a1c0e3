import * as z from 'zod/mini'
import { Meeting } from './catalog.ts'
import { idOf } from './ids.ts'
import { Fen } from './money.ts'
import { InstructorRating } from './ratings.ts'
import { Level } from './taxonomy.ts'
import { Text } from './text.ts'
import { CivilDate, Instant } from './time.ts'

/** Full-time and part-time instructors; model workers 劳模 and craftsmen 工匠 who teach what they are known for. */
export const instructorKinds = ['full-time', 'part-time', 'model-worker', 'craftsman'] as const

/** `revoked`: an operator found after it was verified that it does not hold. */
export const qualificationStates = ['claimed', 'verified', 'refused', 'revoked'] as const
const region = z.string().check(z.regex(/^\d{6}$/))
const shortText = (most: number) => z.strictObject({ zh: words(most), en: words(most) })
const words = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))

/** `HH:MM` on the clock of Beijing; `24:00` is the end of the day. */
export const Clock = z.string().check(z.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/))

/** Hours of every week in which somebody can teach. Weekdays 1 (Monday) to 7. */
export const WeeklyWindow = z.strictObject({ weekday: z.int().check(z.minimum(1), z.maximum(7)), from: Clock, to: Clock })
export type WeeklyWindow = z.infer<typeof WeeklyWindow>

const hours = { from: Instant, to: Instant, kind: z.enum(['free', 'busy']) }
/** Hours that differ from the weekly windows: written by herself, read out of a calendar, or lost to an illness. No titles are kept. */
export const Exception = z.strictObject({ ...hours, source: z.enum(['own', 'calendar', 'illness']) })
export type Exception = z.infer<typeof Exception>

/** What an instructor may teach, with the proof of it. Without `until` it does not expire. */
export const Qualification = z.strictObject({
  id: idOf('qualification'),
  trade: z.string(),
  level: z.nullable(Level),
  /** What the proof is and where an operator can check it, in words; never a number that is an ID. */
  proof: z.string(),
  /** A scan of it, inspected; only she and operators can open it. */
  fileId: z.nullable(idOf('file')),
  until: z.nullable(CivilDate),
  state: z.enum(qualificationStates),
  claimedAt: Instant,
  decidedAt: z.nullable(Instant),
  /** Why it was refused or revoked, or a remark. */
  reason: z.nullable(z.string()),
})
export type Qualification = z.infer<typeof Qualification>

/** What an instructor says of herself. `listed`: providers may find and ask her. Fees in fen an hour, the cap in minutes a week over all providers. */
export const InstructorInput = z.strictObject({
  name: shortText(40),
  about: shortText(500),
  kinds: z.array(z.enum(instructorKinds)).check(z.minLength(1), z.maxLength(4)),
  regions: z.array(region).check(z.minLength(1), z.maxLength(30)),
  baseRegion: region,
  weeklyMinutes: z.int().check(z.minimum(30), z.maximum(3600)),
  feeFenPerHour: Fen,
  languages: z.array(z.enum(['zh', 'en'])).check(z.minLength(1), z.maxLength(2)),
  listed: z.boolean(),
})
export type InstructorInput = z.infer<typeof InstructorInput>

export const AvailabilityInput = z.strictObject({
  windows: z.array(WeeklyWindow).check(z.maxLength(50)),
  exceptions: z.array(z.strictObject(hours)).check(z.maxLength(200)),
})
export type AvailabilityInput = z.infer<typeof AvailabilityInput>

/** An instructor as she sees herself. */
export const Instructor = z.extend(InstructorInput, {
  id: idOf('instructor'),
  /** Stands in answers: what she sees is of this version, and a change sends it back. */
  version: z.optional(z.int()),
  qualifications: z.array(Qualification),
  windows: z.array(WeeklyWindow),
  exceptions: z.array(Exception),
  /** When she last imported a calendar. */
  calendarAt: z.optional(Instant),
})
export type Instructor = z.infer<typeof Instructor>

/** An instructor as providers see her: verified qualifications only, neither her hours nor her other work. */
export const InstructorCard = z.strictObject({
  id: idOf('instructor'),
  ...z.pick(InstructorInput, {
    name: true,
    about: true,
    kinds: true,
    regions: true,
    baseRegion: true,
    feeFenPerHour: true,
    languages: true,
  }).shape,
  qualifications: z.array(
    z.strictObject({ id: idOf('qualification'), trade: z.string(), level: z.nullable(Level), until: z.nullable(CivilDate) }),
  ),
})
export type InstructorCard = z.infer<typeof InstructorCard>

const assignment = {
  bookingId: idOf('booking'),
  meetingId: idOf('meeting'),
  state: z.enum(['asked', 'accepted']),
  /** Until when a request waits for its answer. */
  until: z.nullable(Instant),
  feeFen: Fen,
}

/** An instructor for a meeting, as the provider sees it. */
export const Assignment = z.strictObject({
  ...assignment,
  instructorId: idOf('instructor'),
  instructorName: Text,
  from: Instant,
  to: Instant,
  /** Whether she is qualified still for this meeting: what was verified when she was asked may have been revoked. */
  qualified: z.boolean(),
})
export type Assignment = z.infer<typeof Assignment>

/** A run as its instructor sees it, with the meetings that are hers. */
export const TeachingItem = z.strictObject({
  runId: idOf('run'),
  title: Text,
  runName: Text,
  providerName: Text,
  cancelled: z.boolean(),
  region,
  meetings: z.array(
    z.strictObject({
      ...assignment,
      startsAt: Instant,
      endsAt: Instant,
      kind: Meeting.shape.kind,
      venue: z.nullable(z.strictObject({ name: Text, address: Text })),
      room: z.nullable(z.string()),
    }),
  ),
})
export type TeachingItem = z.infer<typeof TeachingItem>

/** An instructor beside meetings of a run. `obstacles` is empty for who could teach all of them; the order of a list follows from these fields. */
export const ProposedInstructor = z.strictObject({
  instructor: InstructorCard,
  /** How people who attended rated her; no part of the order. */
  rating: InstructorRating,
  /** From where she lives, by the table of regions; null where all is online. */
  travelMinutes: z.nullable(z.int()),
  /** For all of the meetings, by her price an hour. */
  feeFen: Fen,
  /** What she imported out of her calendar is older than two weeks: her hours may be out of date. */
  calendarOld: z.boolean(),
  obstacles: z.array(z.strictObject({ meetingId: idOf('meeting'), kind: z.string(), detail: Text })),
})
export type ProposedInstructor = z.infer<typeof ProposedInstructor>
