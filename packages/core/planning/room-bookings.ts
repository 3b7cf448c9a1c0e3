import type { Run, Venue } from '@skills/contract/catalog.ts'
import type { RoomBooking } from '../scheduling/crew.ts'
import type { HoursChange } from '../scheduling/week.table.ts'
import { deviceResource, roomResource, type Booking } from '../scheduling/week.ts'

/** A room or device that a meeting is to have. */
export type WantedRoom = Omit<RoomBooking, 'bookingId'>

/** The rooms and devices of a run's meetings, devices by meeting id. What names no venue takes none. */
export function wantedRooms(run: Pick<Run, 'meetings'>, devices: ReadonlyMap<string, readonly string[]>): WantedRoom[] {
  return run.meetings.flatMap(({ id: meetingId, venueId, room, startsAt: from, endsAt: to }): WantedRoom[] => {
    if (venueId === null) return []
    const resources = [
      ...(room === null ? [] : [roomResource(venueId, room)]),
      ...(devices.get(meetingId) ?? []).map((device) => deviceResource(venueId, device)),
    ]
    return resources.map((resource) => ({ meetingId, resource, from, to }))
  })
}

/** What of a resource's name a person knows: the room or the device, in which venue. */
export function resourceParts(resource: string): { venueId: string; kind: 'room' | 'device'; name: string } {
  const [venueId = '', kind = '', ...name] = resource.split('#')
  return { venueId, kind: kind === 'device' ? 'device' : 'room', name: name.join('#') }
}

/** Bookings before and after, and the changes of hours between them: what is the same keeps its booking, what goes is freed before anything is taken. */
export function roomChanges(
  run: Pick<Run, 'id' | 'providerId'>,
  before: readonly RoomBooking[],
  wanted: readonly WantedRoom[],
  newId: () => string,
): { rooms: RoomBooking[]; changes: HoursChange[] } {
  const isSame = (one: WantedRoom, other: WantedRoom) =>
    one.meetingId === other.meetingId && one.resource === other.resource && one.from === other.from && one.to === other.to
  const rooms = wanted.map((one): RoomBooking => before.find((had) => isSame(had, one)) ?? { bookingId: newId(), ...one })
  const gone = before.filter((had) => !rooms.includes(had))
  const taken = rooms.filter((one) => !before.includes(one))
  return { rooms, changes: [...gone.map(freeing), ...taken.map((one) => taking(run, one))] }
}

/** Giving hours back. */
export function freeing({ bookingId: id, resource, from, to }: Pick<RoomBooking, 'bookingId' | 'resource' | 'from' | 'to'>): HoursChange {
  return { kind: 'free', resource, booking: { id, from, to } }
}

function taking(
  { id: runId, providerId }: Pick<Run, 'id' | 'providerId'>,
  { bookingId: id, meetingId, resource, from, to }: RoomBooking,
): HoursChange {
  const booking: Booking = { id, meetingId, runId, providerId, from, to, place: null, state: 'booked', until: null }
  return { kind: 'take', resource, booking, bounds: {} }
}

/** Other rooms of a venue that hold so many people. */
export function roomsFor({ rooms }: Pick<Venue, 'rooms'>, capacity: number, not: string): string[] {
  return rooms.filter((room) => room.capacity >= capacity && room.name !== not).map(({ name }) => name)
}

/** The rooms that a change of a venue takes away or makes smaller, as weeks name them. Its audit entry names them: meetings that were to be there are for their planner to mend. */
export function roomsLost(before: Venue | undefined, after: Venue): string[] {
  const has = new Map(after.rooms.map(({ name, capacity }) => [name, capacity]))
  return (before?.rooms ?? [])
    .filter(({ name, capacity }) => (has.get(name) ?? 0) < capacity)
    .map(({ name }) => roomResource(after.id, name))
}
