import type { Run, Venue } from '@skills/contract/catalog.ts'
import type { RoomClash } from '@skills/contract/planning.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { hoursInWords } from '../instructor/obstacle.ts'
import { nearDays, nearHours } from '../scheduling/near-hours.ts'
import { readWeeks, type Obstacle } from '../scheduling/week.table.ts'
import { clashOf, mondaysOf, roomResource, standing, type Booking } from '../scheduling/week.ts'
import type { World } from '../world.ts'
import { resourceParts, roomsFor } from './room-bookings.ts'

const mostClashes = 5

interface Place {
  run: Pick<Run, 'id' | 'capacity' | 'meetings'>
  venues: ReadonlyMap<string, Venue>
}

/** What stands in the way of rooms and devices, with what is free instead: other rooms of the venue at the same hours, and near hours of the same one. Nobody hears whose hours they are. */
export async function roomClashes(world: World, { run, venues }: Place, obstacles: readonly Obstacle[]): Promise<RoomClash[]> {
  const clashes: RoomClash[] = []
  for (const { change, clash } of obstacles.slice(0, mostClashes)) {
    if (change.kind !== 'take' || clash.kind !== 'overlap') continue
    const { booking, resource } = change
    const { venueId, kind, name } = resourceParts(resource)
    const others = kind === 'room' ? roomsFor(venues.get(venueId) ?? { rooms: [] }, run.capacity, name) : []
    const [sameHours, own] = await Promise.all([
      Promise.all(others.map(async (room) => ({ room, taken: await taken(world, roomResource(venueId, room), booking.from, booking.to) }))),
      taken(world, resource, plusMinutes(booking.from, -nearDays * 1440), plusMinutes(booking.to, nearDays * 1440)),
    ])
    clashes.push({
      meeting: run.meetings.findIndex(({ id }) => id === booking.meetingId),
      resource,
      from: clash.with.from,
      to: clash.with.to,
      freeRooms: sameHours.filter(({ taken: there }) => clashOf(there, booking, {}) === undefined).map(({ room }) => room),
      freeTimes: nearTimes(own, run.meetings, booking, world.now()),
    })
  }
  return clashes
}

async function taken(world: World, resource: string, from: string, to: string): Promise<Booking[]> {
  const weeks = await readWeeks(
    world,
    mondaysOf(from, to).map((monday) => ({ resource, monday })),
  )
  return weeks.flatMap(({ bookings }) => bookings).filter((booking) => standing(booking, world.now()))
}

/** Hours near the wanted ones that are free there and touch no other meeting of the run. */
function nearTimes(there: readonly Booking[], meetings: Run['meetings'], wanted: Booking, now: string): { from: string; to: string }[] {
  return nearHours(wanted, now, ({ from, to }) => {
    const other = meetings.some(({ id, startsAt, endsAt }) => id !== wanted.meetingId && startsAt < to && from < endsAt)
    return !other && clashOf(there, { ...wanted, from, to }, {}) === undefined
  })
}

/** The refusal of a plan whose rooms are taken: the first clashes in words, all of them as data. */
export function roomTaken(clashes: readonly RoomClash[], venues: ReadonlyMap<string, Venue>): Refusal {
  const say = (language: 'zh' | 'en') =>
    clashes
      .slice(0, 2)
      .map(({ resource, from, to, freeRooms, freeTimes }) => {
        const { venueId, name } = resourceParts(resource)
        const place = `${venues.get(venueId)?.name[language] ?? ''} ${name}`.trim()
        const free = [...freeRooms, ...freeTimes.map(hoursInWords)]
        const when = hoursInWords({ from, to })
        if (language === 'zh') return `${place} ${when} 已被占用${free.length === 0 ? '' : `，空闲：${free.join('、')}`}`
        return `${place} is taken ${when}${free.length === 0 ? '' : `; free: ${free.join(', ')}`}`
      })
      .join(language === 'zh' ? '；' : '. ')
  return new Refusal('room-taken', { reasons: { zh: say('zh'), en: say('en') }, clashes })
}
