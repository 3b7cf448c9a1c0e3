import type { Run } from '@skills/contract/catalog.ts'
import type { History } from '../audit.ts'
import type { Attendance } from './evidence.ts'
import { meetingMinutes, presence, type Check } from './presence.ts'
import { hoursOf, type AttendanceRule } from './rule.ts'

/** What a run came to for one person, by its evidence and a rule. */
export interface Credit extends History {
  runId: string
  personId: string
  enrollmentId: string
  entity: string
  /** `not-taken`: nobody took attendance in most of its meetings, so nothing is known, for or against her. */
  outcome: 'completed' | 'incomplete' | 'no-show' | 'not-taken'
  minutes: number
  outOfMinutes: number
  hours: number
  rule: string
  /** The instant that counts against her as a missed run, as it stands in her schedule; null where none does. */
  noShowAt: string | null
  /** Each meeting as it was when this was judged. */
  meetings: { meetingId: string; startsAt: string; endsAt: string; minutes: number }[]
}

/** A check of one of a run's meetings. */
export interface MeetingCheck extends Check {
  meetingId: string
}

/** Meetings at which somebody can be: a video is watched whenever she likes. */
export function taughtMeetings(run: Pick<Run, 'meetings'>): Run['meetings'] {
  return run.meetings.filter(({ kind }) => kind !== 'video').sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
}

export interface CreditFacts {
  run: Pick<Run, 'meetings'>
  /** The meetings whose attendance was taken. */
  taken: readonly string[]
  checks: readonly MeetingCheck[]
  attendances: readonly Pick<Attendance, 'meetingId' | 'evidence'>[]
  /** Minutes she was admitted to be taught: what is dropped later is not taught, and makes nobody complete. */
  admittedMinutes?: number
}

/**
 * Hours by rule: minutes that count, over all meetings at which somebody can be. Completed from `completePercent` of them on. A no-show came to none of the meetings of which attendance was
 * taken, and it was taken at half of them at least: who cannot show that she was there because nobody asked her is none.
 */
export function judgeCredit(
  { run, taken, checks, attendances, admittedMinutes = 0 }: CreditFacts,
  rule: AttendanceRule,
): Pick<Credit, 'outcome' | 'minutes' | 'outOfMinutes' | 'hours' | 'rule' | 'noShowAt' | 'meetings'> {
  const taught = taughtMeetings(run)
  const meetings = taught.map((meeting) => {
    const evidence = attendances.find(({ meetingId }) => meetingId === meeting.id)?.evidence ?? []
    const own = checks.filter(({ meetingId }) => meetingId === meeting.id)
    const { minutes } = presence(meeting, own, evidence, rule)
    return { meetingId: meeting.id, startsAt: meeting.startsAt, endsAt: meeting.endsAt, minutes }
  })
  const minutes = meetings.reduce((sum, one) => sum + one.minutes, 0)
  const planned = taught.reduce((sum, meeting) => sum + meetingMinutes(meeting), 0)
  const outOfMinutes = Math.max(planned, admittedMinutes)
  const known = taught.filter(({ id }) => taken.includes(id)).length * 2 >= taught.length && taught.length > 0
  const came = attendances.some(({ evidence }) => evidence.some((one) => one.type === 'proof')) || minutes > 0
  const enough = minutes * 100 >= outOfMinutes * rule.completePercent && outOfMinutes > 0
  const outcome = enough ? 'completed' : came ? 'incomplete' : known ? 'no-show' : 'not-taken'
  const noShowAt = outcome === 'no-show' ? (taught.at(-1)?.endsAt ?? null) : null
  return { outcome, minutes, outOfMinutes, hours: hoursOf(minutes, rule), rule: rule.version, noShowAt, meetings }
}
