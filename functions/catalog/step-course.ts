import type { Actor, Command } from '@skills/contract/actor.ts'
import type { CourseState } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readCourse, saveCourseStep } from '@skills/core/catalog/course.table.ts'
import { stepCourse as stepped } from '@skills/core/catalog/course.ts'
import { doneBefore } from '@skills/core/command.ts'
import { refuseSimilarCourse } from '@skills/core/planning/similar-offers.ts'
import type { World } from '@skills/core/world.ts'
import { mayAct } from '@skills/core/people/may-act.ts'

interface Call {
  actor: Actor
  command: Command
  params: { courseId: string }
  body: { to: CourseState; anyway?: boolean | undefined }
}
type StepAnswer = { courseId: string; state: CourseState }

const mostTries = 5

/** Publishes or withdraws a course, for managers of its own provider and operators; for everybody else there is no such course. Refuses `not-found`, `illegal-transition`, and `similar-exists` where nearly the same is public already. */
export async function stepCourse(world: World, { actor, command, params, body }: Call): Promise<StepAnswer> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const before = await readCourse(world.table, params.courseId)
    if (before === undefined || !mayAct(actor, before.course.providerId, ['provider:manager'])) throw new Refusal('not-found')
    const done = await doneBefore<StepAnswer>(world, command)
    if (done !== undefined) return done.answer
    const course = stepped(before.course, body.to)
    if (body.to === 'published' && body.anyway !== true) await refuseSimilarCourse(world, course, { published: true })
    const outcome = await saveCourseStep<StepAnswer>(world, command, before, course, actor.personId, {
      courseId: course.id,
      state: course.state,
    })
    if ('answer' in outcome) return outcome.answer
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
