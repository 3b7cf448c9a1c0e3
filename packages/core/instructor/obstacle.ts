import type { Instructor } from '@skills/contract/instructor.ts'
import type { Level } from '@skills/contract/taxonomy.ts'
import type { Text } from '@skills/contract/text.ts'
import { clockAt, dateAt } from '@skills/contract/time.ts'
import type { Assignment } from '../scheduling/crew.ts'
import type { Week } from '../scheduling/week.ts'
import { answers, teachesIn } from './instructor.ts'
import { judgeHours, type HoursObstacle, type Wanted } from './judge-hours.ts'

/** What a meeting is to who may teach it. The id is the meeting's. */
export interface WantedMeeting extends Wanted {
  trade: string | null
  level: Level | null
}

/** Why an instructor cannot be asked for a meeting. */
export type Obstacle =
  | HoursObstacle
  | { kind: 'not-listed' }
  | { kind: 'not-qualified' }
  | { kind: 'qualification-ends'; until: string }
  | { kind: 'elsewhere' }
  | { kind: 'asked-already' }

/** Whether she may teach this meeting at all, whatever hours she has: she can be found, is qualified on its day, and teaches in its region. */
export function personObstacle(
  instructor: Pick<Instructor, 'listed' | 'regions' | 'qualifications'>,
  meeting: WantedMeeting,
): Obstacle | undefined {
  if (!instructor.listed) return { kind: 'not-listed' }
  const notQualified = qualificationObstacle(instructor, meeting)
  if (notQualified !== undefined) return notQualified
  if (meeting.place !== null && !teachesIn(instructor, meeting.place.region)) return { kind: 'elsewhere' }
  return undefined
}

/** Whether she is qualified on the day of a meeting; with the last day where she is not any more by then. */
export function qualificationObstacle(
  { qualifications }: Pick<Instructor, 'qualifications'>,
  { trade, level, from }: WantedMeeting,
): Obstacle | undefined {
  if (trade === null) return undefined
  const held = qualifications.filter((one) => answers(one, { trade, level }))
  const on = dateAt(from)
  if (held.some(({ until }) => until === null || on <= until)) return undefined
  const last = held
    .map(({ until }) => until ?? '')
    .toSorted()
    .at(-1)
  return last === undefined ? { kind: 'not-qualified' } : { kind: 'qualification-ends', until: last }
}

/**
 * What stands between an instructor and meetings of a run, by meeting id. In: her weeks as `weeksToJudge` names them, and who is asked or teaches already. Hours that she can
 * have count when the next are judged. Advice: the transaction judges again.
 */
export function meetingObstacles(
  instructor: Instructor,
  weeks: readonly Week[],
  assignments: readonly Assignment[],
  meetings: readonly WantedMeeting[],
  now: string,
): Map<string, Obstacle> {
  const found = new Map<string, Obstacle>()
  for (const meeting of meetings) {
    const hers = assignments.some((one) => one.meetingId === meeting.id && one.instructorId === instructor.id)
    const obstacle = hers ? ({ kind: 'asked-already' } as const) : personObstacle(instructor, meeting)
    if (obstacle !== undefined) found.set(meeting.id, obstacle)
  }
  const rest = meetings.filter(({ id }) => !found.has(id))
  for (const [id, obstacle] of judgeHours(instructor, weeks, rest, now)) found.set(id, obstacle)
  return found
}

/** Some hours as people say them: `2026-12-16 18:00–20:00`. */
export function hoursInWords({ from, to }: { from: string; to: string }): string {
  const end = dateAt(to) === dateAt(from) ? clockAt(to) : `${dateAt(to)} ${clockAt(to)}`
  return `${dateAt(from)} ${clockAt(from)}–${end}`
}

/** An obstacle in words that a provider may know: when she is busy, never with whom. */
export function obstacleWords(obstacle: Obstacle): Text {
  switch (obstacle.kind) {
    case 'not-listed':
      return { zh: '暂不接受授课邀约', en: 'takes no requests at present' }
    case 'not-qualified':
      return { zh: '没有这个工种和等级的有效授课资格', en: 'has no verified qualification for this trade and level' }
    case 'qualification-ends':
      return { zh: `授课资格 ${obstacle.until} 到期，早于上课日期`, en: `the qualification ends on ${obstacle.until}, before the meeting` }
    case 'elsewhere':
      return { zh: '不在这个地区授课', en: 'does not teach in this region' }
    case 'asked-already':
      return { zh: '已经邀请过', en: 'has been asked already' }
    case 'outside-hours':
      return { zh: '这个时间不在其可授课时间内', en: 'does not offer these hours' }
    case 'busy':
      return { zh: `${hoursInWords(obstacle)} 没空`, en: `busy ${hoursInWords(obstacle)}` }
    case 'overlap':
      return { zh: `${hoursInWords(obstacle.with)} 没空`, en: `busy ${hoursInWords(obstacle.with)}` }
    case 'travel':
      return {
        zh: `${hoursInWords(obstacle.with)} 在别处，路上要 ${obstacle.minutes} 分钟，来不及`,
        en: `elsewhere ${hoursInWords(obstacle.with)}; the way takes ${obstacle.minutes} minutes`,
      }
    case 'weekly-cap':
      return { zh: '这一周的授课时间已到本人设定的上限', en: 'her own weekly cap is reached that week' }
  }
}
