import type { RunLine } from '@skills/contract/planning.ts'
import type * as z from 'zod/mini'
import type { RunSeats } from '@skills/contract/planning.ts'
import { firstMeeting, lastMeeting } from '../catalog/run.ts'
import type { RunItem } from '../catalog/run-item.ts'
import type { SeatHead } from '../enrollment/seats.ts'
import { liveAssignments, type Crew } from '../scheduling/crew.ts'
import { needsInstructor } from './needs.ts'

/** The seats of a run, summed over its heads. */
export function seatsOf(heads: readonly SeatHead[]): z.infer<typeof RunSeats> {
  const sum = (account: 'free' | 'held' | 'sold') => heads.reduce((all, head) => all + head[account], 0)
  return { free: sum('free'), held: sum('held'), sold: sum('sold') }
}

/** A run as its provider's list shows it, with what is still to be done for it. Meetings that have begun need nobody any more. */
export function runLine({ run }: Pick<RunItem, 'run'>, heads: readonly SeatHead[], crew: Crew | undefined, now: string): RunLine {
  const { id, code, name, state, opensAt, closesAt, capacity, priceFen } = run
  const live = crew === undefined ? [] : liveAssignments(crew, now)
  const coming = run.meetings.filter((meeting) => meeting.startsAt > now && needsInstructor(meeting))
  const has = (meetingId: string, wanted: 'accepted' | 'asked') => live.some((one) => one.meetingId === meetingId && one.state === wanted)
  const untaught = crew === undefined ? [] : coming.filter((meeting) => !has(meeting.id, 'accepted'))
  return {
    ...{ id, code, name, state, opensAt, closesAt, capacity, priceFen },
    startsAt: firstMeeting(run),
    endsAt: lastMeeting(run),
    meetings: run.meetings.length,
    seats: seatsOf(heads),
    planned: crew !== undefined,
    untaught: untaught.length,
    asked: untaught.filter((meeting) => has(meeting.id, 'asked')).length,
    tentative: run.tentative ?? null,
  }
}
