import * as z from 'zod/mini'
import { Course, EntryCondition, Meeting, Run, RunState } from './catalog.ts'
import { idOf } from './ids.ts'
import { Fen } from './money.ts'
import { Delivery, Family, Level } from './taxonomy.ts'
import { Text } from './text.ts'
import { CivilDate, Instant } from './time.ts'

/** A code that a provider gives a course or a run; fixed once given. */
export const Code = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/))
const region = z.string().check(z.regex(/^\d{6}$/))
const short = z.string().check(z.minLength(1), z.maxLength(60))

/** What a provider writes of a course. Whole: what is left out of a change is gone. */
export const CourseInput = z.strictObject({
  title: Text,
  summary: Text,
  outcomes: z.array(Text).check(z.maxLength(20)),
  audience: Text,
  industry: short,
  trade: z.nullable(short),
  level: z.nullable(Level),
  family: Family,
  delivery: Delivery,
  languages: z.array(z.enum(['zh', 'en'])).check(z.minLength(1), z.maxLength(2)),
  theoryHours: z.int().check(z.minimum(0), z.maximum(2000)),
  practiceHours: z.int().check(z.minimum(0), z.maximum(2000)),
  feeFen: Fen,
  conditions: z.array(EntryCondition).check(z.maxLength(8)),
})
export type CourseInput = z.infer<typeof CourseInput>

/** The refund policies a provider can choose from; each is data with a version (`core/planning/named-policies.ts`). */
export const policyNames = ['standard', 'generous', 'until-start'] as const
export const PolicyName = z.enum(policyNames)
export type PolicyName = z.infer<typeof PolicyName>

/** A meeting as it is planned. `id` names one that the run has already; without it the meeting is new. Devices are named as the venue's equipment. */
export const PlannedMeeting = z.strictObject({
  id: z.optional(idOf('meeting')),
  startsAt: Instant,
  endsAt: Instant,
  kind: Meeting.shape.kind,
  venueId: z.nullable(idOf('venue')),
  room: z.nullable(short),
  devices: z.array(short).check(z.maxLength(4)),
})
export type PlannedMeeting = z.infer<typeof PlannedMeeting>

/** A run that takes place only when enough people have a seat by an instant; otherwise it is cancelled then. */
export const TentativeInput = z.strictObject({ minimum: z.int().check(z.minimum(1), z.maximum(5000)), decideAt: Instant })

/** The most meetings of a run that is planned here: one transaction books all of its rooms. */
export const mostMeetings = 60

/** What a provider plans of a run. `onHolidays`: meetings may lie on public holidays, on purpose. */
export const RunInput = z.strictObject({
  name: Text,
  opensAt: Instant,
  closesAt: Instant,
  capacity: z.int().check(z.minimum(1), z.maximum(600)),
  priceFen: Fen,
  cancelUntilMinutes: z.int().check(z.minimum(0), z.maximum(60 * 24 * 60)),
  policy: PolicyName,
  region,
  venueId: z.nullable(idOf('venue')),
  tentative: z.nullable(TentativeInput),
  onHolidays: z.boolean(),
  meetings: z.array(PlannedMeeting).check(z.minLength(1), z.maxLength(mostMeetings)),
})
export type RunInput = z.infer<typeof RunInput>

/** Days of the week 1 (Monday) to 7, at the same hours, from a date until so many lessons are found. Clocks are Beijing's. */
export const Pattern = z.strictObject({
  from: CivilDate,
  weekdays: z.array(z.int().check(z.minimum(1), z.maximum(7))).check(z.minLength(1), z.maxLength(7)),
  starts: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
  ends: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
  lessons: z.int().check(z.minimum(1), z.maximum(mostMeetings)),
  kind: Meeting.shape.kind,
  venueId: z.nullable(idOf('venue')),
  room: z.nullable(short),
  devices: z.array(short).check(z.maxLength(4)),
})
export type Pattern = z.infer<typeof Pattern>

/** What a day is to people with a job: `worked` is a weekend day on which China works instead of a holiday (调休). */
export const dayKinds = ['working', 'weekend', 'holiday', 'worked'] as const
export type DayKind = (typeof dayKinds)[number]

/** Hours that are taken, and what is free instead: rooms of the same venue that fit, and near hours of the same room. */
export const RoomClash = z.strictObject({
  /** The place of the meeting in what was sent. */
  meeting: z.int(),
  resource: z.string(),
  from: Instant,
  to: Instant,
  freeRooms: z.array(z.string()),
  freeTimes: z.array(z.strictObject({ from: Instant, to: Instant })),
})
export type RoomClash = z.infer<typeof RoomClash>

/** A reason in both languages with its stable code, and where it lies (JSON pointer). */
export const PlanReason = z.strictObject({ code: z.string(), pointer: z.string(), words: Text })
export type PlanReason = z.infer<typeof PlanReason>

/** What is due of a run, for its planner. */
export const RunSeats = z.strictObject({ free: z.int(), held: z.int(), sold: z.int() })

/** A run in a provider's list. `planned`: it has a crew, so that publishing asks for rooms and instructors. */
export const RunLine = z.strictObject({
  id: idOf('run'),
  code: z.string(),
  name: Text,
  state: RunState,
  opensAt: Instant,
  closesAt: Instant,
  startsAt: Instant,
  endsAt: Instant,
  meetings: z.int(),
  capacity: z.int(),
  priceFen: Fen,
  seats: RunSeats,
  planned: z.boolean(),
  /** Meetings that nobody has accepted to teach yet, and those that wait for an answer. */
  untaught: z.int(),
  asked: z.int(),
  tentative: z.nullable(z.strictObject({ minimum: z.int(), decideAt: Instant, confirmedAt: z.nullable(Instant) })),
})
export type RunLine = z.infer<typeof RunLine>

export const CourseLine = z.strictObject({ course: Course, version: z.int(), runs: z.array(RunLine) })
export type CourseLine = z.infer<typeof CourseLine>

/** A run as its planner sees it. `reasons`: what stands between it and being published, all of it. */
export const RunPlan = z.strictObject({
  run: Run,
  version: z.int(),
  courseTitle: Text,
  planned: z.boolean(),
  policy: z.nullable(PolicyName),
  seats: RunSeats,
  rooms: z.array(z.strictObject({ meetingId: idOf('meeting'), resource: z.string() })),
  reasons: z.array(PlanReason),
})
export type RunPlan = z.infer<typeof RunPlan>
