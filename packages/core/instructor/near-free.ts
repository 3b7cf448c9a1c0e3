import type { Instructor } from '@skills/contract/instructor.ts'
import { nearHours } from '../scheduling/near-hours.ts'
import type { Week } from '../scheduling/week.ts'
import { judgeHours, type Wanted } from './judge-hours.ts'

/** Hours near the wanted ones that an instructor could have instead. In: her weeks around those days. */
export function nearFree(
  instructor: Pick<Instructor, 'windows' | 'exceptions' | 'weeklyMinutes'>,
  weeks: readonly Week[],
  wanted: Wanted,
  now: string,
): { from: string; to: string }[] {
  return nearHours(wanted, now, (hours) => judgeHours(instructor, weeks, [{ ...wanted, ...hours }], now).size === 0)
}
