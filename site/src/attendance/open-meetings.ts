import type { MyAttendance } from '@skills/contract/attendance.ts'
import { plusMinutes } from '@skills/contract/time.ts'

/** So long before a meeting one can check in to it, and so long after it check out; minutes, as the server has it. */
const doorsMinutes = 30

/** One of her meetings, with the run it is of. */
export interface HerMeeting {
  run: MyAttendance
  meeting: MyAttendance['meetings'][number]
}

/**
 * The meetings whose doors are open at an instant, the likeliest first: what has begun and she has not left; then what is over and she has not checked out of; then what begins next; what she
 * never came to or has left already comes last. And the next one whose doors are not open yet.
 */
export function openMeetings(items: readonly MyAttendance[], now: string): { open: HerMeeting[]; next?: HerMeeting } {
  const all = items.flatMap((run) => run.meetings.map((meeting): HerMeeting => ({ run, meeting })))
  all.sort((a, b) => (a.meeting.startsAt < b.meeting.startsAt ? -1 : 1))
  const open = all.filter(
    ({ meeting: { startsAt, endsAt } }) => plusMinutes(startsAt, -doorsMinutes) <= now && now <= plusMinutes(endsAt, doorsMinutes),
  )
  const next = all.find(({ meeting }) => plusMinutes(meeting.startsAt, -doorsMinutes) > now)
  return { open: open.toSorted((a, b) => rank(a, now) - rank(b, now)), ...(next && { next }) }
}

function rank({ meeting: { startsAt, endsAt, presence } }: HerMeeting, now: string): number {
  if (presence.state === 'left') return 4
  if (now < startsAt) return 2
  if (now < endsAt) return 0
  return presence.state === 'here' ? 1 : 3
}

/** What her pass is for unless she says otherwise: who came, or is in the second half of a meeting whose passes were scanned without her phone knowing, shows it for leaving. */
export function passKind({ meeting: { startsAt, endsAt, presence } }: HerMeeting, now: string): 'in' | 'out' {
  const middle = (Date.parse(startsAt) + Date.parse(endsAt)) / 2
  return presence.state === 'here' || Date.parse(now) > middle ? 'out' : 'in'
}
