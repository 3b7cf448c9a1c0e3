import type { Actor, Page } from '@skills/contract/actor.ts'
import type { CourseLine } from '@skills/contract/planning.ts'
import { atOnce } from '@skills/core/at-once.ts'
import { readCourse } from '@skills/core/catalog/course.table.ts'
import { readRunsOf } from '@skills/core/catalog/run.table.ts'
import { shardNames, type SeatHead } from '@skills/core/enrollment/seats.ts'
import { keys } from '@skills/core/keys.ts'
import { runLine } from '@skills/core/planning/run-line.ts'
import type { Crew } from '@skills/core/scheduling/crew.ts'
import { readItems, readRange } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { ownProvider } from './own-provider.ts'

/** How many courses are read at once, and how many runs of each are listed: those that were planned last. */
const most = { courses: 6, runs: 200 }

interface Call {
  actor: Actor
  params: { providerId: string }
  page: Page
}

/** The courses of a provider with their newest runs (200 at most), drafts too, a page at a time in the order they were made; runs by their first meeting, the last first. Refuses `not-found`. */
export async function listProviderCourses(
  world: World,
  { actor, params: { providerId }, page }: Call,
): Promise<{ items: CourseLine[]; next: string | null }> {
  await ownProvider(world, actor, providerId)
  const { pk } = keys.provider.key(providerId)
  const after = page.after === undefined ? undefined : keys.courseOfProvider.key(providerId, page.after).sk
  const lines = await readRange(world.table, { pk, begins: 'COURSE#', limit: page.limit, after })
  const ids = lines.map((line) => line['courseId'] as string)
  const { answers, failed } = await atOnce(ids, most.courses, (id) => courseLine(world, id))
  if (failed[0] !== undefined) throw failed[0].error
  return { items: answers.flatMap((one) => one ?? []), next: ids.length < page.limit ? null : (ids.at(-1) ?? null) }
}

/** A course with its newest runs: their heads and crews are read in parts of a hundred, so that a course of many years answers as soon as another. */
async function courseLine(world: World, courseId: string): Promise<CourseLine | undefined> {
  const [item, runs] = await Promise.all([readCourse(world.table, courseId), readRunsOf(world.table, courseId, most.runs)])
  if (item === undefined) return undefined
  const now = world.now()
  const [heads, crews] = await Promise.all([
    readItems(
      world.table,
      runs.flatMap(({ run, shards }) => shardNames(shards).map((shard) => keys.shard.key(run.id, shard))),
    ),
    readItems(
      world.table,
      runs.map(({ run }) => keys.crew.key(run.id)),
    ),
  ])
  let at = 0
  const lines = runs.map((run, place) => {
    const own = heads.slice(at, (at += run.shards)).filter((head) => head !== undefined)
    return runLine(run, own as unknown as SeatHead[], crews[place] as unknown as Crew | undefined, now)
  })
  return { course: item.course, version: item.version, runs: lines.toSorted((a, b) => (a.startsAt < b.startsAt ? 1 : -1)) }
}
