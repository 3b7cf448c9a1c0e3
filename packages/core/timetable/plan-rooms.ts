import type { Venue } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { hoursInWords } from '../instructor/obstacle.ts'
import { venueIdsOf } from '../instructor/meeting-place.ts'
import { keys } from '../keys.ts'
import type { Crew, RoomBooking } from '../scheduling/crew.ts'
import { hoursSteps, type HoursChange } from '../scheduling/week.table.ts'
import { roomResource } from '../scheduling/week.ts'
import { readItems } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'

/** Whether a booking is one of a room, and not of a device. */
export const isRoom = ({ resource }: Pick<RoomBooking, 'resource'>) => resource.includes('#room#')

/** A room for a meeting, by its name in the meeting's venue. */
export interface RoomWish {
  meetingId: string
  room: string
}

/**
 * Plans rooms for meetings of a run: all room bookings of its crew afterwards, and the steps that hold the hours, for the caller's own transaction. A room that a meeting had
 * before is given back. Refuses `not-found` (a meeting or room that is not there) and `room-unavailable` (too small, or taken, with when).
 */
export async function planRooms(
  world: World,
  { run }: Pick<RunItem, 'run'>,
  crew: Pick<Crew, 'rooms'> | undefined,
  wishes: readonly RoomWish[],
): Promise<{ rooms: RoomBooking[]; steps: Step[] }> {
  const before = crew?.rooms ?? []
  const venues = await venuesOf(world, run)
  const asked = wishes.map(({ meetingId, room }) => {
    const meeting = run.meetings.find(({ id }) => id === meetingId)
    const venue = venues.get(meeting?.venueId ?? '')
    const named = venue?.rooms.find(({ name }) => name === room)
    if (meeting === undefined || venue === undefined || named === undefined) throw new Refusal('not-found')
    const hours = { from: meeting.startsAt, to: meeting.endsAt }
    if (named.capacity < run.capacity)
      throw unavailable(room, hours, {
        zh: `只坐得下 ${named.capacity} 人，本期 ${run.capacity} 人`,
        en: `it holds ${named.capacity}, the run admits ${run.capacity}`,
      })
    return { bookingId: world.id('booking'), meetingId, resource: roomResource(venue.id, room), ...hours }
  })
  const isSame = (one: RoomBooking, other: RoomBooking) => one.meetingId === other.meetingId && one.resource === other.resource
  const wanted = asked.filter((one) => !before.some((had) => isSame(had, one) && had.from === one.from && had.to === one.to))
  // Devices of the meeting stay.
  const given = before.filter((had) => isRoom(had) && wanted.some(({ meetingId }) => meetingId === had.meetingId))
  const changes: HoursChange[] = [
    ...given.map(({ bookingId: id, resource, from, to }): HoursChange => ({ kind: 'free', resource, booking: { id, from, to } })),
    ...wanted.map(({ bookingId: id, meetingId, resource, from, to }): HoursChange => {
      const booking = {
        id,
        meetingId,
        runId: run.id,
        providerId: run.providerId,
        from,
        to,
        place: null,
        state: 'booked' as const,
        until: null,
      }
      return { kind: 'take', resource, booking, bounds: {} }
    }),
  ]
  const { steps, obstacles } = await hoursSteps(world, changes)
  const [first] = obstacles
  if (first !== undefined) {
    const clash = first.clash.kind === 'overlap' ? hoursInWords(first.clash.with) : hoursInWords(first.change.booking)
    const room = first.change.resource.slice(first.change.resource.indexOf('#room#') + '#room#'.length)
    throw unavailable(room, first.change.booking, { zh: `${clash} 已被占用`, en: `taken ${clash}` })
  }
  return { rooms: [...before.filter((had) => !given.includes(had)), ...wanted], steps }
}

function unavailable(room: string, hours: { from: string; to: string }, reason: { zh: string; en: string }): Refusal {
  return new Refusal('room-unavailable', { room, when: hoursInWords(hours), reason })
}

async function venuesOf(world: World, run: RunItem['run']): Promise<Map<string, Venue>> {
  const ids = venueIdsOf(run)
  const items = await readItems(
    world.table,
    ids.map((id) => keys.venue.key(id)),
  )
  return new Map(ids.flatMap((id, place) => (items[place] === undefined ? [] : [[id, items[place]['venue'] as Venue]])))
}
