import type { Meeting, Run } from '@skills/contract/catalog.ts'
import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { dayKind } from './meeting-dates.ts'

const dayMinutes = 24 * 60
/** No holiday is longer, and nobody else's meeting of the run stands in the way for longer. */
const mostSteps = 60

/**
 * A run with every meeting that has not begun so many days later, in its order. A meeting that would fall on a public holiday goes on to the next day that is none; by whole weeks when the days
 * are whole weeks, so that a Tuesday course stays one. Registration that is still open, and a decision that is still due, move as far as the first meeting does.
 */
export function postponed(run: Run, days: number, now: string): Run {
  const step = days % 7 === 0 ? 7 : 1
  const moved: Meeting[] = run.meetings.filter(({ startsAt }) => startsAt <= now)
  for (const meeting of run.meetings.filter(({ startsAt }) => startsAt > now)) {
    let at = shifted(meeting, days)
    for (let more = 0; more < mostSteps && (dayKind(dateAt(at.startsAt)) === 'holiday' || overlaps(at, moved)); more += 1)
      at = shifted(at, step)
    moved.push(at)
  }
  const first = (meetings: readonly Meeting[]) => meetings.map(({ startsAt }) => startsAt).sort()[0] ?? ''
  const by = (Date.parse(first(moved)) - Date.parse(first(run.meetings))) / 60_000
  const later = (instant: string) => (instant > now ? plusMinutes(instant, by) : instant)
  const tentative = run.tentative === undefined ? undefined : { ...run.tentative, decideAt: later(run.tentative.decideAt) }
  return { ...run, meetings: moved, closesAt: later(run.closesAt), ...(tentative === undefined ? {} : { tentative }) }
}

function shifted(meeting: Meeting, days: number): Meeting {
  const [startsAt, endsAt] = [meeting.startsAt, meeting.endsAt].map((instant) => plusMinutes(instant, days * dayMinutes)) as [
    string,
    string,
  ]
  return { ...meeting, startsAt, endsAt }
}

const overlaps = (one: Meeting, others: readonly Meeting[]) =>
  others.some(({ startsAt, endsAt }) => startsAt < one.endsAt && one.startsAt < endsAt)
