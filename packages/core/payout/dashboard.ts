import type { DashboardRun, DashboardTask } from '@skills/contract/dashboard.ts'
import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { firstMeeting, lastMeeting, runAt } from '../catalog/run.ts'
import type { RunItem } from '../catalog/run-item.ts'
import type { SeatHead } from '../enrollment/seats.ts'
import { runLine } from '../planning/run-line.ts'
import { endsOf } from '../provider/standing-ends.ts'
import type { Standing } from '../provider/standing.ts'
import type { Crew } from '../scheduling/crew.ts'

/** A run with its seats and its crew. */
export interface RunFacts {
  item: RunItem
  heads: readonly SeatHead[]
  crew: Crew | undefined
}

/** Days before an end on which it becomes a task: as early as its first reminder is sent. */
const endsWithinDays = 60

/** Runs that are not over and not cancelled, the earliest first. Drafts count: they are what is being planned. */
export function runsAhead(items: readonly RunItem[], now: string): RunItem[] {
  return items
    .filter(({ run }) => !['completed', 'cancelled'].includes(runAt(run, now).state) && lastMeeting(run) > now)
    .toSorted((a, b) => (firstMeeting(a.run) < firstMeeting(b.run) ? -1 : 1))
}

/** Runs that were given though somebody could have paid: each of them has a statement, or should have one. */
export function toState(items: readonly RunItem[], now: string): RunItem[] {
  return items.filter(({ run }) => run.priceFen > 0 && runAt(run, now).state === 'completed')
}

const named = ({ run, title }: RunItem) => ({ runId: run.id, title, runName: run.name })

export function dashboardRun({ item, heads, crew }: RunFacts, now: string): DashboardRun {
  const { seats, startsAt, capacity } = runLine(item, heads, crew, now)
  return { ...named(item), state: runAt(item.run, now).state, startsAt, capacity, ...seats }
}

/** What waits for a provider, the most pressing first. */
export function dashboardTasks(
  {
    ahead,
    over,
    standing,
  }: { ahead: readonly RunFacts[]; over: readonly RunItem[]; standing: Pick<Standing, 'scope' | 'licenceUntil' | 'venues'> | undefined },
  now: string,
): DashboardTask[] {
  const tasks = ahead.flatMap(({ item, heads, crew }): DashboardTask[] => {
    const { untaught, asked, seats, tentative, startsAt } = runLine(item, heads, crew, now)
    const missing = tentative !== null && tentative.confirmedAt === null && seats.sold < tentative.minimum ? tentative : undefined
    return [
      ...(untaught > 0 ? [{ kind: 'no-instructor' as const, ...named(item), meetings: untaught, asked, at: startsAt }] : []),
      ...(missing === undefined
        ? []
        : [{ kind: 'minimum-missing' as const, ...named(item), taken: seats.sold, minimum: missing.minimum, at: missing.decideAt }]),
    ]
  })
  const due = over.map((item) => ({ kind: 'statement-due' as const, ...named(item), at: lastMeeting(item.run) }))
  const horizon = dateAt(plusMinutes(now, endsWithinDays * 24 * 60))
  const ends = standing === undefined ? [] : endsOf(standing).filter(({ until }) => until <= horizon)
  const venue = (what: string) => standing?.venues?.find(({ venueId }) => venueId === what)?.name ?? null
  const proofs = ends.map(({ what, until }) => ({
    ...{ kind: 'proof-ends' as const, what, until, venue: venue(what), at: instantOf(until, '23:59') },
  }))
  return [...tasks, ...due, ...proofs].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
