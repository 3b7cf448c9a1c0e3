import type { PlannedMeeting } from '@skills/contract/planning.ts'
import type { Refusal } from '@skills/contract/refusals.ts'
import { instantOf } from '@skills/contract/time.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { previewRefund } from '@skills/functions/enrollment/preview-refund.ts'
import { postponeRun } from '@skills/functions/planning/postpone-run.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actor, makePeople } from '../enrollment/claim-scene.ts'
import { fresh } from '../instructor/instructor-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { claim } from '../waitlist/waitlist-scene.ts'
import { books, inputOf, itemOf, makePlace, publishedRun, save, step } from './planning-scene.ts'

const start = '2026-12-01T02:00:00.000Z'
let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('begun-run')
  stop = started.stop
  world = testWorld(started.table, start)
})
afterAll(() => stop())

/** A run of four evenings in which somebody has a seat; the first of them is over. */
async function begun() {
  world.moveTo(start)
  const place = await makePlace(world)
  const { runId } = await publishedRun(world, place)
  await step(world, place, runId, 'registration-open')
  const [person = ''] = await makePeople(world, 1)
  const { id: enrollmentId } = await claim(world, person, runId)
  world.moveTo(instantOf('2026-12-14', '21:00'))
  const change = async (to: (meetings: PlannedMeeting[]) => PlannedMeeting[]) =>
    save(world, place, runId, (run) => inputOf(run, { meetings: to(run.meetings.map((one) => ({ ...one, devices: [] }))) })).then(
      () => ['done'],
      (error: Refusal) => error.errors.map(({ pointer, code }) => `${pointer} ${code}`),
    )
  return { place, runId, change, seat: { actor: actor(person), params: { enrollmentId } } }
}
const video = (meeting: PlannedMeeting): PlannedMeeting => ({ ...meeting, kind: 'video', venueId: null, room: null })

test('a run that has begun keeps its hours: the rest can neither go nor become a video', async () => {
  const { change } = await begun()
  expect(await change((meetings) => meetings.slice(0, 1))).toEqual(['#/meetings hours-cut'])
  expect(await change(([first, ...rest]) => (first === undefined ? [] : [first, ...rest.map(video)]))).toEqual([
    '#/meetings hours-cut',
    '#/meetings videos-fixed',
  ])
  expect(await change((meetings) => meetings)).toEqual(['done'])
})

test('who has a seat in a run whose rest is put off for a year can leave, and gets back what was not taught', async () => {
  const { place, runId, seat } = await begun()
  expect(await previewRefund(world, seat)).toMatchObject({ moved: false, until: null })
  const { version } = await itemOf(world, runId)
  const body = { version, days: 364 }
  await postponeRun(world, { actor: place.manager, command: fresh('postponeRun'), params: { runId }, body })
  const { run } = await itemOf(world, runId)
  expect(await previewRefund(world, seat)).toMatchObject({ moved: true, until: run.meetings.at(-1)?.startsAt })
  world.moveTo(instantOf('2027-02-01', '09:00'))
  expect(await cancelEnrollment(world, { ...seat, command: fresh('cancelEnrollment') })).toMatchObject({ state: 'cancelled' })
  expect(await books(world)).toEqual([])
})
