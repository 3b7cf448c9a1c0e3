import type { Command } from '@skills/contract/actor.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { readRun } from '../catalog/run.table.ts'
import { transact, type Outcome } from '../transact.ts'
import type { World } from '../world.ts'
import { readAccount } from './account.table.ts'
import { closedLookAt, endOfRun } from './allocation.ts'
import { allocationStands, closeAllocation, readAllocation } from './allocation.table.ts'
import type { PotHead } from './pot.ts'
import { potStateStep, readPots } from './pot.table.ts'
import type { AllocationItem } from './program-item.ts'

export interface Closing<T> {
  runId: string
  programId: string
  by: string
  command?: Command | undefined
  answer: (item: AllocationItem, run: RunItem | undefined, pots: PotHead[]) => T
}

/**
 * One try at closing an allocation, or at emptying one that is closed. Where claims are under way they would take from what is counted, so its pots are shut first.
 * Fails by name when something came between; undefined where there is no such allocation.
 */
export async function tryToClose<T>(world: World, { runId, programId, by, command, answer }: Closing<T>): Promise<Outcome<T> | undefined> {
  const [before, run] = await Promise.all([readAllocation(world.table, runId, programId), readRun(world.table, runId)])
  if (before === undefined) return undefined
  const open = await readPots(world.table, programId, runId, before.parts)
  if (open.some(({ state }) => state === 'open')) {
    const frozen = await transact(world, undefined, [allocationStands(before), ...open.map((pot) => potStateStep(pot, 'frozen'))], null)
    if ('failed' in frozen) return frozen
  }
  const pots = await readPots(world.table, programId, runId, before.parts)
  const account = await readAccount(world.table, programId)
  const lookAt = closedLookAt(endOfRun(run, world.now()), pots, world.now())
  return closeAllocation(world, command, { before, account, pots, by, lookAt }, (item, emptied) => answer(item, run, emptied))
}
