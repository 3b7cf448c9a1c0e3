import { dueAttributes } from '../due.ts'
import { keys } from '../keys.ts'
import type { Step } from '../transact.ts'

/** The step that goes with the cancellation of a run: what was paid for its seats is to be given back from now on. */
export function settlingStep(runId: string, at: string): Step {
  return {
    name: 'settling',
    put: { item: { ...keys.settling.key(runId), runId, at, ...dueAttributes('settling', runId, at) } },
  }
}

/** The step that says that all of it was given back. */
export function settledStep(runId: string, at: string): Step {
  return { name: 'settling', put: { item: { ...keys.settling.key(runId), runId, settledAt: at } } }
}
