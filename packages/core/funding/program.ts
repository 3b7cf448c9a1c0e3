import type { Allocation, Program } from '@skills/contract/funding.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { PotHead } from './pot.ts'

type ProgramState = Program['state']
export type AllocationState = Allocation['state']

const steps: Record<ProgramState, readonly ProgramState[]> = {
  active: ['frozen', 'closing'],
  frozen: ['active', 'closing'],
  closing: ['closed'],
  closed: [],
}

/**
 * Whether a program has to go to a state, or is there already (then what hangs on it may still have to follow). `drained`: nothing is reserved, nothing
 * waits in a pot and nothing is free. Refuses `illegal-transition`: a program is closed only once it holds no money.
 */
export function stepsTo(state: ProgramState, to: ProgramState, drained: boolean): boolean {
  if (state === to) return false
  const allowed = steps[state].filter((next) => next !== 'closed' || drained)
  if (!allowed.includes(to)) throw new Refusal('illegal-transition', { current: state, allowed })
  return true
}

const allocationSteps: Record<AllocationState, readonly AllocationState[]> = {
  open: ['frozen', 'closed'],
  frozen: ['open', 'closed'],
  closed: [],
}

/** Whether an allocation has to go to a state, or is there already. Refuses `illegal-transition`; one of a program that drains can only be closed. */
export function allocationStepsTo(program: ProgramState, state: AllocationState, to: AllocationState): boolean {
  if (state === to) return false
  const drains = program === 'closing' || program === 'closed'
  const allowed = allocationSteps[state].filter((next) => next === 'closed' || !drains)
  if (!allowed.includes(to)) throw new Refusal('illegal-transition', { current: state, allowed })
  return true
}

/** The state of the pots of an allocation or voucher: they grant only while both it and its program do. */
export function potState(program: ProgramState, own: AllocationState): PotHead['state'] {
  if (own === 'closed' || program === 'closing' || program === 'closed') return 'closed'
  return own === 'open' && program === 'active' ? 'open' : 'frozen'
}

/** Refuses `program-not-active` where nothing new can be set aside or put in. */
export function mustBeActive({ state }: Pick<Program, 'state'>): void {
  if (state !== 'active') throw new Refusal('program-not-active', { current: state })
}
