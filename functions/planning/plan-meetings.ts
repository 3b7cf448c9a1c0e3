import type { Actor } from '@skills/contract/actor.ts'
import { mostMeetings, type Pattern, type RoomClash } from '@skills/contract/planning.ts'
import type { planMeetings as route } from '@skills/contract/planning.routes.ts'
import { dateAt } from '@skills/contract/time.ts'
import { provisionalBetween } from '@skills/core/order/working-days.ts'
import { dayKind, hoursOn, patternDates } from '@skills/core/planning/meeting-dates.ts'
import { roomChanges, wantedRooms } from '@skills/core/planning/room-bookings.ts'
import { roomClashes } from '@skills/core/planning/room-clashes.ts'
import { ownVenues } from '@skills/core/planning/venues.table.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { hoursSteps } from '@skills/core/scheduling/week.table.ts'
import type { World } from '@skills/core/world.ts'
import type * as z from 'zod/mini'
import { ownProvider, ownRun, planners } from './own-provider.ts'

interface Call {
  actor: Actor
  params: { providerId: string }
  body: { patterns: Pattern[]; except: string[]; onHolidays: boolean; capacity: number; runId?: string | undefined }
}
type Answer = z.infer<(typeof route)['answer']['body']>

/**
 * The meetings that patterns come to, in order of time, with what each day is, what was left out and why, and which rooms are taken with what is free. Nothing is written or held. At most
 * sixty meetings are given. Refuses `not-found`.
 */
export async function planMeetings(world: World, { actor, params, body }: Call): Promise<Answer> {
  const provider = await ownProvider(world, actor, params.providerId, planners)
  const skipped: Answer['skipped'] = []
  const meetings = body.patterns
    .flatMap((pattern, place) => {
      const found = patternDates(pattern, body.except, body.onHolidays)
      skipped.push(...found.skipped.map((one) => ({ pattern: place, ...one })))
      const { kind, venueId, room, devices } = pattern
      return found.dates.map((date) => ({ ...hoursOn(date, pattern), kind, venueId, room, devices, day: dayKind(date) }))
    })
    .toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
    .slice(0, mostMeetings)
  const overlaps = meetings.flatMap((meeting, place) => {
    const other = meetings.findIndex((one, number) => number < place && one.startsAt < meeting.endsAt && meeting.startsAt < one.endsAt)
    return other < 0 ? [] : [{ meeting: place, other }]
  })
  const dates = meetings.map(({ startsAt }) => dateAt(startsAt))
  return {
    meetings,
    skipped,
    overlaps,
    clashes: await clashesOf(world, actor, provider.id, body, meetings),
    provisional: provisionalBetween(dates[0] ?? dateAt(world.now()), dates.at(-1) ?? dateAt(world.now())) !== null,
  }
}

/** Rooms that the meetings could not have now; those of the run itself are free again for it. */
async function clashesOf(
  world: World,
  actor: Actor,
  providerId: string,
  { capacity, runId }: Call['body'],
  planned: readonly Omit<Answer['meetings'][number], 'day'>[],
): Promise<RoomClash[]> {
  const crew = runId === undefined ? undefined : await readCrew(world.table, (await ownRun(world, actor, runId, planners)).run.id)
  const venues = await ownVenues(world.table, providerId, { meetings: planned })
  const meetings = planned
    .map((meeting, place) => ({ ...meeting, id: String(place) }))
    .filter(({ venueId }) => venueId === null || venues.has(venueId))
  const devices = new Map(meetings.map(({ id, devices: wanted }) => [id, wanted]))
  const run = { id: runId ?? 'planned', providerId, capacity, meetings }
  let bookings = 0
  const { changes } = roomChanges(run, crew?.rooms ?? [], wantedRooms(run, devices), () => `planned ${(bookings += 1)}`)
  const { obstacles } = await hoursSteps(world, changes)
  const places = await roomClashes(world, { run, venues }, obstacles)
  return places.map((clash) => ({ ...clash, meeting: Number(meetings[clash.meeting]?.id ?? clash.meeting) }))
}
