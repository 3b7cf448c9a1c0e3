import type { RunState } from '@skills/contract/catalog.ts'
import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { roomResource, type Booking } from '@skills/core/scheduling/week.ts'
import { readWeeks } from '@skills/core/scheduling/week.table.ts'
import { settleRun } from '@skills/core/order/settle-run.ts'
import { sweepRuns } from '@skills/functions/catalog/sweep-runs.ts'
import { postponeRun } from '@skills/functions/planning/postpone-run.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makePeople } from '../enrollment/claim-scene.ts'
import { fresh, makeTeacher, type Teacher } from '../instructor/instructor-scene.ts'
import { eventsOf } from '../instructor/request-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { cancel, claim, told } from '../waitlist/waitlist-scene.ts'
import {
  books,
  engageAs,
  inputOf,
  itemOf,
  makePlace,
  plan,
  publishCourse,
  runInput,
  save,
  step,
  writeCourse,
  type Place,
} from './planning-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
const start = '2026-12-01T02:00:00.000Z'
beforeAll(async () => {
  const started = await startTable('run-model')
  stop = started.stop
  world = testWorld(started.table, start)
})
afterAll(() => stop())

interface Real {
  place: Place
  runId: string
  teacher: Teacher
  people: string[]
}
/** What must be true of a run whatever was done with it: who is in it, and that it was cancelled. */
interface Model {
  enrolled: Map<string, string>
  cancelled: boolean
}
type Command = fc.AsyncCommand<Model, Real>
const command = (name: string, run: (model: Model, real: Real) => Promise<void>): Command => ({
  check: () => true,
  run,
  toString: () => name,
})

/** All hours that a resource gave away in the weeks of the scene. */
async function hoursOf(resource: string): Promise<Booking[]> {
  const mondays = Array.from({ length: 14 }, (_, week) =>
    new Date(Date.parse('2026-11-30') + week * 7 * 86_400_000).toISOString().slice(0, 10),
  )
  const weeks = await readWeeks(
    world,
    mondays.map((monday) => ({ resource, monday })),
  )
  return [...new Map(weeks.flatMap(({ bookings }) => bookings).map((one) => [one.id, one])).values()].toSorted((a, b) =>
    a.from < b.from ? -1 : 1,
  )
}

/** Weeks, crew and run say the same; a cancelled run holds no hour to come; who has a seat has it as long as the run is there. */
async function holds(model: Model, { place, runId, teacher }: Real): Promise<void> {
  const { run } = await itemOf(world, runId)
  const crew = await readCrew(world.table, runId)
  const meetings = new Map(run.meetings.map((meeting) => [meeting.id, meeting]))
  const [rooms, hers] = await Promise.all([hoursOf(roomResource(place.venue.id, '101')), hoursOf(teacher.instructorId)])
  const said = (all: readonly { meetingId: string; from: string; to: string }[] = []) =>
    all.map(({ meetingId, from, to }) => [meetingId, from, to]).toSorted()
  expect(said(rooms)).toEqual(said(crew?.rooms))
  expect(said(hers)).toEqual(said(crew?.assignments))
  for (const { meetingId, from } of rooms) expect(meetings.get(meetingId)?.startsAt).toBe(from)
  if (run.state === 'cancelled') expect(rooms.every(({ from }) => from <= world.now())).toBe(true)
  else expect(rooms).toHaveLength(run.meetings.length)
  expect(run.state === 'cancelled').toBe(model.cancelled)
}

const to = (state: RunState) =>
  command(`step ${state}`, async (model, real) => {
    const word = await told(step(world, real.place, real.runId, state))
    expect(['done', 'illegal-transition', 'run-not-ready']).toContain(word)
    if (state === 'cancelled' && word === 'done') model.cancelled = true
    await holds(model, real)
  })
