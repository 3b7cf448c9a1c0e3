import { aspects } from '@skills/contract/ratings.ts'
import { dateAt } from '@skills/contract/time.ts'
import type { Credit } from '../attendance/credit.ts'
import { keys } from '../keys.ts'
import { ratingDigest } from '../rating/rating-digest.ts'
import { addedBy, ratingOf } from '../rating/rating.table.ts'
import { foldOf, type Rating } from '../rating/rating.ts'
import type { Item } from '../table.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

/**
 * R1 each rating has its credited attendance: the credit of that very enrollment says that its person had come, at the version that stood when she rated, and she has not rated it twice. R2 figures are the rebuild from the ratings that count. A1 what was said, answered and folded is what was recorded, all of it.
 */
export function checkRatings(books: Books): Violation[] {
  const found: Violation[] = []
  const chains = groupBy(books.of('audit'), (item) => item['entity'] as string)
  const sums = new Map<string, Map<string, number>>()
  for (const item of books.of('rating')) {
    const rating = ratingOf(item) as Rating
    found.push(...checkOne(books, item, rating, chains))
    for (const [id, added] of addedBy(rating)) {
      const sum = sums.get(id) ?? new Map<string, number>()
      for (const [name, by] of added) sum.set(name, (sum.get(name) ?? 0) + by)
      sums.set(id, sum)
    }
  }
  const written = new Map(books.of('ratingFigures').map((item) => [`${item.pk}\n${item.sk}`, item]))
  for (const [id, sum] of sums) {
    const { pk, sk } = keys.ratingFigures.key(id)
    const item = written.get(`${pk}\n${sk}`)
    written.delete(`${pk}\n${sk}`)
    if (item === undefined) found.push({ code: 'R2', at: `${pk} / ${sk}`, says: 'its ratings are counted nowhere' })
    else if (!same(item, sum)) found.push({ code: 'R2', at: where(item), says: 'they are not what the ratings come to' })
  }
  // Ratings that count no more leave figures of nothing.
  for (const item of written.values())
    if (!same(item, new Map())) found.push({ code: 'R2', at: where(item), says: 'they count ratings that do not exist' })
  return found
}

const same = (item: Item, sum: ReadonlyMap<string, number>) =>
  ['ratings', 'stars', ...aspects].every((name) => ((item[name] as number | undefined) ?? 0) === (sum.get(name) ?? 0))

function checkOne(books: Books, item: Item, rating: Rating, chains: ReadonlyMap<string, readonly Item[]>): Violation[] {
  const { id, personId, runId, enrollmentId, courseId, providerId, creditVersion, at } = rating
  const found: Violation[] = []
  const wrong = (code: 'R1' | 'A1', says: string) => void found.push({ code, at: where(item), says })
  const credit = books.find(keys.credit.key(personId, runId).pk, keys.credit.key(personId, runId).sk) as (Item & Credit) | undefined
  const came = (chains.get(credit?.entity ?? '') ?? []).find(({ version }) => version === creditVersion)?.['action']
  const last = foldOf(rating)?.reason
  if (credit === undefined || (came !== 'credit completed' && came !== 'credit incomplete'))
    wrong('R1', 'nothing shows that its person attended when she rated')
  else if (credit.enrollmentId === enrollmentId && credit.version === creditVersion && credit.minutes === 0 && last !== 'did-not-attend')
    wrong('R1', 'it was made without a minute of attendance')
  if (last === 'did-not-attend' && credit !== undefined && credit.version === creditVersion && credit.minutes > 0)
    wrong('R1', 'it was folded as of somebody who did not attend, and she did')
  const { pk, sk } = keys.ratingOf.key(personId, enrollmentId)
  const pointer = books.find(pk, sk)
  if (pointer?.['ratingId'] !== id || pointer['courseId'] !== courseId) wrong('R1', 'its enrollment has another rating, or none')
  const seen = [keys.ratingOfProvider.key(providerId, id), keys.ratingOfMonth.key(dateAt(at).slice(0, 7), id)]
  if (!seen.every((key) => books.find(key.pk, key.sk)?.['courseId'] === courseId)) wrong('R1', 'its provider or operators do not see it')
  const chain = (chains.get(id) ?? []).toSorted((a, b) => (a.sk < b.sk ? -1 : 1))
  if (chain.at(-1)?.['evidence'] !== ratingDigest(rating)) wrong('A1', 'what it says is not what was recorded')
  return found
}
