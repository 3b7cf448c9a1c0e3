import { plusMinutes } from '@skills/contract/time.ts'
import { keys } from '../keys.ts'
import { readItems } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import {
  clashOf,
  longestTravelMinutes,
  mondaysOf,
  standing,
  weeksHolding,
  type Booking,
  type Bounds,
  type Clash,
  type Week,
} from './week.ts'

/** One change of somebody's hours: taking them, settling a request that was accepted, or giving them back. */
export type HoursChange =
  | { kind: 'take'; resource: string; booking: Booking; bounds: Bounds }
  | { kind: 'keep'; resource: string; booking: Pick<Booking, 'id' | 'from' | 'to'> }
  | { kind: 'free'; resource: string; booking: Pick<Booking, 'id' | 'from' | 'to'> }

/** A change that cannot be made: hours that are taken, or a request that is no longer there to be kept. */
export interface Obstacle {
  change: HoursChange
  clash: Clash | { kind: 'gone' }
}

/** Weeks of resources as they are now, empty ones for those that nobody has written yet. */
export async function readWeeks(world: World, wanted: readonly { resource: string; monday: string }[]): Promise<Week[]> {
  const items = await readItems(
    world.table,
    wanted.map(({ resource, monday }) => keys.week.key(resource, monday)),
  )
  return wanted.map(({ resource, monday }, place) => {
    const item = items[place] as Week | undefined
    return { resource, monday, version: item?.version ?? 0, bookings: item?.bookings ?? [] }
  })
}

/**
 * Judges changes of hours and gives the steps that make them, for the caller's own transaction: each week it changed is written at the version it was read, each
 * week it only judged (the way from a neighbouring week) is checked to be as read. Changes see each other. A step `week …` that fails means that somebody
 * else booked meanwhile: judge again.
 */
export async function hoursSteps(world: World, changes: readonly HoursChange[]): Promise<{ steps: Step[]; obstacles: Obstacle[] }> {
  const now = world.now()
  const weeks = new Map<string, Week>()
  const wanted = changes.flatMap((change) => weeksAround(change).map((monday) => ({ resource: change.resource, monday })))
  for (const week of await readWeeks(world, distinct(wanted))) weeks.set(nameOf(week), week)
  const written = new Set<string>()
  const obstacles: Obstacle[] = []
  for (const change of changes) {
    const around = weeksAround(change).flatMap((monday) => weeks.get(nameOf({ resource: change.resource, monday })) ?? [])
    const clash = obstacleOf(change, around, now)
    if (clash !== undefined) {
      obstacles.push({ change, clash })
      continue
    }
    for (const monday of weeksHolding(change.booking)) {
      const name = nameOf({ resource: change.resource, monday })
      const week = weeks.get(name)
      if (week === undefined) continue
      weeks.set(name, { ...week, bookings: changed(week.bookings, change, now) })
      written.add(name)
    }
  }
  return { steps: [...weeks].map(([name, week]) => weekStep(week, written.has(name))), obstacles }
}

/** Weeks to read for a change; taking hours looks as far as somebody may have to travel. */
function weeksAround({ kind, booking, ...change }: HoursChange): string[] {
  const far = kind === 'take' && 'bounds' in change && change.bounds.travel !== undefined ? longestTravelMinutes : 0
  return mondaysOf(plusMinutes(booking.from, -far), plusMinutes(booking.to, far - 1))
}

function obstacleOf(change: HoursChange, around: readonly Week[], now: string): Obstacle['clash'] | undefined {
  const bookings = around.flatMap((week) => week.bookings).filter((booking) => standing(booking, now))
  if (change.kind === 'take') return clashOf(bookings, change.booking, change.bounds)
  if (change.kind === 'keep' && !bookings.some(({ id }) => id === change.booking.id)) return { kind: 'gone' }
  return undefined
}

/** The bookings of a week after a change; requests that ended unanswered are left out on the way. */
function changed(bookings: readonly Booking[], change: HoursChange, now: string): Booking[] {
  const others = bookings.filter((booking) => booking.id !== change.booking.id && standing(booking, now))
  if (change.kind === 'free') return others
  if (change.kind === 'take') return [...others, change.booking].toSorted((one, other) => one.from.localeCompare(other.from))
  return bookings
    .filter((booking) => standing(booking, now))
    .map((booking) => (booking.id === change.booking.id ? { ...booking, state: 'booked', until: null } : booking))
}

const nameOf = ({ resource, monday }: { resource: string; monday: string }) => `week ${resource} ${monday}`

function distinct(wanted: readonly { resource: string; monday: string }[]) {
  return [...new Map(wanted.map((one) => [nameOf(one), one])).values()]
}

function weekStep(week: Week, writes: boolean): Step {
  const key = keys.week.key(week.resource, week.monday)
  const same =
    week.version === 0 ? { condition: 'attribute_not_exists(pk)' } : { condition: 'version = :before', values: { ':before': week.version } }
  if (!writes) return { name: nameOf(week), check: { key, ...same } }
  const { resource, monday, bookings } = week
  return { name: nameOf(week), put: { item: { ...key, resource, monday, bookings, version: week.version + 1 }, ...same } }
}
