import type { Meeting, Run } from '@skills/contract/catalog.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { teaching, type Crew } from '../scheduling/crew.ts'
import { needsInstructor } from './needs.ts'

/** How long before a meeting somebody must have accepted it, or nobody else may be taken for its run. House rule. Minutes. */
const taughtMinutes = 48 * 60
const open: readonly Run['state'][] = ['published', 'registration-open', 'registration-closed', 'running']

/**
 * The meetings of a public run to come that begin within 48 hours and that nobody who accepted teaches, and when the next one comes so near. Nothing is said of a run that was imported: its
 * instructors are not known here.
 */
export function untaught(
  run: Pick<Run, 'state' | 'meetings'>,
  crew: Pick<Crew, 'assignments' | 'partial'> | undefined,
  now: string,
): { near: Meeting[]; next: string | undefined } {
  if (crew === undefined || crew.partial === true || !open.includes(run.state)) return { near: [], next: undefined }
  const alone = run.meetings.filter((one) => needsInstructor(one) && one.startsAt > now && teaching(crew, one.id).length === 0)
  const from = ({ startsAt }: Meeting) => plusMinutes(startsAt, -taughtMinutes)
  const next = alone.map(from).filter((at) => at > now)
  return { near: alone.filter((one) => from(one) <= now), next: next.sort()[0] }
}
