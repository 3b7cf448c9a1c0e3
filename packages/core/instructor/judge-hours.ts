import type { Instructor } from '@skills/contract/instructor.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { clashOf, longestTravelMinutes, mondaysOf, standing, type Booking, type Clash, type Place, type Week } from '../scheduling/week.ts'
import { notOffered, type NotOffered } from './availability.ts'
import { boundsOf } from './instructor.ts'

/** Hours that somebody is wanted for. */
export interface Wanted {
  id: string
  from: string
  to: string
  place: Place | null
}

/** Why an instructor cannot have hours: she does not offer them, or has given them (or the way there, or her week) away. */
export type HoursObstacle = NotOffered | Clash

/** The weeks to read before hours are judged: as far around as somebody may have to travel. */
export function weeksToJudge(wanted: readonly Pick<Wanted, 'from' | 'to'>[]): string[] {
  return [
    ...new Set(
      wanted.flatMap(({ from, to }) => mondaysOf(plusMinutes(from, -longestTravelMinutes), plusMinutes(to, longestTravelMinutes - 1))),
    ),
  ].sort()
}

/**
 * What stands between an instructor and each of some hours, by their ids: the first obstacle, or nothing. In: her weeks as `weeksToJudge` names them. Hours that she can
 * have count when the next are judged, as when all are taken at once. Advice only: a transaction judges again.
 */
export function judgeHours(
  instructor: Pick<Instructor, 'windows' | 'exceptions' | 'weeklyMinutes'>,
  weeks: readonly Week[],
  wanted: readonly Wanted[],
  now: string,
): Map<string, HoursObstacle> {
  const taken: (Booking | Wanted)[] = weeks.flatMap((week) => week.bookings).filter((booking) => standing(booking, now))
  const found = new Map<string, HoursObstacle>()
  for (const one of wanted) {
    const obstacle = notOffered(instructor, one.from, one.to) ?? clashOf(taken as Booking[], one, boundsOf(instructor))
    if (obstacle === undefined) taken.push(one)
    else found.set(one.id, obstacle)
  }
  return found
}
