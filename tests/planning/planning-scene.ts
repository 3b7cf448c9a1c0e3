import type { Actor } from '@skills/contract/actor.ts'
import type { Provider, Run, RunState, Venue } from '@skills/contract/catalog.ts'
import type { CourseInput, PlannedMeeting, RunInput } from '@skills/contract/planning.ts'
import { instantOf } from '@skills/contract/time.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { createProvider, createVenue } from '@skills/core/catalog/course.table.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { keys } from '@skills/core/keys.ts'
import { rulesOn } from '@skills/core/provider/rule-texts.ts'
import { standingSteps } from '@skills/core/provider/standing.table.ts'
import { transact, type Step } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { stepCourse } from '@skills/functions/catalog/step-course.ts'
import { stepRun } from '@skills/functions/catalog/step-run.ts'
import { createCourse } from '@skills/functions/planning/course-editor.ts'
import { createRun } from '@skills/functions/planning/create-run.ts'
import { saveRunPlan } from '@skills/functions/planning/save-run-plan.ts'
import { fresh, makeTeacher, managerOf, type Teacher } from '../instructor/instructor-scene.ts'
import { engage } from '../instructor/request-scene.ts'

export const courseInput: CourseInput = {
  title: { zh: '晚间电工班', en: 'Evening electricians' },
  summary: { zh: '四个晚上', en: 'Four evenings' },
  outcomes: [],
  audience: { zh: '职工', en: 'Workers' },
  industry: 'modern-services',
  trade: null,
  level: null,
  family: 'training-completion',
  delivery: 'classroom',
  languages: ['zh'],
  theoryHours: 4,
  practiceHours: 4,
  feeFen: 0,
  conditions: [],
}

let codes = 0
const code = () => `P${(codes += 1)}`

export interface Place {
  provider: Provider
  manager: Actor
  venue: Venue
}

/** A provider as it is after its approval: with a venue of two rooms and a lathe, a standing, and a manager. */
export async function makePlace(world: World, { approved = true } = {}): Promise<Place> {
  const id = world.id('provider')
  const name = { zh: '海口示范学校', en: 'Haikou Model School' }
  const provider: Provider = { id, code: code(), name, about: name, region: '460100' }
  const by = { by: 'system:test', action: 'create' }
  await createProvider(world, provider, by)
  const rooms = [
    { name: '101', capacity: 30, equipment: ['车床'] },
    { name: '102', capacity: 60, equipment: [] },
  ]
  const venue: Venue = { id: world.id('venue'), code: code(), providerId: id, name, address: name, region: '460100', rooms }
  await createVenue(world, venue, provider.code, by)
  const steps: Step[] = [{ name: 'line', put: { item: { ...keys.venueOfProvider.key(id, venue.id), venueId: venue.id } } }]
  const after = {
    providerId: id,
    state: 'approved' as const,
    scope: [],
    licenceUntil: null,
    reason: null,
    personId: world.id('person'),
    accepted: rulesOn([], world.now()).current.map((rule) => rule.id),
    told: [],
  }
  if (approved) steps.push(...standingSteps(world, undefined, { before: undefined, after, action: 'approve', by: 'system:test' }))
  await transact(world, undefined, steps, null)
  return { provider, manager: managerOf(id, world.id('person')), venue }
}

export interface Hours {
  date: string
  from?: string
  to?: string
  room?: string | null
  kind?: PlannedMeeting['kind']
  devices?: string[]
}

/** Meetings at a place; evenings from six to eight in room 101 unless they say otherwise. */
function meetingsAt({ venue }: Place, hours: readonly Hours[]): PlannedMeeting[] {
  return hours.map(({ date, from = '18:00', to = '20:00', room = '101', kind = 'classroom', devices = [] }) => ({
    startsAt: instantOf(date, from),
    endsAt: instantOf(date, to),
    kind,
    venueId: room === null && devices.length === 0 ? null : venue.id,
    room,
    devices,
  }))
}

