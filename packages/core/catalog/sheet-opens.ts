import type { Run } from '@skills/contract/catalog.ts'
import { tooSoon } from '../planning/least-notice.ts'
import { venueIdsOf } from '../instructor/meeting-place.ts'
import { newlyUnsafe, offerObstacles, type Opening } from '../planning/may-open.ts'
import { conductCheck, readConduct } from '../quality/conduct.table.ts'
import { barsAt, type Conduct } from '../quality/conduct.ts'
import { readStanding, standingCheck } from '../provider/standing.table.ts'
import type { Standing } from '../provider/standing.ts'
import type { Step } from '../transact.ts'
import type { RunItem } from './run-item.ts'
import type { Importing } from './write-course.ts'
import type { WriteRemarkCode } from './write-remarks.ts'

type Record = Promise<[Standing | undefined, Conduct | undefined]>
const known = new WeakMap<Importing, Map<string, Record>>()

/** The standing of a provider and its sanctions, read once for each import; where one changes meanwhile the row's transaction fails. */
function recordOf(importing: Importing, providerId: string): Record {
  const { table } = importing.world
  const read = known.get(importing) ?? new Map<string, Record>()
  known.set(importing, read)
  const record = read.get(providerId) ?? Promise.all([readStanding(table, providerId), readConduct(table, providerId)])
  read.set(providerId, record)
  return record
}

/**
 * What a row stands on that makes a run public: a provider that was approved here may offer it still (its suspension, licence and scope, and no sanction that keeps it from publishing; not
 * rooms and instructors: sheets are the operators' own catalog).
 * In a run that is public already no meeting is brought forward or added at short notice, and while it takes people none is moved into a venue whose fire-safety proof is over. Out: checks for the row's transaction, or why it is not written.
 */
export async function sheetOpens(
  importing: Importing,
  before: RunItem | undefined,
  after: Opening,
): Promise<Step[] | Extract<WriteRemarkCode, 'may-not-offer' | 'sooner-than-notice' | 'venue-unsafe'>> {
  const { run } = after
  const now = importing.world.now()
  if (run.state === 'draft' || run.state === 'completed' || run.state === 'cancelled') return []
  if (before !== undefined && before.run.state !== 'draft') {
    if (broughtForward(before.run, run, now)) return 'sooner-than-notice'
    // Who never was approved here has no proofs; and where no venue is new nothing is asked of them.
    const old = venueIdsOf(before.run)
    if (venueIdsOf(run).every((id) => old.includes(id))) return []
    const [standing] = await recordOf(importing, run.providerId)
    if (newlyUnsafe(standing, before.run, run, now).length > 0) return 'venue-unsafe'
    return standing === undefined ? [] : [standingCheck(standing)]
  }
  const [standing, conduct] = await recordOf(importing, run.providerId)
  if (offerObstacles(standing, after, now).length > 0 || barsAt(conduct, now).length > 0) return 'may-not-offer'
  // Who never was sanctioned has nothing to be checked: all rows of a provider would meet there. What is confirmed in that very moment closes what it opened.
  const checks = conduct === undefined ? [] : [conductCheck(run.providerId, conduct)]
  return standing === undefined ? checks : [...checks, standingCheck(standing)]
}

/** A sheet names no meetings by id: what changed is paired in order of time. */
function broughtForward(before: Run, after: Run, now: string): boolean {
  const starts = ({ meetings }: Run, other: Run) =>
    meetings
      .filter(({ startsAt }) => !other.meetings.some((one) => one.startsAt === startsAt))
      .toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  const old = starts(before, after)
  return starts(after, before).some((meeting, place) => meeting.startsAt > now && tooSoon(meeting, old[place], now) !== undefined)
}
