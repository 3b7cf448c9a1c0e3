import type { Course, Run } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import { courseIdsOf } from '../catalog/course.table.ts'
import { readRunsOf } from '../catalog/run.table.ts'
import { keys } from '../keys.ts'
import { readItems } from '../table.ts'
import type { World } from '../world.ts'
import { atSameHours, similarCourses } from './similar.ts'

/** Courses of a provider in a state that look like the same offer as one of its own. */
async function alike(world: World, course: Pick<Course, 'id' | 'title' | 'trade' | 'level' | 'providerId'>, state?: Course['state']) {
  const ids = await courseIdsOf(world.table, course.providerId)
  const items = await readItems(
    world.table,
    ids.map((id) => keys.course.key(id)),
  )
  const others = items.flatMap((item) => (item === undefined ? [] : [item['course'] as Course]))
  return similarCourses(
    course,
    others.filter((other) => state === undefined || other.state === state),
  )
}

/** Refuses `similar-exists` with the names where a provider has nearly the same course already; `published`: only those that are public count. */
export async function refuseSimilarCourse(world: World, course: Course, which: { published: boolean }): Promise<void> {
  const similar = await alike(world, course, which.published ? 'published' : undefined)
  if (similar.length > 0) throw similarExist(similar.map(({ id, title }) => ({ id, name: title })))
}

/**
 * Refuses `similar-exists` with the names where a public run of nearly the same course, under another code, takes place at the same hours: the same offer on two shelves. Second groups of the
 * same course were asked about when they were planned.
 */
export async function refuseSimilarOffer(world: World, run: Run): Promise<void> {
  const course = (await readItems(world.table, [keys.course.key(run.courseId)]))[0]?.['course'] as Course | undefined
  if (course === undefined) return
  const courses = await alike(world, course, 'published')
  const runs = (await Promise.all(courses.map(({ id }) => readRunsOf(world.table, id)))).flat().map((item) => item.run)
  const found = atSameHours(
    run,
    runs.filter(({ state }) => state !== 'draft'),
  )
  if (found.length === 0) return
  const titleOf = (courseId: string) => courses.find(({ id }) => id === courseId)?.title ?? { zh: '', en: '' }
  throw similarExist(
    found.map(({ id, courseId, name }) => {
      const title = titleOf(courseId)
      return { id, name: { zh: `${title.zh} ${name.zh}`, en: `${title.en} ${name.en}` } }
    }),
  )
}

/** The refusal with the names of what is there, three at most. */
function similarExist(similar: readonly { id: string; name: Text }[]): Refusal {
  const titles = (language: 'zh' | 'en') =>
    similar
      .slice(0, 3)
      .map(({ name }) => name[language])
      .join(language === 'zh' ? '、' : ', ')
  return new Refusal('similar-exists', { titles: { zh: titles('zh'), en: titles('en') }, similar: similar.map(({ id }) => id) })
}
