import type { Actor } from '@skills/contract/actor.ts'
import type { LearningItem } from '@skills/contract/enrollment.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readEnrollment } from '@skills/core/enrollment/enrollment.table.ts'
import type { World } from '@skills/core/world.ts'
import { learningItem, withRuns } from './learning.ts'

interface Call {
  actor: Actor
  params: { enrollmentId: string }
}

/** One enrollment of the caller. Refuses `not-found`, also for somebody else's. */
export async function getMyEnrollment(world: World, { actor, params }: Call): Promise<LearningItem> {
  const { item } = await readEnrollment(world, actor.personId, params.enrollmentId)
  const [row] = item === undefined ? [] : await withRuns(world, [item])
  if (row === undefined) throw new Refusal('not-found')
  return learningItem(row.enrollment, row.run, world.now())
}
