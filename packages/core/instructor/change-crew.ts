import type { Command } from '@skills/contract/actor.ts'
import { outboxStep, type OutboxEvent } from '../outbox.ts'
import type { Assignment, Crew } from '../scheduling/crew.ts'
import { crewSteps } from '../scheduling/crew.table.ts'
import { hoursSteps } from '../scheduling/week.table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'

export interface Leaving {
  crew: Crew
  /** Assignments that end: their hours are free again. */
  gone: readonly Assignment[]
  action: string
  by: string
  tells: readonly OutboxEvent[]
  more?: readonly Step[]
}

/**
 * Takes assignments out of a crew and gives their hours back, in one transaction with whom it tells: declined, withdrawn, lapsed or ill, it is the mirror image of asking.
 * Fails by name: `crew`, `week …`, and those of `more`.
 */
export async function leaveCrew<T>(world: World, command: Command | undefined, leaving: Leaving, answer: T): Promise<Outcome<T>> {
  const { crew, gone, action, by } = leaving
  const ids = new Set(gone.map(({ bookingId }) => bookingId))
  const { steps } = await hoursSteps(
    world,
    gone.map(({ bookingId: id, instructorId: resource, from, to }) => ({ kind: 'free', resource, booking: { id, from, to } })),
  )
  const after = { ...crew, assignments: crew.assignments.filter(({ bookingId }) => !ids.has(bookingId)) }
  const tells = leaving.tells.map((event) => outboxStep(world, event))
  const crewChange = crewSteps(world, { before: crew, after, action, by, ...(command === undefined ? {} : { commandId: command.id }) })
  return transact(world, command, [...steps, ...crewChange, ...tells, ...(leaving.more ?? [])], answer)
}

/** Groups assignments by a text that is read off each, in the order they came. */
export function assignmentsBy(assignments: readonly Assignment[], by: (one: Assignment) => string): [string, Assignment[]][] {
  return [...Map.groupBy(assignments, by)]
}

/** When the first of some assignments begins. */
export function firstOf(assignments: readonly Assignment[]): string {
  return assignments.map(({ from }) => from).toSorted()[0] ?? ''
}
