import type { Command } from '@skills/contract/actor.ts'
import { aspects } from '@skills/contract/ratings.ts'
import { auditStep } from '../audit.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, readRange, type Item, type Table } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import { dateAt } from '@skills/contract/time.ts'
import type { World } from '../world.ts'
import { ratingDigest } from './rating-digest.ts'
import { counts, type Rating } from './rating.ts'

/** A rating out of its item. */
export function ratingOf(item: Item | undefined): Rating | undefined {
  return item as unknown as Rating | undefined
}

/** One rating of a course. */
export async function readRating(table: Table, courseId: string, ratingId: string): Promise<Rating | undefined> {
  return ratingOf(await readItem(table, keys.rating.key(courseId, ratingId)))
}

/** The rating of an enrollment, by who wrote it. */
export async function readOwnRating(table: Table, personId: string, enrollmentId: string): Promise<Rating | undefined> {
  const pointer = await readItem(table, keys.ratingOf.key(personId, enrollmentId))
  return pointer === undefined ? undefined : readRating(table, pointer['courseId'] as string, pointer['ratingId'] as string)
}

/** All ratings that a person wrote. */
export async function readRatingsOf(table: Table, personId: string): Promise<Rating[]> {
  const { pk, sk } = keys.ratingOf.key(personId, '')
  return behind(table, await readRange(table, { pk, begins: sk }))
}

interface Place {
  limit: number
  after: string | undefined
}

/** Ratings of a course, the newest first, a page. `after`: the id of the last one of the page before. */
export async function readRatings(table: Table, courseId: string, page: Place): Promise<{ ratings: Rating[]; next: string | null }> {
  const found = await readPage(table, (id) => keys.rating.key(courseId, id), page)
  return { ratings: found.items.map((item) => ratingOf(item) as Rating), next: found.next }
}

/** Ratings of a provider, as above. */
export function readProviderRatings(table: Table, providerId: string, page: Place): Promise<{ ratings: Rating[]; next: string | null }> {
  return readBehind(table, (id) => keys.ratingOfProvider.key(providerId, id), page)
}

/** Ratings that came in a month (`yyyy-mm` in Beijing), as above. */
export function readMonthRatings(table: Table, month: string, page: Place): Promise<{ ratings: Rating[]; next: string | null }> {
  return readBehind(table, (id) => keys.ratingOfMonth.key(month, id), page)
}

async function readBehind(table: Table, keyOf: (id: string) => { pk: string; sk: string }, page: Place) {
  const { items, next } = await readPage(table, keyOf, page)
  return { ratings: await behind(table, items), next }
}

async function behind(table: Table, pointers: readonly Item[]): Promise<Rating[]> {
  const places = pointers.map(({ courseId, ratingId }) => keys.rating.key(courseId as string, ratingId as string))
  return (await readItems(table, places)).map(ratingOf).filter((one) => one !== undefined)
}

async function readPage(table: Table, keyOf: (id: string) => { pk: string; sk: string }, { limit, after }: Place) {
  const { pk, sk } = keyOf('')
  const items = await readRange(table, {
    ...{ pk, begins: sk, limit: limit + 1, backward: true },
    after: after === undefined ? undefined : keyOf(after).sk,
  })
  const shown = items.slice(0, limit)
  return { items: shown, next: items.length > limit ? (shown.at(-1)?.sk.slice(sk.length) ?? null) : null }
}

export interface RatingChange {
  before: Rating | undefined
  after: Omit<Rating, 'version' | 'auditHash'>
  action: string
  by: string
  command: Command
}

/**
 * The steps that write a rating at the version it was read, with its audit entry and the figures it changes. Each figure is added to, not written, so that two writers at once both count.
 * Fails by the names `once` (the enrollment was rated before) and `rating` (somebody else changed it).
 */
function ratingSteps(world: World, { before, after, action, by, command }: RatingChange): { rating: Rating; steps: Step[] } {
  const evidence = ratingDigest({ ...after, version: 0, auditHash: '' })
  const audit = auditStep(
    { entity: after.id, action, by, at: world.now(), commandId: command.id, evidence, own: by === after.personId },
    before,
  )
  const rating: Rating = { ...after, ...audit.history }
  const { id, courseId, personId, enrollmentId, providerId, at } = rating
  const pointer = { courseId, ratingId: id }
  const fresh = { condition: 'attribute_not_exists(pk)' }
  const is = before === undefined ? fresh : { condition: 'version = :before', values: { ':before': before.version } }
  const found: Step[] =
    before !== undefined
      ? []
      : [
          { name: 'once', put: { item: { ...keys.ratingOf.key(personId, enrollmentId), ...pointer }, ...fresh } },
          { name: 'pointer', put: { item: { ...keys.ratingOfProvider.key(providerId, id), ...pointer } } },
          { name: 'pointer', put: { item: { ...keys.ratingOfMonth.key(dateAt(at).slice(0, 7), id), ...pointer } } },
        ]
  return {
    rating,
    steps: [
      ...found,
      { name: 'rating', put: { item: { ...keys.rating.key(courseId, id), ...rating }, ...is } },
      audit.step,
      ...figureSteps(before, rating),
    ],
  }
}

/** Makes the change, with more steps beside it; the answer is how `view` shows the rating then. */
export async function writeRating<T>(
  world: World,
  change: RatingChange,
  view: (rating: Rating) => T,
  more: readonly Step[] = [],
): Promise<Outcome<T>> {
  const { rating, steps } = ratingSteps(world, change)
  return transact(world, change.command, [...steps, ...more], view(rating))
}

/** What a rating adds to the figures: per subject and attribute. Nothing where it does not count. */
export function addedBy(rating: Rating | undefined): Map<string, Map<string, number>> {
  const added = new Map<string, Map<string, number>>()
  if (rating === undefined || !counts(rating)) return added
  const stars = new Map([['ratings', 1], ...aspects.map((aspect): [string, number] => [aspect, rating.aspects[aspect]])])
  added.set(rating.courseId, stars)
  added.set(rating.providerId, stars)
  for (const { instructorId, stars: given } of rating.instructors)
    added.set(
      instructorId,
      new Map([
        ['ratings', 1],
        ['stars', given],
      ]),
    )
  return added
}

function figureSteps(before: Rating | undefined, after: Rating): Step[] {
  const [old, now] = [addedBy(before), addedBy(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id): Step[] => {
    const names = [...new Set([...(old.get(id)?.keys() ?? []), ...(now.get(id)?.keys() ?? [])])]
    const values = names
      .map((name): [string, number] => [name, (now.get(id)?.get(name) ?? 0) - (old.get(id)?.get(name) ?? 0)])
      .filter(([, by]) => by !== 0)
    if (values.length === 0) return []
    return [
      {
        name: 'figures',
        update: {
          key: keys.ratingFigures.key(id),
          set: `ADD ${values.map(([name]) => `#${name} :${name}`).join(', ')}`,
          names: Object.fromEntries(values.map(([name]) => [`#${name}`, name])),
          values: Object.fromEntries(values.map(([name, by]) => [`:${name}`, by])),
        },
      },
    ]
  })
}
