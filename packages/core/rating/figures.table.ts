import { keys } from '../keys.ts'
import { readItems, type Item, type Table } from '../table.ts'
import { figuresOf, perAspect, type RatingFigures, type Tally } from './figures.ts'

/** The figures of courses, by id; of a course that nobody rated all are zero. */
export function readCourseFigures(table: Table, courseIds: readonly string[]): Promise<Map<string, RatingFigures>> {
  return readFigures(table, courseIds, courseFiguresOf)
}

/** The figures of providers over all their courses, as above. */
export function readProviderFigures(table: Table, providerIds: readonly string[]): Promise<Map<string, RatingFigures>> {
  return readFigures(table, providerIds, courseFiguresOf)
}

/** How often instructors were rated, and with how many stars together. */
export function readTallies(table: Table, instructorIds: readonly string[]): Promise<Map<string, Tally>> {
  return readFigures(table, instructorIds, tallyOf)
}

async function readFigures<T>(table: Table, ids: readonly string[], of: (item: Item | undefined) => T): Promise<Map<string, T>> {
  // Each hundred is one request, none of which waits for another: a proposal looks at three hundred instructors.
  const parts = Array.from({ length: Math.ceil(ids.length / 100) }, (_, part) => ids.slice(part * 100, (part + 1) * 100))
  const read = await Promise.all(
    parts.map((part) =>
      readItems(
        table,
        part.map((id) => keys.ratingFigures.key(id)),
      ),
    ),
  )
  const items = read.flat()
  return new Map(ids.map((id, place) => [id, of(items[place])]))
}

const numberOf = (item: Item | undefined, name: string) => (item?.[name] as number | undefined) ?? 0

/** Figures of a course or provider out of their item. */
export function courseFiguresOf(item: Item | undefined): RatingFigures {
  return figuresOf(
    numberOf(item, 'ratings'),
    perAspect((aspect) => numberOf(item, aspect)),
  )
}

/** An instructor's figures out of their item. */
function tallyOf(item: Item | undefined): Tally {
  return { count: numberOf(item, 'ratings'), stars: numberOf(item, 'stars') }
}
