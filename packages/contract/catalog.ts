import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { Fen } from './money.ts'
import { RefundPolicy } from './order.ts'
import { Delivery, Education, Family, Level } from './taxonomy.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

const code = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/))
const region = z.string().check(z.regex(/^\d{6}$/))

export const Provider = z.strictObject({ id: idOf('provider'), code, name: Text, about: Text, region })
export type Provider = z.infer<typeof Provider>

export const Room = z.strictObject({ name: z.string(), capacity: z.int().check(z.minimum(1)), equipment: z.array(z.string()) })
export const Venue = z.strictObject({
  id: idOf('venue'),
  code,
  providerId: idOf('provider'),
  name: Text,
  address: Text,
  region,
  rooms: z.array(Room),
})
export type Venue = z.infer<typeof Venue>

/** Entry conditions as data. Ages in full years on the day of the first meeting. */
export const EntryCondition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('age'), min: z.optional(z.int()), max: z.optional(z.int()) }),
  z.strictObject({ kind: z.literal('education'), atLeast: Education }),
  z.strictObject({ kind: z.literal('health-commitment') }),
  z.strictObject({ kind: z.literal('certificate'), trade: z.string(), level: z.optional(Level) }),
])
export type EntryCondition = z.infer<typeof EntryCondition>

export const Image = z.strictObject({ src: z.string(), width: z.int(), height: z.int(), alt: Text })
export type Image = z.infer<typeof Image>

export const courseStates = ['draft', 'published', 'withdrawn'] as const
export const CourseState = z.enum(courseStates)
export type CourseState = z.infer<typeof CourseState>

/** What is taught. Hours are class hours 课时; `feeFen` is the list fee, a run's price may be lower. */
export const Course = z.strictObject({
  id: idOf('course'),
  code,
  providerId: idOf('provider'),
  title: Text,
  summary: Text,
  outcomes: z.array(Text),
  audience: Text,
  industry: z.string(),
  trade: z.nullable(z.string()),
  level: z.nullable(Level),
  family: Family,
  delivery: Delivery,
  languages: z.array(z.enum(['zh', 'en'])),
  theoryHours: z.int().check(z.minimum(0)),
  practiceHours: z.int().check(z.minimum(0)),
  feeFen: Fen,
  conditions: z.array(EntryCondition),
  images: z.array(Image),
  state: CourseState,
})
export type Course = z.infer<typeof Course>

export const runStates = ['draft', 'published', 'registration-open', 'registration-closed', 'running', 'completed', 'cancelled'] as const
export const RunState = z.enum(runStates)
export type RunState = z.infer<typeof RunState>

export const Meeting = z.strictObject({
  id: idOf('meeting'),
  startsAt: Instant,
  endsAt: Instant,
  kind: z.enum(['classroom', 'practice', 'live', 'video', 'assessment']),
  venueId: z.nullable(idOf('venue')),
  room: z.nullable(z.string()),
})
export type Meeting = z.infer<typeof Meeting>

/** A run that takes place only if enough have a seat at an instant; from `confirmedAt` on it does. */
export const Tentative = z.strictObject({ minimum: z.int().check(z.minimum(1)), decideAt: Instant, confirmedAt: z.nullable(Instant) })

/** A dated offering of a course. A seat can be given back until `cancelUntilMinutes` before the first meeting. */
export const Run = z.strictObject({
  id: idOf('run'),
  code,
  courseId: idOf('course'),
  providerId: idOf('provider'),
  name: Text,
  state: RunState,
  opensAt: Instant,
  closesAt: Instant,
  capacity: z.int().check(z.minimum(1), z.maximum(5000)),
  priceFen: Fen,
  cancelUntilMinutes: z.int().check(z.minimum(0)),
  /** Left out: the standard policy of the house. */
  refundPolicy: z.optional(RefundPolicy),
  /** Left out: it takes place however many come. */
  tentative: z.optional(Tentative),
  /** It was cancelled to be held together with this run of the same course. */
  mergedInto: z.optional(idOf('run')),
  region,
  venueId: z.nullable(idOf('venue')),
  meetings: z.array(Meeting).check(z.minLength(1), z.maxLength(200)),
})
export type Run = z.infer<typeof Run>

/** How many seats of a run are free at an instant; `registration` is judged by the clock, not by the last sweep. */
export const Seats = z.strictObject({
  runId: idOf('run'),
  capacity: z.int(),
  free: z.int(),
  registration: z.enum(['not-open', 'open', 'closed', 'cancelled']),
  asOf: Instant,
})
export type Seats = z.infer<typeof Seats>
