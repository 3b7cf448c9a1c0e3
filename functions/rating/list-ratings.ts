import type { Actor, Page } from '@skills/contract/actor.ts'
import type { PublicRating, RatingLine, RatingSummary } from '@skills/contract/ratings.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { dateAt } from '@skills/contract/time.ts'
import { keys } from '@skills/core/keys.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { figuresOf, perAspect, summaryOf, type RatingFigures } from '@skills/core/rating/figures.ts'
import { readCourseFigures, readProviderFigures } from '@skills/core/rating/figures.table.ts'
import { publicRating, ratingLine } from '@skills/core/rating/rating.ts'
import { readMonthRatings, readProviderRatings, readRatings } from '@skills/core/rating/rating.table.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

const none = figuresOf(
  0,
  perAspect(() => 0),
)
const summary = (figures: RatingFigures | undefined): RatingSummary => summaryOf(figures ?? none)

/** What is public of a course's ratings, the newest first, with the figures of all of them. Refuses `not-found` for a course that was never published. */
export async function listRatings(
  world: World,
  { params: { courseId }, page }: { params: { courseId: string }; page: Page },
): Promise<{ items: PublicRating[]; next: string | null; figures: RatingSummary }> {
  const course = (await readItem(world.table, keys.course.key(courseId)))?.['course'] as { state: string } | undefined
  if (course === undefined || course.state === 'draft') throw new Refusal('not-found')
  const [{ ratings, next }, figures] = await Promise.all([
    readRatings(world.table, courseId, page),
    readCourseFigures(world.table, [courseId]),
  ])
  return { items: ratings.map(publicRating), next, figures: summary(figures.get(courseId)) }
}

/** The ratings of a provider for whoever acts for it, and for operators. Refuses `not-found`. */
export async function listProviderRatings(
  world: World,
  { actor, params: { providerId }, page }: { actor: Actor; params: { providerId: string }; page: Page },
): Promise<{ items: RatingLine[]; next: string | null; figures: RatingSummary }> {
  const lookers = ['provider:manager', 'provider:registrar'] as const
  const known = mayAct(actor, providerId, lookers) && (await readItem(world.table, keys.provider.key(providerId))) !== undefined
  if (!known) throw new Refusal('not-found')
  const [{ ratings, next }, figures] = await Promise.all([
    readProviderRatings(world.table, providerId, page),
    readProviderFigures(world.table, [providerId]),
  ])
  return { items: ratings.map(ratingLine), next, figures: summary(figures.get(providerId)) }
}

/** All ratings that came in a month, for operators. */
export async function listAllRatings(
  world: World,
  { query, page }: { query: { month?: string | undefined }; page: Page },
): Promise<{ items: RatingLine[]; next: string | null }> {
  const { ratings, next } = await readMonthRatings(world.table, query.month ?? dateAt(world.now()).slice(0, 7), page)
  return { items: ratings.map(ratingLine), next }
}
