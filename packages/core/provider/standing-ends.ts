import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import type { Standing } from './standing.ts'

/** How many days before an end its provider is told; 0 is the first day on which it is over. */
const reminderDays = [60, 30, 7, 0] as const

/** An end that comes: of the licence, of a venue's fire-safety proof (its id), or of the scope for a trade. */
export interface End {
  what: 'licence' | (string & {})
  until: string
}

type Ends = Pick<Standing, 'scope' | 'licenceUntil' | 'venues' | 'told'>

/** How often the runs of a provider that may offer nothing are looked at, minutes: one of them may have opened meanwhile. */
const blockedMinutes = 6 * 60

/** Every end of a standing that has a date. */
export function endsOf({ scope, licenceUntil, venues = [] }: Pick<Standing, 'scope' | 'licenceUntil' | 'venues'>): End[] {
  const licence: End[] = licenceUntil === null ? [] : [{ what: 'licence', until: licenceUntil }]
  const places = venues.map(({ venueId, until }): End => ({ what: venueId, until }))
  return [...licence, ...places, ...scope.flatMap(({ trade, until }): End[] => (until === null ? [] : [{ what: trade, until }]))]
}

/**
 * The instant at which an end is to be told, so many days before: eight in the morning in Beijing. On the last one the day itself is over, and at its very beginning: registration is
 * closed by that look, and no seat is given where the proof is over.
 */
function tellAt({ until }: End, days: number): string {
  const last = instantOf(until, days === 0 ? '00:00' : '08:00')
  return plusMinutes(last, (1 - days) * 24 * 60)
}

const mark = ({ what, until }: End, days: number) => `${what}@${until}@${days}`

/** What its provider is to be told now, of each end only the latest that is due; and all marks that are settled with it. */
export function dueReminders(standing: Ends, now: string): { reminders: (End & { days: number })[]; told: string[] } {
  const reminders: (End & { days: number })[] = []
  const told: string[] = []
  for (const end of endsOf(standing)) {
    const due = reminderDays.filter((days) => tellAt(end, days) <= now)
    told.push(...due.map((days) => mark(end, days)))
    const days = due.at(-1)
    if (days !== undefined && !standing.told.includes(mark(end, days))) reminders.push({ ...end, days })
  }
  return { reminders, told }
}

/** The next instant at which somebody must look at a standing, or undefined: nothing of it ends. A past one is due at once. */
export function nextLook(standing: Ends & Pick<Standing, 'blockedSince'>, now: string): string | undefined {
  const open = endsOf(standing).flatMap((end) =>
    reminderDays.filter((days) => !standing.told.includes(mark(end, days))).map((days) => tellAt(end, days)),
  )
  if (standing.blockedSince !== null) open.push(standing.blockedSince === now ? now : plusMinutes(now, blockedMinutes))
  const next = open.sort()[0]
  return next === undefined || next > now ? next : now
}

/** The venues whose fire-safety proof is over on the civil date of an instant. */
export const unsafeVenues = ({ venues = [] }: Pick<Standing, 'venues'>, now: string): string[] =>
  venues.filter(({ until }) => until < dateAt(now)).map(({ venueId }) => venueId)

/** Whether the licence is over on the civil date of an instant. */
export const licenceOver = ({ licenceUntil }: Pick<Standing, 'licenceUntil'>, now: string) =>
  licenceUntil !== null && licenceUntil < dateAt(now)
