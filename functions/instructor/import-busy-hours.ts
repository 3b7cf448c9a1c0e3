import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Instructor } from '@skills/contract/instructor.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { withExceptions } from '@skills/core/instructor/availability.ts'
import { writeInstructor } from '@skills/core/instructor/instructor.table.ts'
import type { World } from '@skills/core/world.ts'
import { ownInstructor } from './own-instructor.ts'

interface Call {
  actor: Actor
  command: Command
  body: Uint8Array
}

/**
 * Reads when the caller is busy out of a calendar, in place of what she imported before; titles, places and people of it are thrown away unread. Refuses `no-instructor`,
 * `calendar-unreadable`.
 */
export async function importBusyHours(world: World, { actor, command, body }: Call): Promise<{ instructor: Instructor }> {
  const { busyHours } = await import('@skills/core/instructor/busy-hours.ts')
  const text = new TextDecoder().decode(body)
  const instructor = await untilDone(world, command, async () => {
    const before = await ownInstructor(world, actor)
    const now = world.now()
    const busy = busyHours(text, now).map(({ from, to }) => ({ from, to, kind: 'busy' as const, source: 'calendar' as const }))
    const after = { ...before.instructor, calendarAt: now, exceptions: withExceptions(before.instructor.exceptions, 'calendar', busy, now) }
    return writeInstructor(world, command, {
      before,
      personId: actor.personId,
      instructor: after,
      action: 'import-calendar',
      by: actor.personId,
    })
  })
  return { instructor }
}