const commands = [
  ...(['published', 'registration-open', 'registration-closed', 'running', 'completed'] as const).map((state) => fc.constant(to(state))),
  fc.constant(to('cancelled')),
  fc.nat({ max: 2 }).map((who) =>
    command(`claim ${who}`, async (model, real) => {
      const person = real.people[who] ?? ''
      const made = await claim(world, person, real.runId).catch(() => undefined)
      if (made !== undefined) model.enrolled.set(person, made.id)
      await holds(model, real)
    }),
  ),
  fc.nat({ max: 2 }).map((who) =>
    command(`leave ${who}`, async (model, real) => {
      const person = real.people[who] ?? ''
      const id = model.enrolled.get(person)
      if (id !== undefined && (await told(cancel(world, person, { id }))) === 'done') model.enrolled.delete(person)
      await holds(model, real)
    }),
  ),
  fc.constantFrom(1, 7).map((days) =>
    command(`postpone ${days}`, async (model, real) => {
      const { version } = await itemOf(world, real.runId)
      const word = await told(
        postponeRun(world, {
          actor: real.place.manager,
          command: fresh('postponeRun'),
          params: { runId: real.runId },
          body: { version, days },
        }),
      )
      expect(['done', 'illegal-transition', 'validation-failed']).toContain(word)
      await holds(model, real)
    }),
  ),
  fc.constant(
    command('drop the last meeting', async (model, real) => {
      const word = await told(
        save(world, real.place, real.runId, (run) =>
          inputOf(run, { meetings: inputOf(run).meetings.slice(0, Math.max(1, run.meetings.length - 1)) }),
        ),
      )
      expect(['done', 'illegal-transition', 'validation-failed']).toContain(word)
      await holds(model, real)
    }),
  ),
  fc.constantFrom(60, 24 * 60, 8 * 24 * 60).map((minutes) =>
    command(`${minutes} minutes pass`, async (model, real) => {
      world.moveTo(plusMinutes(world.now(), minutes))
      await sweepRuns(world)
      await holds(model, real)
    }),
  ),
]

/** A planned run that somebody teaches, with three people who may take seats. */
async function begin(published: boolean): Promise<{ model: Model; real: Real }> {
  world.moveTo(start)
  const place = await makePlace(world)
  const { courseId } = await writeCourse(world, place)
  await publishCourse(world, place, courseId)
  const { runId } = await plan(world, place, courseId, runInput(place))
  const teacher = await makeTeacher(world)
  await engageAs(world, place, runId, teacher)
  if (published) await step(world, place, runId, 'published')
  const real = { place, runId, teacher, people: await makePeople(world, 3) }
  return { real, model: { enrolled: new Map(), cancelled: false } }
}

// Lives that are drawn may never meet a state; these meet each of them. Four evenings, from the 14th to the 17th; registration is open until the 13th.
it.each<[met: RunState, at: string, begun: number]>([
  ['draft', start, 0],
  ['published', start, 0],
  ['registration-open', start, 0],
  ['registration-closed', instantOf('2026-12-13', '18:00'), 0],
  ['running', instantOf('2026-12-15', '19:00'), 2],
  ['completed', instantOf('2026-12-17', '20:00'), 4],
])('a cancellation that meets a run that is %s', async (met, at, begun) => {
  const { model, real } = await begin(met !== 'draft')
  const taken = met !== 'draft' && met !== 'published'
  if (taken) {
    await to('registration-open').run(model, real)
    for (const person of real.people.slice(0, 2)) model.enrolled.set(person, (await claim(world, person, real.runId)).id)
  }
  world.moveTo(at)
  if (at !== start) await sweepRuns(world)
  expect((await itemOf(world, real.runId)).run.state).toBe(met)
  await to('cancelled').run(model, real)
  expect(model.cancelled).toBe(met !== 'completed')
  for (let times = 0; times < 2 && model.cancelled; times += 1) await settleRun(world, real.runId)
  await holds(model, real)
  expect(await hoursOf(real.teacher.instructorId)).toHaveLength(begun)
  const ends = await eventsOf(world, 'run-cancelled', real.runId)
  expect(ends).toHaveLength(model.cancelled ? 1 : 0)
  // A second word changes nothing, and nobody takes a seat any more.
  expect(await told(step(world, real.place, real.runId, 'cancelled'))).toBe('illegal-transition')
  expect(await told(claim(world, real.people[2] ?? '', real.runId))).not.toBe('done')
  await holds(model, real)
  expect(await books(world)).toEqual([])
})

it(
  'a run keeps its hours, its crew and its people together, whatever is done with it and when it is cancelled',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 14 }), fc.boolean(), async (life, published) => {
        const { model, real } = await begin(published)
        await fc.asyncModelRun(() => ({ model, real }), life)
        if (model.cancelled) await settleRun(world, real.runId)
        await holds(model, real)
      }),
      { numRuns: 20, seed: 20261121 },
    )
    world.moveTo(start)
    expect(await books(world)).toEqual([])
  },
)
