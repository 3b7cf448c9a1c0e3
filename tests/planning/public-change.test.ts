import type { CourseInput, PlannedMeeting, RunInput } from '@skills/contract/planning.ts'
import type { Refusal } from '@skills/contract/refusals.ts'
import { readCourse } from '@skills/core/catalog/course.table.ts'
import { saveCourse } from '@skills/functions/planning/course-editor.ts'
import { postponeRun } from '@skills/functions/planning/postpone-run.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fresh } from '../instructor/instructor-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { books, courseInput, inputOf, itemOf, makePlace, runInput, plan, publishedRun, save, step, type Place } from './planning-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('public-change')
  stop = started.stop
  world = testWorld(started.table, '2026-12-01T02:00:00.000Z')
})
afterAll(() => stop())

const said = (act: Promise<unknown>) =>
  act.then(
    () => ['done'],
    (error: Refusal) => [error.code, ...error.errors.map(({ pointer, code }) => `${pointer} ${code}`), ...missing(error)],
  )
const missing = ({ members }: Refusal) => ((members['missing'] ?? []) as { code: string }[]).map(({ code }) => code)
const change = async ({ manager }: Place, courseId: string, more: Partial<CourseInput>) => {
  const version = (await readCourse(world.table, courseId))?.version ?? 0
  const body = { version, course: { ...courseInput, ...more }, anyway: true }
  return said(saveCourse(world, { actor: manager, command: fresh('saveCourse'), params: { courseId }, body }))
}

test('a course stays of its trade, level and certificate while runs of it are public; its words may change', async () => {
  const place = await makePlace(world)
  const { runId, courseId } = await publishedRun(world, place)
  expect(await change(place, courseId, { trade: 'cook' })).toEqual(['validation-failed', '#/trade runs-are-public'])
  expect((await itemOf(world, runId)).trade).toBeNull()
  expect(await change(place, courseId, { title: { zh: '电工晚班', en: 'Electricians at night' } })).toEqual(['done'])
  expect((await itemOf(world, runId)).title.en).toBe('Electricians at night')
  const draft = await plan(
    world,
    place,
    courseId,
    inputOf((await itemOf(world, runId)).run, { meetings: runInput(place, { hours: [{ date: '2027-01-12' }] }).meetings }),
  )
  await step(world, place, runId, 'cancelled')
  expect(await change(place, courseId, { trade: 'cook' })).toEqual(['done'])
  // What is over was of the kind it was published as; what is not public yet is judged when it is published.
  expect([(await itemOf(world, runId)).trade, (await itemOf(world, draft.runId)).trade]).toEqual([null, 'cook'])
})

test('a public run gets no meeting without a room, and none loses its room', async () => {
  const place = await makePlace(world)
  const { runId } = await publishedRun(world, place)
  const to = (meetings: (before: PlannedMeeting[]) => PlannedMeeting[]) =>
    said(
      save(world, place, runId, (run): RunInput =>
        inputOf(run, { meetings: meetings(run.meetings.map((one) => ({ ...one, devices: [] }))) }),
      ),
    )
  const added = (room: string | null) => runInput(place, { hours: [{ date: '2026-12-18', room }] }).meetings
  expect(await to((before) => [...before, ...added(null)])).toEqual(['run-not-ready', 'no-room'])
  expect(await to(([first, ...rest]) => (first === undefined ? [] : [{ ...first, room: null, venueId: null }, ...rest]))).toEqual([
    'run-not-ready',
    'no-room',
  ])
  expect(await to((before) => before.map((one) => ({ ...one, room: '102' })))).toEqual(['done'])
  const { version } = await itemOf(world, runId)
  const call = { actor: place.manager, command: fresh('postponeRun'), params: { runId }, body: { version, days: 7 } }
  expect(await said(postponeRun(world, call))).toEqual(['done'])
  expect(await books(world)).toEqual([])
})
