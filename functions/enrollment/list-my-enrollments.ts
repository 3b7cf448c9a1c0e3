import type { Actor, Page } from '@skills/contract/actor.ts'
import { readEnrollments } from '@skills/core/enrollment/enrollment.table.ts'
import type { World } from '@skills/core/world.ts'
import { learningItem, withRuns } from './learning.ts'

/** The caller's enrollments with their runs, newest claim first, by pages. `next` is the raw position of the next page. */
export async function listMyEnrollments(world: World, { actor, page }: { actor: Actor; page: Page }) {
  const items = await readEnrollments(world, actor.personId, page.limit + 1, page.after)
  const shown = items.slice(0, page.limit)
  const rows = await withRuns(world, shown)
  return {
    items: rows.map(({ enrollment, run }) => learningItem(enrollment, run, world.now())),
    next: items.length > page.limit ? (shown.at(-1)?.sk ?? null) : null,
  }
}
