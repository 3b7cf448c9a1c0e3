import type { SoFar } from '@skills/contract/learners.routes.ts'
import type { Credit } from '../attendance/credit.ts'
import type { Attendance } from '../attendance/evidence.ts'
import { presence } from '../attendance/presence.ts'
import type { Register } from '../attendance/register.ts'
import { ruleFor } from '../attendance/rule.ts'
import type { RunItem } from '../catalog/run-item.ts'

/** What a learner's attendance comes to by now: of the meetings whose attendance was taken, at how many she was and how many minutes count; and the outcome once hours are credited. */
export function soFar(
  { run, trade }: Pick<RunItem, 'run' | 'trade'>,
  { taken, checks }: Pick<Register, 'taken' | 'checks'>,
  attendances: readonly Pick<Attendance, 'meetingId' | 'evidence'>[],
  credit: Pick<Credit, 'outcome'> | undefined,
): SoFar {
  const minutes = run.meetings
    .filter(({ id }) => taken.some(({ meetingId }) => meetingId === id))
    .map((meeting) => {
      const evidence = attendances.find(({ meetingId }) => meetingId === meeting.id)?.evidence ?? []
      const own = checks.filter(({ meetingId }) => meetingId === meeting.id)
      return presence(meeting, own, evidence, ruleFor(trade)).minutes
    })
  return {
    came: minutes.filter((some) => some > 0).length,
    taken: minutes.length,
    minutes: minutes.reduce((sum, some) => sum + some, 0),
    outcome: credit?.outcome ?? null,
  }
}
