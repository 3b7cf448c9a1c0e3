import type { Actor, Command } from '@skills/contract/actor.ts'
import type { AvailabilityInput, Instructor } from '@skills/contract/instructor.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { writeInstructor } from '@skills/core/instructor/instructor.table.ts'
import { withAvailability } from '@skills/core/instructor/next-instructor.ts'
import type { World } from '@skills/core/world.ts'
import { ownInstructor, refuseStale, type Seen } from './own-instructor.ts'

interface Call {
  actor: Actor
  command: Command
  body: AvailabilityInput & Seen
}

/** Saves which hours the caller offers. Hours that she has given away stay given. Refuses `no-instructor`, `version-conflict`, `validation-failed`. */
export async function saveAvailability(world: World, { actor, command, body }: Call): Promise<{ instructor: Instructor }> {
  const instructor = await untilDone(world, command, async () => {
    const before = await ownInstructor(world, actor)
    refuseStale(before, body)
    const after = withAvailability(before.instructor, body, world.now())
    return writeInstructor(world, command, {
      before,
      personId: actor.personId,
      instructor: after,
      action: 'save-hours',
      by: actor.personId,
    })
  })
  return { instructor }
}
