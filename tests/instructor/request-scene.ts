import type { Course, Meeting, Run, Venue } from '@skills/contract/catalog.ts'
import type { Level } from '@skills/contract/taxonomy.ts'
import { instantOf } from '@skills/contract/time.ts'
import { createCourse, createVenue } from '@skills/core/catalog/course.table.ts'
import { createRun } from '@skills/core/catalog/run.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { keys } from '@skills/core/keys.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import { readRange } from '@skills/core/table.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { readWeeks } from '@skills/core/scheduling/week.table.ts'
import { mondayOf, standing, type Booking } from '@skills/core/scheduling/week.ts'
import type { World } from '@skills/core/world.ts'
import { askInstructor, listAssignments, withdrawAssignment } from '@skills/functions/instructor/ask-instructor.ts'
import { answerAssignments, listMyAssignments } from '@skills/functions/instructor/my-assignments.ts'
import { fresh, managerOf, type Teacher } from './instructor-scene.ts'

interface Times {
  date: string
  from?: string
  to?: string
  /** A key of `venues`, or online. */
  at?: string | null
}
interface RunWishes {
  times?: Times[]
  trade?: string | null
  level?: Level | null
  providerId?: string
  state?: Run['state']
  kind?: Meeting['kind']
}

let codes = 0
const text = { zh: '电工夜校', en: 'Evening electricians' }

/** A venue of a provider in a region. */
export async function makeVenue(world: World, region: string, providerId = world.id('provider')): Promise<Venue> {
  const venue: Venue = {
    id: world.id('venue'),
    code: `V${(codes += 1)}`,
    providerId,
    name: text,
    address: text,
    region,
    rooms: [{ name: '101', capacity: 60, equipment: [] }],
  }
  await createVenue(world, venue, providerId, { by: 'system:test', action: 'create' })
  return venue
}

/** A run as planning makes it: a draft with its course, meetings in a venue of Haikou unless they say where. */
export async function makeDraft(world: World, wishes: RunWishes = {}): Promise<RunItem> {
  const providerId = wishes.providerId ?? world.id('provider')
  const code = `D${(codes += 1)}`
  const [trade, level] = [wishes.trade ?? null, wishes.level ?? null]
  const course: Course = {
    id: world.id('course'),
    code,
    providerId,
    title: text,
    summary: text,
    outcomes: [],
    audience: text,
    industry: 'manufacturing',
    trade,
    level,
    family: 'training-completion',
    delivery: 'classroom',
    languages: ['zh'],
    theoryHours: 2,
    practiceHours: 0,
    feeFen: 0,
    conditions: [],
    images: [],
    state: 'published',
  }
  const meetings = (wishes.times ?? [{ date: '2026-12-16' }]).map(({ date, from = '18:00', to = '20:00', at = null }): Meeting => ({
    id: world.id('meeting'),
    startsAt: instantOf(date, from),
    endsAt: instantOf(date, to),
    kind: wishes.kind ?? 'classroom',
    venueId: at,
    room: at === null ? null : '101',
  }))
  const run: Run = {
    id: world.id('run'),
    code,
    courseId: course.id,
    providerId,
    name: text,
    state: wishes.state ?? 'draft',
    opensAt: instantOf('2026-12-01', '09:00'),
    closesAt: instantOf('2026-12-10', '18:00'),
    capacity: 30,
    priceFen: 0,
    cancelUntilMinutes: 60,
    region: '460100',
    venueId: null,
    meetings,
  }
  const by = { by: 'system:test', action: 'create' }
  await createCourse(world, course, { code: providerId, name: text }, by)
  const copies = { title: text, providerName: text, venue: null, conditions: [], family: course.family, trade, level }
  const made = await createRun(world, run, copies, providerId, by)
  if (!('answer' in made)) throw new Error(made.failed)
  return made.answer
}

const meetingIds = ({ run }: RunItem) => run.meetings.map(({ id }) => id)

/** What providers and instructors do, each as one request with a key of its own. */
export const ask = (
  world: World,
  item: RunItem,
  { instructorId }: Pick<Teacher, 'instructorId'>,
  ids = meetingIds(item),
  by = fresh('askInstructor'),
) =>
  askInstructor(world, {
    actor: managerOf(item.run.providerId),
    command: by,
    params: { runId: item.run.id },
    body: { instructorId, meetingIds: ids, feeFen: 40_000 },
  })
export const withdraw = (world: World, { run }: RunItem, bookingId: string, by = managerOf(run.providerId)) =>
  withdrawAssignment(world, { actor: by, command: fresh('withdrawAssignment'), params: { runId: run.id, bookingId } })
export const assignments = async (world: World, { run }: RunItem) =>
  (await listAssignments(world, { actor: managerOf(run.providerId), params: { runId: run.id } })).assignments
export const answer = (
  world: World,
  { actor }: Teacher,
  { run }: RunItem,
  bookingIds: string[],
  accept = true,
  by = fresh('answerAssignments'),
) => answerAssignments(world, { actor, command: by, params: { runId: run.id }, body: { bookingIds, accept } })
export const teaching = async (world: World, { actor }: Teacher) => (await listMyAssignments(world, { actor, query: {} })).teaching

/** Asks and accepts; gives the ids of the bookings. */
export async function engage(world: World, item: RunItem, teacher: Teacher, ids = meetingIds(item)): Promise<string[]> {
  const { assignments: asked } = await ask(world, item, teacher, ids)
  const bookings = asked.map(({ bookingId }) => bookingId)
  await answer(world, teacher, item, bookings)
  return bookings
}

/** The bookings that stand in somebody's weeks of some dates. */
export async function bookingsOf(world: World, resource: string, dates: readonly string[]): Promise<Booking[]> {
  const mondays = [...new Set(dates.map((date) => mondayOf(instantOf(date, '12:00'))))]
  const weeks = await readWeeks(
    world,
    mondays.map((monday) => ({ resource, monday })),
  )
  return weeks.flatMap(({ bookings }) => bookings).filter((booking) => standing(booking, world.now()))
}

/** The events of a type in the outbox that concern a run. */
export async function eventsOf(world: World, type: OutboxEvent['type'], runId: string): Promise<OutboxEvent[]> {
  const items = (await scanTable(world.table)).filter(({ pk }) => pk.startsWith('OUTBOX#'))
  return items.map((item) => item['event'] as OutboxEvent).filter((event) => event.type === type && event.runId === runId)
}

/** What the books say of the table, without the outbox, which no stream empties here. */
export async function books(world: World) {
  return violations(
    (await scanTable(world.table)).filter(({ pk }) => !pk.startsWith('OUTBOX#')),
    world.now(),
  )
}

/** Who changed a run's crew, in order. */
export async function crewHistory(world: World, runId: string): Promise<string[]> {
  return (await readRange(world.table, { pk: keys.audit.key(`${runId}.crew`, '').pk })).map((entry) => entry['action'] as string)
}
