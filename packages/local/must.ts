import type { Outcome } from '@skills/contract/client.ts'

/** The value of an answer, or an error that says what was being done and what the API refused. For programs, not for people. */
export function must<T>(what: string, outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(
    `${what}: ${outcome.status} ${outcome.problem.code} ${outcome.problem.detail} ${JSON.stringify(outcome.problem.errors ?? '')}`,
  )
}
