import {
  aspects,
  meanFrom,
  prior,
  type Aspect,
  type AspectStars,
  type InstructorRating,
  type RatingSummary,
} from '@skills/contract/ratings.ts'

/** What the ratings of a course or a provider come to: how many count, the stars of each aspect added up, and the mean of all in hundredths (null below `meanFrom`). */
export interface RatingFigures {
  count: number
  sums: Record<Aspect, number>
  overallHundredths: number | null
}

/** How often somebody was rated, and the stars added up: an instructor, or one aspect. */
export interface Tally {
  count: number
  stars: number
}

/**
 * The mean in hundredths of a star, rounded half up in whole numbers: `prior.count` ratings of `prior.hundredths` are added to those there are, so that three friends do not lift a course above
 * one that hundreds know (a Bayesian mean). Null below `meanFrom` ratings. In: ratings, and their stars added up over `parts` aspects.
 */
export function meanHundredths({ count, stars }: Tally, parts = 1): number | null {
  if (count < meanFrom) return null
  const [above, below] = [100 * stars + prior.hundredths * prior.count * parts, (prior.count + count) * parts]
  return Math.floor((2 * above + below) / (2 * below))
}

/** Figures out of their sums. */
export function figuresOf(count: number, sums: Record<Aspect, number>): RatingFigures {
  const stars = aspects.reduce((total, aspect) => total + sums[aspect], 0)
  return { count, sums, overallHundredths: meanHundredths({ count, stars }, aspects.length) }
}

/** Figures made anew of the ratings that count. */
export function rebuild(ratings: readonly AspectStars[]): RatingFigures {
  return figuresOf(
    ratings.length,
    perAspect((aspect) => ratings.reduce((sum, stars) => sum + stars[aspect], 0)),
  )
}

/** Something for each aspect. */
export function perAspect<T>(of: (aspect: Aspect) => T): Record<Aspect, T> {
  return Object.fromEntries(aspects.map((aspect) => [aspect, of(aspect)])) as Record<Aspect, T>
}

/** Figures as everybody sees them. */
export function summaryOf({ count, sums, overallHundredths }: RatingFigures): RatingSummary {
  const means = perAspect((aspect) => meanHundredths({ count, stars: sums[aspect] }))
  return { count, overallHundredths, missing: Math.max(0, meanFrom - count), aspects: means }
}

/** An instructor's figures as everybody sees them. */
export function instructorRating(tally: Tally): InstructorRating {
  return { count: tally.count, overallHundredths: meanHundredths(tally) }
}