export const evenings: Hours[] = ['2026-12-14', '2026-12-15', '2026-12-16', '2026-12-17'].map((date) => ({ date }))

/** A run as a planner writes it. */
export function runInput(place: Place, wishes: Partial<RunInput> & { hours?: Hours[] } = {}): RunInput {
  const { hours = evenings, ...more } = wishes
  return {
    name: { zh: '十二月班', en: 'December' },
    opensAt: instantOf('2026-11-25', '09:00'),
    closesAt: instantOf('2026-12-13', '18:00'),
    capacity: 20,
    priceFen: 0,
    cancelUntilMinutes: 24 * 60,
    policy: 'standard',
    region: '460100',
    venueId: place.venue.id,
    tentative: null,
    onHolidays: false,
    meetings: meetingsAt(place, hours),
    ...more,
  }
}

export const writeCourse = (world: World, { provider, manager }: Place, course = courseInput, anyway = true, by = fresh('createCourse')) =>
  createCourse(world, { actor: manager, command: by, params: { providerId: provider.id }, body: { code: code(), course, anyway } })

export const plan = (world: World, place: Place, courseId: string, run = runInput(place), anyway = true, by = fresh('createRun')) =>
  createRun(world, { actor: place.manager, command: by, params: { courseId }, body: { code: code(), run, anyway } })

export const step = (world: World, { manager }: Place, runId: string, to: RunState) =>
  stepRun(world, { actor: manager, command: fresh('stepRun'), params: { runId }, body: { to } })

export const publishCourse = (world: World, { manager }: Place, courseId: string) =>
  stepCourse(world, { actor: manager, command: fresh('stepCourse'), params: { courseId }, body: { to: 'published', anyway: true } })

/** The plan of a run as its planner would send it back. */
export function inputOf(run: Run, more: Partial<RunInput> = {}): RunInput {
  const { name, opensAt, closesAt, capacity, priceFen, cancelUntilMinutes, region, venueId } = run
  const tentative = run.tentative === undefined ? null : { minimum: run.tentative.minimum, decideAt: run.tentative.decideAt }
  const meetings = run.meetings.map((meeting) => ({ ...meeting, devices: [] }))
  const rest = { policy: 'standard' as const, onHolidays: false, tentative, meetings }
  return { name, opensAt, closesAt, capacity, priceFen, cancelUntilMinutes, region, venueId, ...rest, ...more }
}

export async function itemOf(world: World, runId: string): Promise<RunItem> {
  const item = await readRun(world.table, runId)
  if (item === undefined) throw new Error(runId)
  return item
}

export async function save(world: World, { manager }: Place, runId: string, change: (run: Run) => RunInput, by = fresh('saveRunPlan')) {
  const { run, version } = await itemOf(world, runId)
  return saveRunPlan(world, { actor: manager, command: by, params: { runId }, body: { version, run: change(run) } })
}

/** A run that is planned, taught by somebody who accepted, and published. */
export async function publishedRun(
  world: World,
  place: Place,
  wishes: Parameters<typeof runInput>[1] = {},
): Promise<{ runId: string; courseId: string; teacher: Teacher }> {
  const { courseId } = await writeCourse(world, place)
  await publishCourse(world, place, courseId)
  const { runId } = await plan(world, place, courseId, runInput(place, wishes))
  const teacher = await makeTeacher(world)
  await engageAs(world, place, runId, teacher)
  await step(world, place, runId, 'published')
  return { runId, courseId, teacher }
}

/** Asks somebody for all meetings of a run, and she accepts. */
export const engageAs = async (world: World, _: Place, runId: string, teacher: Teacher) =>
  engage(world, await itemOf(world, runId), teacher)

/** What the books say of the table, without the outbox, which no stream empties here. */
export async function books(world: World) {
  return violations(
    (await scanTable(world.table)).filter(({ pk }) => !pk.startsWith('OUTBOX#')),
    world.now(),
  )
}
