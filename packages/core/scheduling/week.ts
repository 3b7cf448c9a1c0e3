import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { plusDays, weekdayOf } from '../order/civil-date.ts'

/** Hours of an instructor, a room or a device that are given away: `asked` waits for an answer until `until`, `booked` stays. */
export interface Booking {
  id: string
  meetingId: string
  runId: string
  providerId: string
  from: string
  to: string
  /** Where it is, for the way there; null where nobody has to travel. */
  place: Place | null
  state: 'asked' | 'booked'
  until: string | null
}

/** A place as travelling sees it. Region: six digits (GB/T 2260). */
export interface Place {
  venueId: string
  region: string
}

/** A week of one resource, Monday to Sunday in Beijing. Its version lets everybody who books take turns. */
export interface Week {
  resource: string
  monday: string
  version: number
  bookings: Booking[]
}

/** What binds a resource beside its hours: rooms and devices have neither a cap nor a way to go. */
export interface Bounds {
  /** Minutes in one week, all providers together. */
  weeklyMinutes?: number
  /** Minutes from one place to another. */
  travel?: (from: Place, to: Place) => number
}

/** Why hours cannot be had, and the booking in the way. */
export type Clash =
  | { kind: 'overlap'; with: Booking }
  | { kind: 'travel'; with: Booking; minutes: number }
  | { kind: 'weekly-cap'; minutes: number; most: number }

/** Nobody is asked to travel longer between two meetings of neighbouring weeks, so no more of them is read. */
export const longestTravelMinutes = 12 * 60

/** The name of a room or device among resources; an instructor's is her id. */
export function roomResource(venueId: string, room: string): string {
  return `${venueId}#room#${room}`
}
export function deviceResource(venueId: string, device: string): string {
  return `${venueId}#device#${device}`
}

/** The Monday of the week of an instant in Beijing. */
export function mondayOf(instant: string): string {
  const date = dateAt(instant)
  return plusDays(date, 1 - weekdayOf(date))
}

/** Nothing looks at more weeks at once: two years of plans and what lies around them (`plan-span.ts`). */
const mostWeeks = 110

/** The Mondays of all weeks that an interval touches, both ends included. Throws for more weeks than any plan spans: whoever takes instants from outside judges them before. */
export function mondaysOf(from: string, to: string): string[] {
  const mondays: string[] = []
  for (let monday = mondayOf(from), last = mondayOf(to); monday <= last; monday = plusDays(monday, 7)) {
    if (mondays.length === mostWeeks) throw new RangeError(`more than ${mostWeeks} weeks`)
    mondays.push(monday)
  }
  return mondays
}

/** The weeks that hold a booking: its end is not part of it. */
export function weeksHolding({ from, to }: Pick<Booking, 'from' | 'to'>): string[] {
  return mondaysOf(from, plusMinutes(to, -1))
}

/** Whether a booking still takes its hours: an unanswered request ends by itself. */
export function standing(booking: Booking, now: string): boolean {
  return booking.state === 'booked' || booking.until === null || booking.until > now
}

/** Minutes of a booking that lie in the week of a Monday. */
function minutesIn(monday: string, { from, to }: Pick<Booking, 'from' | 'to'>): number {
  const [starts, ends] = [instantOf(monday, '00:00'), instantOf(plusDays(monday, 7), '00:00')]
  const ms = Math.min(Date.parse(to), Date.parse(ends)) - Math.max(Date.parse(from), Date.parse(starts))
  return Math.max(0, ms / 60_000)
}

/**
 * The first reason why hours cannot be had, or undefined. In: every standing booking of the weeks around, the wanted hours, the bounds of the
 * resource. Hours that only touch do not overlap; between two places the way must fit in between. Bookings of the same meeting are no clash with themselves.
 */
export function clashOf(
  bookings: readonly Booking[],
  wanted: Pick<Booking, 'id' | 'from' | 'to' | 'place'>,
  bounds: Bounds,
): Clash | undefined {
  const others = bookings.filter(({ id }) => id !== wanted.id)
  const overlapping = others.find(({ from, to }) => from < wanted.to && wanted.from < to)
  if (overlapping !== undefined) return { kind: 'overlap', with: overlapping }
  for (const other of others) {
    if (bounds.travel === undefined || other.place === null || wanted.place === null) continue
    const before = other.to <= wanted.from
    const minutes = before ? bounds.travel(other.place, wanted.place) : bounds.travel(wanted.place, other.place)
    const [leaves, begins] = before ? [other.to, wanted.from] : [wanted.to, other.from]
    if (plusMinutes(leaves, minutes) > begins) return { kind: 'travel', with: other, minutes }
  }
  return overCap(others, wanted, bounds)
}

function overCap(others: readonly Booking[], wanted: Pick<Booking, 'from' | 'to'>, { weeklyMinutes: most }: Bounds): Clash | undefined {
  if (most === undefined) return undefined
  // What reaches over Sunday's midnight stands in both of its weeks.
  const distinct = [...new Map(others.map((one) => [one.id, one])).values()]
  for (const monday of weeksHolding(wanted)) {
    const minutes = [...distinct, wanted].reduce((sum, one) => sum + minutesIn(monday, one), 0)
    if (minutes > most) return { kind: 'weekly-cap', minutes, most }
  }
  return undefined
}
