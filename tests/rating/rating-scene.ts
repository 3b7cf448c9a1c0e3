import type { Actor, Page } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import type { RatingInput } from '@skills/contract/ratings.ts'
import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import { createProvider } from '@skills/core/catalog/course.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { creditHours } from '@skills/core/attendance/credit.table.ts'
import type { World } from '@skills/core/world.ts'
import { answerRating, correctAnswer } from '@skills/functions/rating/answer-rating.ts'
import { foldRating } from '@skills/functions/rating/fold-rating.ts'
import { listAllRatings, listProviderRatings, listRatings } from '@skills/functions/rating/list-ratings.ts'
import { getMyRating } from '@skills/functions/rating/my-rating.ts'
import { changeRating, rateRun } from '@skills/functions/rating/rate-run.ts'
import { makeWorkers, open, paramsOf, scan, type Worker } from '../attendance/attendance-scene.ts'
import { makeRun } from '../enrollment/claim-scene.ts'
import { fresh, makeTeacher, managerOf, type Teacher } from '../instructor/instructor-scene.ts'
import { engage } from '../instructor/request-scene.ts'
import type { TestWorld } from '../test-world.ts'

export const start = '2026-12-01T02:00:00.000Z'
const date = '2026-12-20'

export interface GivenRun {
  item: RunItem
  teacher: Teacher
  manager: Actor
  /** Who came, and (the last of them) who did not. */
  workers: Worker[]
  /** When its hours are credited. */
  credited: string
}

/** A run of one evening that was given: all of its people but the last came, and their hours are credited. */
export async function givenRun(world: TestWorld, count: number): Promise<GivenRun> {
  world.moveTo(start)
  const item = await makeRun(world, { date, opensAt: start })
  const { providerId: id, region } = item.run
  const name = { zh: '椰城夜校', en: 'Coconut evening school' }
  await createProvider(world, { id, code: id, name, about: name, region }, { by: 'system:test', action: 'create' })
  const teacher = await makeTeacher(world)
  await engage(world, item, teacher)
  const workers = await makeWorkers(world, item, count)
  const of = paramsOf(item)
  world.moveTo(instantOf(date, '18:20'))
  await open(world, teacher.actor, of)
  for (const kind of ['in', 'out'] as const) {
    world.moveTo(instantOf(date, kind === 'in' ? '18:28' : '20:31'))
    for (const worker of workers.slice(0, -1)) await scan(world, worker, of, kind)
  }
  const credited = plusMinutes(instantOf(date, '20:30'), 25 * 60)
  world.moveTo(credited)
  await creditHours(world, item.run.id)
  return { item, teacher, manager: managerOf(item.run.providerId), workers, credited }
}

export const operator: Actor = {
  personId: 'per_70000000000000000000000009',
  memberships: [{ organizationId: platformId, roles: ['platform:operator'] }],
}

/** Says something of everything; `stars` for all five aspects. */
export const said = (stars: number, more: Partial<RatingInput> = {}): RatingInput => ({
  aspects: { content: stars, teaching: stars, organisation: stars, venue: stars, usefulness: stars },
  text: null,
  instructors: [],
  anonymous: false,
  ...more,
})

type Who = Pick<Worker, 'actor' | 'enrollmentId'>
export const rate = (world: World, { actor, enrollmentId }: Who, body: RatingInput, command = fresh('rateRun')) =>
  rateRun(world, { actor, command, params: { enrollmentId }, body })
export const change = (world: World, { actor, enrollmentId }: Who, version: number, body: RatingInput) =>
  changeRating(world, { actor, command: fresh('changeRating'), params: { enrollmentId }, body: { ...body, version } })
export const offer = (world: World, { actor, enrollmentId }: Who) => getMyRating(world, { actor, params: { enrollmentId } })
export const answer = (world: World, by: Actor, { item }: GivenRun, ratingId: string, text = '谢谢您的评价') =>
  answerRating(world, {
    actor: by,
    command: fresh('answerRating'),
    params: { courseId: item.run.courseId, ratingId },
    body: { text },
  })
export const correct = (world: World, by: Actor, { item }: GivenRun, ratingId: string, version: number, text: string) =>
  correctAnswer(world, {
    actor: by,
    command: fresh('correctAnswer'),
    params: { courseId: item.run.courseId, ratingId },
    body: { text, version },
  })
type Reason = Parameters<typeof foldRating>[1]['body']['reason']
export const fold = (world: World, by: Actor, { item }: GivenRun, { id, version }: { id: string; version: number }, reason: Reason) =>
  foldRating(world, {
    actor: by,
    command: fresh('foldRating'),
    params: { courseId: item.run.courseId, ratingId: id },
    body: { reason, sentence: '核实后的处理说明', version },
  })

const page: Page = { limit: 50, after: undefined }
export const shown = (world: World, { item }: GivenRun, at = page) =>
  listRatings(world, { params: { courseId: item.run.courseId }, page: at })
export const ofProvider = (world: World, by: Actor, { item }: GivenRun) =>
  listProviderRatings(world, { actor: by, params: { providerId: item.run.providerId }, page })
export const ofMonth = (world: World, month?: string) => listAllRatings(world, { query: { month }, page })
