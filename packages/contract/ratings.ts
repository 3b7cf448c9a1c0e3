import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

/** What a run is rated for: what was taught, how, how it was organised, where, and what it was good for. */
export const aspects = ['content', 'teaching', 'organisation', 'venue', 'usefulness'] as const
export type Aspect = (typeof aspects)[number]

/** Five is best. */
export const Stars = z.int().check(z.minimum(1), z.maximum(5))
export const AspectStars = z.strictObject({ content: Stars, teaching: Stars, organisation: Stars, venue: Stars, usefulness: Stars })
export type AspectStars = z.infer<typeof AspectStars>

/** Below so many ratings no mean is shown: one or two people are no picture of a course. */
export const meanFrom = 3
/** The mean that a course has before anybody rated it, in hundredths of a star, and for how many ratings that counts. Published; nothing else goes into a mean. */
export const prior = { hundredths: 380, count: 5 } as const

/** A mean in hundredths of a star, or null below `meanFrom` ratings. */
const Mean = z.nullable(z.int().check(z.minimum(100), z.maximum(500)))

/** How something was rated: how often, and the means with the prior in them. */
export const RatingSummary = z.strictObject({
  count: z.int(),
  overallHundredths: Mean,
  /** How many more ratings it takes until means are shown. */
  missing: z.int(),
  aspects: z.strictObject({ content: Mean, teaching: Mean, organisation: Mean, venue: Mean, usefulness: Mean }),
})
export type RatingSummary = z.infer<typeof RatingSummary>

/** How an instructor was rated over all her runs. */
export const InstructorRating = z.strictObject({ count: z.int(), overallHundredths: Mean })
export type InstructorRating = z.infer<typeof InstructorRating>

/** Why a rating's words are not shown. Only `did-not-attend` takes its stars out of the figures. */
export const foldReasons = ['personal-data', 'insult', 'unlawful', 'off-topic', 'did-not-attend'] as const
export type FoldReason = (typeof foldReasons)[number]
export const Fold = z.strictObject({ reason: z.enum(foldReasons), sentence: z.string(), at: Instant })

const Answer = z.strictObject({ text: z.string(), at: Instant, changedAt: z.nullable(Instant) })

/** A rating as everybody sees it. Of a folded one the words are gone and the reason stands in their place. */
export const PublicRating = z.strictObject({
  id: idOf('rating'),
  /** `张*`, or null where she chose to stay anonymous. */
  author: z.nullable(z.string()),
  runName: Text,
  aspects: AspectStars,
  text: z.nullable(z.string()),
  at: Instant,
  changedAt: z.nullable(Instant),
  answer: z.nullable(Answer),
  fold: z.nullable(Fold),
})
export type PublicRating = z.infer<typeof PublicRating>

/** A rating as its provider and operators see it. */
export const RatingLine = z.strictObject({
  ...PublicRating.shape,
  courseId: idOf('course'),
  courseTitle: Text,
  providerId: idOf('provider'),
  version: z.int(),
  /** Until when the provider's answer can be corrected; null where there is none yet. */
  answerUntil: z.nullable(Instant),
})
export type RatingLine = z.infer<typeof RatingLine>

const InstructorStars = z.strictObject({ instructorId: idOf('instructor'), stars: Stars })
export type InstructorStars = z.infer<typeof InstructorStars>

/** What somebody says of a run. */
export const RatingInput = z.strictObject({
  aspects: AspectStars,
  text: z.nullable(z.string().check(z.maxLength(1_000))),
  instructors: z.array(InstructorStars).check(z.maxLength(20)),
  anonymous: z.boolean(),
})
export type RatingInput = z.infer<typeof RatingInput>

/** One's own rating, with everything she said before. */
export const MyRating = z.strictObject({
  ...PublicRating.shape,
  version: z.int(),
  instructors: z.array(InstructorStars),
  /** Until when it can be changed. */
  changeUntil: Instant,
  earlier: z.array(z.strictObject({ ...RatingInput.shape, at: Instant })),
})
export type MyRating = z.infer<typeof MyRating>

/** Whether one may rate a run: why not, until when, and who taught. */
export const RatingOffer = z.strictObject({
  enrollmentId: idOf('enrollment'),
  courseId: idOf('course'),
  title: Text,
  runName: Text,
  state: z.enum(['open', 'rated', 'not-yet', 'not-attended', 'own-house', 'over']),
  /** From when, for `not-yet`; until when otherwise. */
  from: Instant,
  until: Instant,
  author: z.string(),
  instructors: z.array(z.strictObject({ id: idOf('instructor'), name: Text })),
  rating: z.nullable(MyRating),
})
export type RatingOffer = z.infer<typeof RatingOffer>
