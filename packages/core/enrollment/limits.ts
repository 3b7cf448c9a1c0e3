import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { holdMinutes } from '../order/order.ts'
import { unpaidMinutes, unpaidSince, type Schedule } from './schedule.ts'

/** What one person, and one employer, may hold. Numbers are the house's own; a deployment may set others (`LIMITS`, JSON). */
export interface Limits {
  /** Unpaid seats at once. */
  holds: number
  /** So many unpaid seats that ran out or were given up within a day keep a person from another: each is another three quarters of an hour. */
  unpaidHolds: number
  /** The same for joining a queue, where what is let go was held far longer: fewer of them are enough (`timesLetGo`). */
  unpaidJoins: number
  /** Queues a person stands in at once, offers among them. */
  queues: number
  /** How often a seat of one run is kept for a person who waits (0: without end), whatever came of it: so any number of people who take turns at a seat come to an end. */
  offersOfRun: number
  /** Enrollments in runs that are not over. */
  enrollments: number
  /** So many missed runs … */
  noShows: number
  /** … within so many days keep a person from claiming until the oldest of them is that old. */
  noShowDays: number
  /** Unpaid seats of all group orders of one employer. */
  employerHolds: number
  /** So many group orders of an employer that ended unpaid within a day keep it from another (0: never). */
  employerUnpaidHolds: number
  /** The least a person can be asked to pay, fen (0: any sum): payment providers take nothing smaller, so such a seat would be held and could not be paid. */
  leastPayableFen: number
  /** Names or mobiles of learners that one person of a provider may open in a day (0: none). */
  reveals: number
  /** Announcements of one run a day. */
  announcements: number
  /** Messages of one learner in one run a day. */
  questions: number
  /** Messages of one person who answers in one run a day. */
  answers: number
  /** How long a group order that is paid by bank transfer holds its seats, in hours. */
  transferHoldHours: number
}

const usual: Limits = {
  holds: 2,
  unpaidHolds: 6,
  unpaidJoins: 3,
  queues: 10,
  offersOfRun: 2,
  enrollments: 20,
  noShows: 3,
  noShowDays: 90,
  employerHolds: 100,
  employerUnpaidHolds: 6,
  leastPayableFen: 0,
  announcements: 5,
  questions: 10,
  answers: 200,
  reveals: 20,
  transferHoldHours: 72,
}

/** The limits of a deployment. In: the environment's `LIMITS`, JSON with some of the numbers, or undefined. Throws where it is no such thing. */
export function limitsOf(text: string | undefined): Limits {
  const given = text === undefined || text === '' ? {} : (JSON.parse(text) as Partial<Limits>)
  for (const [name, value] of Object.entries(given))
    if (!(name in usual) || !Number.isInteger(value) || value < 0) throw new Error(`LIMITS: ${name} is no limit, or not a whole number`)
  return { ...usual, ...given }
}

/** Which limits keep a person from one more seat now: `too-many-holds` and `unpaid-too-often` (only where the seat must be paid), `too-many-enrollments`, `cool-down`. */
export function overLimits(schedule: Schedule, limits: Limits, now: string, pays: boolean): Refusal[] {
  const found: Refusal[] = []
  const holds = schedule.holds.filter(({ until }) => until > now).length
  if (pays && holds >= limits.holds) found.push(new Refusal('too-many-holds', { most: limits.holds }))
  if (pays) found.push(...unpaidTooOften(schedule, limits.unpaidHolds, now))
  const live = schedule.busy.filter(({ times }) => times.some(([, end]) => end > now)).length
  if (live >= limits.enrollments) found.push(new Refusal('too-many-enrollments', { most: limits.enrollments }))
  const since = plusMinutes(now, -limits.noShowDays * 24 * 60)
  const missed = schedule.noShows.filter((at) => at > since).sort()
  const oldest = missed.at(-limits.noShows)
  if (limits.noShows > 0 && oldest !== undefined && missed.length >= limits.noShows)
    found.push(new Refusal('cool-down', { noShows: missed.length, until: plusMinutes(oldest, limits.noShowDays * 24 * 60) }))
  return found
}

/** `unpaid-too-often` where a person let so many seats go within the last day; 0 is no limit. */
function unpaidTooOften(schedule: Schedule, most: number, now: string): Refusal[] {
  const freeAgain = unpaidSince(schedule, now).at(-most)
  return most === 0 || freeAgain === undefined
    ? []
    : [new Refusal('unpaid-too-often', { most, until: plusMinutes(freeAgain, unpaidMinutes) })]
}

/** Which limits keep a person from joining one more queue now: `unpaid-too-often`, `too-many-queues`. In: how many she stands in. */
export function overQueues(schedule: Schedule, standsIn: number, limits: Limits, now: string): Refusal[] {
  return [
    ...unpaidTooOften(schedule, limits.unpaidJoins, now),
    ...(standsIn >= limits.queues ? [new Refusal('too-many-queues', { most: limits.queues })] : []),
  ]
}

/** How many unpaid seats an offer counts as that was let go: one for each hold that would have fitted into its time, at most `unpaidJoins`, so that one missed night stops no claim. */
export function timesLetGo(offeredAt: string, endedAt: string, { unpaidJoins }: Limits): number {
  let times = 1
  while (times < unpaidJoins && plusMinutes(offeredAt, times * holdMinutes) < endedAt) times += 1
  return times
}

/** `payable-too-small` where a sum in fen is something, but less than a payment can be. */
export function tooSmallToPay(fen: number, { leastPayableFen: least }: Limits): Refusal | undefined {
  return fen > 0 && fen < least ? new Refusal('payable-too-small', { fen, least }) : undefined
}
