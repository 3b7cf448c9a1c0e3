import type { Run } from '@skills/contract/catalog.ts'
import { plusMinutes } from '@skills/contract/time.ts'

/** How long the decision waits for people who are paying when it is due: longer than any checkout lives. Minutes. */
const payingMinutes = 60
const undecided = ['published', 'registration-open', 'registration-closed'] as const

/** Whether a run that needs a minimum still waits for its decision. */
export function isUndecided({ tentative, state }: Pick<Run, 'tentative' | 'state'>): boolean {
  return tentative !== undefined && tentative.confirmedAt === null && (undecided as readonly string[]).includes(state)
}

/** When a run is to be decided; undefined where nothing is to be decided. */
export function decisionAt(run: Pick<Run, 'tentative' | 'state'>): string | undefined {
  return isUndecided(run) ? run.tentative?.decideAt : undefined
}

/**
 * What becomes of a run that needs a minimum: it takes place as soon as enough seats are sold; at its decision it is cancelled if they are not, but not while people who hold a seat and may be paying
 * would make it enough. In: seats sold and held, and whether registration is shut, without which nobody may say that it is too few.
 */
export function decide(
  run: Pick<Run, 'tentative' | 'state'>,
  { sold, held }: { sold: number; held: number },
  now: string,
): 'confirm' | 'wait' | 'shut' | 'cancel' {
  const { tentative } = run
  if (tentative === undefined || !isUndecided(run)) return 'wait'
  if (sold >= tentative.minimum) return 'confirm'
  if (now < tentative.decideAt) return 'wait'
  if (run.state !== 'registration-closed') return 'shut'
  return sold + held >= tentative.minimum && now < plusMinutes(tentative.decideAt, payingMinutes) ? 'wait' : 'cancel'
}
