import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { PageQuery, pageOf } from './page.ts'
import { foldReasons, MyRating, PublicRating, RatingInput, RatingLine, RatingOffer, RatingSummary } from './ratings.ts'
import { route } from './route.ts'

const part = { tag: 'ratings', function: 'rating' } as const
const ofEnrollment = z.strictObject({ enrollmentId: idOf('enrollment') })
const ofRating = z.strictObject({ courseId: idOf('course'), ratingId: idOf('rating') })
const words = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))

export const listRatings = route({
  name: 'listRatings',
  summary: { zh: '课程的学员评价，新的在前', en: 'What people who attended say of a course, the newest first' },
  ...part,
  who: 'anyone',
  params: z.strictObject({ courseId: idOf('course') }),
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: z.extend(pageOf(PublicRating), { figures: RatingSummary }) },
  refusals: ['invalid-cursor'],
  cacheSeconds: 30,
})

export const getMyRating = route({
  name: 'getMyRating',
  summary: { zh: '我能否评价这一期，以及我的评价', en: 'Whether I may rate a run, and my rating' },
  ...part,
  who: 'person',
  params: ofEnrollment,
  answer: { status: 200, body: RatingOffer },
  refusals: [],
})

const judged = ['rating-not-yet', 'rating-not-attended', 'rating-own-house'] as const

export const rateRun = route({
  name: 'rateRun',
  summary: { zh: '评价一期培训', en: 'Rate a run' },
  ...part,
  who: 'person',
  params: ofEnrollment,
  body: RatingInput,
  answer: { status: 201, body: MyRating },
  refusals: [...judged, 'rating-over', 'already-rated', 'instructor-not-of-run', 'validation-failed', 'busy', 'outcome-unknown'],
})

export const changeRating = route({
  name: 'changeRating',
  summary: { zh: '修改我的评价', en: 'Change my rating' },
  ...part,
  who: 'person',
  params: ofEnrollment,
  /** `version`: what was shown. What was said before stays in the history. */
  body: z.strictObject({ ...RatingInput.shape, version: z.int() }),
  answer: { status: 200, body: MyRating },
  refusals: [
    'rating-closed',
    'changed-enough',
    'version-conflict',
    'instructor-not-of-run',
    'validation-failed',
    'busy',
    'outcome-unknown',
  ],
})

export const listProviderRatings = route({
  name: 'listProviderRatings',
  summary: { zh: '机构收到的评价，新的在前', en: 'The ratings of a provider, the newest first' },
  ...part,
  who: { anyOf: ['provider:manager', 'provider:registrar', 'platform:operator'] },
  params: z.strictObject({ providerId: idOf('provider') }),
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: z.extend(pageOf(RatingLine), { figures: RatingSummary }) },
  refusals: ['invalid-cursor'],
})

export const answerRating = route({
  name: 'answerRating',
  summary: { zh: '机构回复评价', en: 'Answer a rating, for its provider' },
  ...part,
  who: { anyOf: ['provider:manager'] },
  params: ofRating,
  body: z.strictObject({ text: words(1_000) }),
  answer: { status: 201, body: RatingLine },
  refusals: ['already-answered', 'validation-failed', 'busy', 'outcome-unknown'],
})

export const correctAnswer = route({
  name: 'correctAnswer',
  summary: { zh: '更正机构的回复', en: 'Correct the answer to a rating' },
  ...part,
  who: { anyOf: ['provider:manager'] },
  params: ofRating,
  body: z.strictObject({ text: words(1_000), version: z.int() }),
  answer: { status: 200, body: RatingLine },
  refusals: ['rating-closed', 'changed-enough', 'version-conflict', 'illegal-transition', 'validation-failed', 'busy', 'outcome-unknown'],
})

export const listAllRatings = route({
  name: 'listAllRatings',
  summary: { zh: '某月的全部评价，新的在前', en: 'All ratings of a month, the newest first' },
  ...part,
  who: { anyOf: ['platform:operator'] },
  /** Left out: this month in Beijing. */
  query: z.strictObject({ ...PageQuery, month: z.optional(z.string().check(z.regex(/^20\d\d-(0[1-9]|1[0-2])$/))) }),
  answer: { status: 200, body: pageOf(RatingLine) },
  refusals: ['invalid-cursor'],
})

export const foldRating = route({
  name: 'foldRating',
  summary: { zh: '折叠评价，或恢复显示', en: 'Fold a rating, or show it again' },
  ...part,
  who: { anyOf: ['platform:operator'] },
  params: ofRating,
  /** `reason` null shows it again. The sentence is public. */
  body: z.strictObject({ reason: z.nullable(z.enum(foldReasons)), sentence: words(200), version: z.int() }),
  answer: { status: 200, body: RatingLine },
  refusals: ['did-attend', 'illegal-transition', 'version-conflict', 'validation-failed', 'busy', 'outcome-unknown'],
})
