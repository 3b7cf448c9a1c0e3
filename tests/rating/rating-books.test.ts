import { scanTable, violations } from '@skills/core/books/books.table.ts'
import type { Rating } from '@skills/core/rating/rating.ts'
import type { Item } from '@skills/core/table.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld } from '../test-world.ts'
import { answer, fold, givenRun, operator, rate, said, start } from './rating-scene.ts'

let stop: () => Promise<void>
let items: Item[]
let now: string
beforeAll(async () => {
  const started = await startTable('rating-books')
  stop = started.stop
  const world = testWorld(started.table, start)
  const run = await givenRun(world, 4)
  const stars = [{ instructorId: run.teacher.instructorId, stars: 4 }]
  const [ann, ben, cal] = run.workers.map((worker) => () => rate(world, worker, said(4, { text: '很好', instructors: stars })))
  const first = await ann?.()
  await ben?.()
  await cal?.()
  await answer(world, run.manager, run, first?.id ?? '')
  await fold(world, operator, run, { id: first?.id ?? '', version: 2 }, 'insult')
  items = (await scanTable(world.table)).filter(({ pk }) => !pk.startsWith('OUTBOX#'))
  now = world.now()
})
afterAll(() => stop())

const isRating = (item: Item) => item.pk.startsWith('RATINGS#')
/** The books with some items changed or taken out. */
const faults = (change: (item: Item) => Item | undefined) => [
  ...new Set(
    violations(
      items.flatMap((item) => change(structuredClone(item)) ?? []),
      now,
    ).map(({ code }) => code),
  ),
]
const rating = (change: (one: Rating) => Partial<Rating>) => (item: Item) =>
  isRating(item) ? { ...item, ...change(item as unknown as Rating) } : item
const figures = (subject: string, change: (item: Item) => Item | undefined) => (item: Item) =>
  item.sk === 'RATING-FIGURES' && item.pk.startsWith(subject) ? change(item) : item

test('add up as they are', () => {
  expect(items.filter(isRating)).toHaveLength(3)
  expect(violations(items, now)).toEqual([])
})

test.each<[string, string[], (item: Item) => Item | undefined]>([
  ['stars were changed', ['A1', 'R2'], rating(({ aspects }) => ({ aspects: { ...aspects, venue: 1 } }))],
  ['a word was changed', ['A1'], rating(() => ({ text: '很差' }))],
  ['an answer was taken out', ['A1'], rating(() => ({ answer: null }))],
  ['a fold was taken out', ['A1'], rating(() => ({ folds: [] }))],
  ['a rating was deleted', ['R2'], (item) => (isRating(item) ? undefined : item)],
  ['its credit is gone', ['R1'], (item) => (item.sk.startsWith('CREDIT#') ? undefined : item)],
  ['it names a version of the credit that showed nothing', ['R1'], rating(() => ({ creditVersion: 9 }))],
  ['its credit has no minutes', ['E4', 'R1'], (item) => (item.sk.startsWith('CREDIT#') ? { ...item, minutes: 0 } : item)],
  ['its guard is gone', ['R1'], (item) => (item.pk.startsWith('PERSON#') && item.sk.startsWith('RATING#') ? undefined : item)],
  ['its provider does not see it', ['R1'], (item) => (item.pk.startsWith('PROVIDER#') && item.sk.startsWith('RATING#') ? undefined : item)],
  ['a course counts one too many', ['R2'], figures('COURSE#', (item) => ({ ...item, ratings: 4 }))],
  ['a provider’s stars are others', ['R2'], figures('PROVIDER#', (item) => ({ ...item, content: 15 }))],
  ['an instructor’s stars are others', ['R2'], figures('INSTRUCTOR#', (item) => ({ ...item, stars: 15 }))],
  ['figures are gone', ['R2'], figures('COURSE#', () => undefined)],
])('are broken where %s', (_, codes, change) => {
  expect(faults(change)).toEqual(expect.arrayContaining(codes))
})

test('are broken where figures count what does not exist', () => {
  const invented = { pk: 'COURSE#crs_01KAJ3V0M0AAAAAAAAAAAAAAAA', sk: 'RATING-FIGURES', ratings: 3, content: 15 }
  expect(violations([...items, invented], now).map(({ code }) => code)).toEqual(['R2'])
})
