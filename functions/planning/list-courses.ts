import type { Actor, Page } from '@skills/contract/actor.ts'
import type { CourseLine } from '@skills/contract/planning.ts'
import { readCourse } from '@skills/core/catalog/course.table.ts'
import { readRunsOf } from '@skills/core/catalog/run.table.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { keys } from '@skills/core/keys.ts'
import { runLine } from '@skills/core/planning/run-line.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { readRange } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { ownProvider } from './own-provider.ts'

interface Call {
  actor: Actor
  params: { providerId: string }
  page: Page
}

/** The courses of a provider with their runs, drafts too, a page at a time in the order they were made; runs by their first meeting, the last first. Refuses `not-found`. */
export async function listProviderCourses(
  world: World,
  { actor, params: { providerId }, page }: Call,
): Promise<{ items: CourseLine[]; next: string | null }> {
  await ownProvider(world, actor, providerId)
  const { pk } = keys.provider.key(providerId)
  const after = page.after === undefined ? undefined : keys.courseOfProvider.key(providerId, page.after).sk
  const lines = await readRange(world.table, { pk, begins: 'COURSE#', limit: page.limit, after })
  const ids = lines.map((line) => line['courseId'] as string)
  const items = await Promise.all(ids.map((id) => courseLine(world, id)))
  return { items: items.flatMap((one) => one ?? []), next: ids.length < page.limit ? null : (ids.at(-1) ?? null) }
}

async function courseLine(world: World, courseId: string): Promise<CourseLine | undefined> {
  const item = await readCourse(world.table, courseId)
  if (item === undefined) return undefined
  const now = world.now()
  const runs = await Promise.all(
    (await readRunsOf(world.table, courseId)).map(async (run) => {
      const [heads, crew] = await Promise.all([readHeads(world.table, run.run.id, run.shards), readCrew(world.table, run.run.id)])
      return runLine(run, heads, crew, now)
    }),
  )
  return { course: item.course, version: item.version, runs: runs.toSorted((a, b) => (a.startsAt < b.startsAt ? 1 : -1)) }
}
