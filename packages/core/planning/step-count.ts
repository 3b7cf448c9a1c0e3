import { Refusal } from '@skills/contract/refusals.ts'
import type { Step } from '../transact.ts'

/** DynamoDB takes 100 actions in one transaction; the run, its seat heads, audit and the command need up to 40 of them. */
const mostSteps = 60

/** The steps of rooms and instructors, if one transaction holds them beside those of the run. Refuses `plan-too-large`. */
export function fittingSteps(steps: readonly Step[]): readonly Step[] {
  if (steps.length > mostSteps) throw new Refusal('plan-too-large', { most: mostSteps })
  return steps
}
