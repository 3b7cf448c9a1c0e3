import { aspects, meanFrom, prior, type AspectStars } from '@skills/contract/ratings.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figuresOf, instructorRating, meanHundredths, perAspect, rebuild, summaryOf } from '@skills/core/rating/figures.ts'

const star = fc.integer({ min: 1, max: 5 })
const stars: fc.Arbitrary<AspectStars> = fc.record({ content: star, teaching: star, organisation: star, venue: star, usefulness: star })
const ratings = fc.array(stars, { maxLength: 60 })

describe('figures of ratings', () => {
  it.each([
    [0, null],
    [2, null],
    [3, 425],
    [5, 440],
    [10_000, 500],
  ])('of %i ratings of five stars show %s', (count, hundredths) => {
    expect(meanHundredths({ count, stars: 5 * count })).toBe(hundredths)
  })
  it('round half up in whole numbers', () => {
    // (380 × 5 + 900) / 8 = 350; (380 × 5 + 1200) / 8 = 387.5
    expect([meanHundredths({ count: 3, stars: 9 }), meanHundredths({ count: 3, stars: 12 })]).toEqual([350, 388])
  })
  it('say how many ratings are missing, and no mean before', () => {
    const { count, missing, overallHundredths, aspects: means } = summaryOf(rebuild([oneStar]))
    expect([count, missing, overallHundredths, means.venue]).toEqual([1, 2, null, null])
    expect(instructorRating({ count: 2, stars: 10 })).toEqual({ count: 2, overallHundredths: null })
  })
  it('are the same whatever the order, and the sum of their parts', () => {
    fc.assert(
      fc.property(ratings, ratings, (some, others) => {
        const [one, other, both] = [rebuild(some), rebuild(others), rebuild([...others, ...some])]
        expect(
          figuresOf(
            one.count + other.count,
            perAspect((aspect) => one.sums[aspect] + other.sums[aspect]),
          ),
        ).toEqual(both)
      }),
    )
  })
  it('lie between the plain mean and the prior, and never leave the scale', () => {
    fc.assert(
      fc.property(fc.array(stars, { minLength: meanFrom, maxLength: 60 }), (some) => {
        const { overallHundredths, count, sums } = rebuild(some)
        const plain = (100 * aspects.reduce((sum, aspect) => sum + sums[aspect], 0)) / (count * aspects.length)
        expect(overallHundredths).toBeGreaterThanOrEqual(Math.floor(Math.min(plain, prior.hundredths)))
        expect(overallHundredths).toBeLessThanOrEqual(Math.ceil(Math.max(plain, prior.hundredths)))
      }),
    )
  })
  it('rise with each better rating', () => {
    fc.assert(
      fc.property(fc.array(stars, { minLength: meanFrom, maxLength: 20 }), (some) => {
        const [better, worse] = [rebuild([...some, fiveStars]), rebuild([...some, oneStar])]
        expect(better.overallHundredths ?? 0).toBeGreaterThan(worse.overallHundredths ?? 0)
      }),
    )
  })
})

const oneStar = perAspect(() => 1)
const fiveStars = perAspect(() => 5)
