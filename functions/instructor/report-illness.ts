import type { Actor, Command } from '@skills/contract/actor.ts'
import type { TeachingItem } from '@skills/contract/instructor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { withExceptions } from '@skills/core/instructor/availability.ts'
import { assignmentsBy, firstOf, leaveCrew } from '@skills/core/instructor/change-crew.ts'
import { instructorSteps } from '@skills/core/instructor/instructor.table.ts'
import { teachingOf } from '@skills/core/instructor/teaching.table.ts'
import type { World } from '@skills/core/world.ts'
import { ownCrew } from './my-assignments.ts'

interface Call {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { bookingIds: string[] }
}

/**
 * Says that the caller is ill and cannot teach meetings she accepted: they leave the crew, the hours stay taken by the illness so that nobody else asks for them, and who asked her
 * is told to look for somebody who stands in. Nothing is said of the illness. Refuses `not-found`, `request-over` for what is not hers to teach, `meeting-over`.
 */
export async function reportIllness(world: World, { actor, command, params, body }: Call): Promise<{ teaching: TeachingItem[] }> {
  const instructorId = await untilDone(world, command, async () => {
    const { instructor: before, crew, hers } = await ownCrew(world, actor, params.runId)
    const now = world.now()
    const gone = hers.filter(({ bookingId, state }) => state === 'accepted' && body.bookingIds.includes(bookingId))
    if (gone.length !== new Set(body.bookingIds).size) throw new Refusal('request-over')
    if (gone.some(({ to }) => to <= now)) throw new Refusal('meeting-over')
    const ill = gone.map(({ from, to }) => ({ from, to, kind: 'busy' as const, source: 'illness' as const }))
    const earlier = before.instructor.exceptions.filter(({ source }) => source === 'illness')
    const exceptions = withExceptions(before.instructor.exceptions, 'illness', [...earlier, ...ill], now)
    const change = { before, personId: actor.personId, instructor: { ...before.instructor, exceptions }, action: 'ill', by: actor.personId }
    const tells = assignmentsBy(gone, ({ askedBy }) => askedBy).map(([personId, asked]) => ({
      type: 'instructor-ill' as const,
      personId,
      runId: params.runId,
      from: firstOf(asked),
    }))
    const more = instructorSteps(world, command, change)
    return leaveCrew(world, command, { crew, gone, action: 'ill', by: actor.personId, tells, more }, before.instructor.id)
  })
  return { teaching: await teachingOf(world, instructorId, world.now()) }
}
