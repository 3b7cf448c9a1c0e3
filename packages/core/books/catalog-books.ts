import type { Course } from '@skills/contract/catalog.ts'
import type { CourseRow } from '@skills/contract/snapshot.ts'
import { runOf } from '../catalog/run-item.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

/** States in which a run stands in no row: not yet, or no longer, to be seen. */
const unseen = new Set(['draft', 'completed', 'cancelled'])

/**
 * T3 the published rows are what the base says: a row for every published course and for no other, naming exactly its visible runs. Free seats
 * are left out, because a row may be a moment behind. A table in which nothing was ever published is not judged.
 */
export function checkCatalog(books: Books): Violation[] {
  const rows = books.of('row')
  if (rows.length === 0) return []
  const found: Violation[] = []
  const runs = groupBy(books.of('run'), (item) => runOf(item)?.run.courseId ?? '')
  const published = new Set<string>()
  for (const item of books.of('course')) {
    const course = item['course'] as Course
    if (course.state === 'published') published.add(course.id)
  }
  for (const item of rows) {
    const row = item['row'] as CourseRow
    if (!published.delete(row.id)) {
      found.push({ code: 'T3', at: where(item), says: 'a row of a course that is not published' })
      continue
    }
    const visible = (runs.get(row.id) ?? []).flatMap((run) => {
      const { id, state } = runOf(run)?.run ?? { id: '', state: 'draft' }
      return unseen.has(state) ? [] : [id]
    })
    const named = row.r.map(([id]) => id)
    if ([...visible].sort().join() !== [...named].sort().join())
      found.push({ code: 'T3', at: where(item), says: 'its row names other runs than are to be seen' })
  }
  for (const courseId of published) found.push({ code: 'T3', at: `COURSE#${courseId} / COURSE`, says: 'it is published and has no row' })
  return found
}
