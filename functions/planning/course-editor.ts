import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Course, Provider } from '@skills/contract/catalog.ts'
import type { CourseInput, PlanReason } from '@skills/contract/planning.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { changeCourse, createCourse as create, readCourse } from '@skills/core/catalog/course.table.ts'
import { readRunsOf } from '@skills/core/catalog/run.table.ts'
import { copiesOf, refreshRun } from '@skills/core/catalog/write-course.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import { checkCourse } from '@skills/core/planning/check-course.ts'
import { refuseSimilarCourse } from '@skills/core/planning/similar-offers.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import type * as z from 'zod/mini'
import { ownCourse, ownProvider, planners } from './own-provider.ts'

interface Saved {
  courseId: string
  version: number
  remarks: z.infer<typeof PlanReason>[]
}
interface Create {
  actor: Actor
  command: Command
  params: { providerId: string }
  body: { code: string; course: CourseInput; anyway: boolean }
}

/** Writes a new course as a draft. Refuses `not-found`, `validation-failed`, `code-in-use`, and `similar-exists` unless it is to be saved anyway. */
export async function createCourse(world: World, { actor, command, params, body }: Create): Promise<Saved> {
  const provider = await ownProvider(world, actor, params.providerId, planners)
  const remarks = checkCourse(body.course, provider.region)
  const made = await untilDone(world, command, async () => {
    const course: Course = { id: world.id('course'), code: body.code, providerId: provider.id, ...body.course, images: [], state: 'draft' }
    if (!body.anyway) await refuseSimilarCourse(world, course, { published: false })
    const outcome = await create(world, course, provider, { by: actor.personId, action: 'create', command })
    if ('failed' in outcome && outcome.failed === 'code') throw new Refusal('code-in-use')
    return outcome
  })
  return { courseId: made.course.id, version: made.version, remarks }
}

interface Save {
  actor: Actor
  command: Command
  params: { courseId: string }
  body: { version: number; course: CourseInput; anyway: boolean }
}

/**
 * Changes a course at the version its editor saw; what its runs copy follows at once, and again when the same request is repeated. Refuses `not-found`, `version-conflict`,
 * `validation-failed`, `similar-exists`.
 */
export async function saveCourse(world: World, { actor, command, params, body }: Save): Promise<Saved> {
  const { course: seen } = await ownCourse(world, actor, params.courseId, planners)
  const provider = (await readItem(world.table, keys.provider.key(seen.providerId)))?.['provider'] as Provider
  const remarks = checkCourse(body.course, provider.region)
  const saved = await untilDone(world, command, async () => {
    const before = await ownCourse(world, actor, params.courseId, planners)
    if (before.version !== body.version) throw new Refusal('version-conflict')
    const course: Course = { ...before.course, ...body.course }
    await refuseOtherKind(world, before.course, course)
    if (!body.anyway && course.title.zh !== before.course.title.zh) await refuseSimilarCourse(world, course, { published: false })
    return changeCourse(world, before, { course, providerName: provider.name }, { by: actor.personId, action: 'save', command })
  })
  await followCourse(world, saved.course.id, provider, actor.personId)
  return { courseId: saved.course.id, version: saved.version, remarks }
}

/** Brings every run of a course to what the course says now; one that is public stays of the kind it was published as. */
async function followCourse(world: World, courseId: string, provider: Provider, by: string): Promise<void> {
  const item = await readCourse(world.table, courseId)
  if (item === undefined) return
  const copies = copiesOf(item.course, provider)
  const { title, providerName, conditions } = copies
  const words = { title, providerName, conditions }
  for (const run of await readRunsOf(world.table, courseId)) await refreshRun(world, run, run.run.state === 'draft' ? copies : words, by)
}

/**
 * What a run was published for, its provider had to prove; so while people can have seats in one, its course stays of that trade, level and certificate. Refuses `validation-failed`.
 */
async function refuseOtherKind(world: World, before: Course, after: Course): Promise<void> {
  const changed = (['trade', 'level', 'family'] as const).filter((name) => before[name] !== after[name])
  if (before.state === 'draft' || changed.length === 0) return
  const runs = await readRunsOf(world.table, before.id)
  if (!runs.some(({ run: { state } }) => state !== 'draft' && state !== 'completed' && state !== 'cancelled')) return
  const errors = changed.map((name) => ({ pointer: `#/${name}`, code: 'runs-are-public', detail: runsArePublic }))
  throw new Refusal('validation-failed', { count: errors.length }, { errors })
}
const runsArePublic = {
  zh: '课程有已公开、还没结束的班次，证书类别、工种和等级不能改。请等班次结束，或另建一门课程。',
  en: 'Runs of this course are public and not over, so its certificate, trade and level stay. Wait until they are over, or write another course.',
}
