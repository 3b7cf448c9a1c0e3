import type { Command } from '@skills/contract/actor.ts'
import type { Allocation } from '@skills/contract/funding.ts'
import { auditStep } from '../audit.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { dueAttributes } from '../due.ts'
import { keys } from '../keys.ts'
import { readItem, type Item, type Table } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { AccountItem } from './account.ts'
import { moveMoneySteps } from './account.table.ts'
import { openLookAt } from './allocation.ts'
import type { PotHead } from './pot.ts'
import { emptyPotSteps, newPotSteps, potStateStep } from './pot.table.ts'
import { potState } from './program.ts'
import { programStands } from './program.table.ts'
import { allocationItemOf, type AllocationItem, type ProgramItem } from './program-item.ts'

/** What a program set aside for a run, strongly read, or undefined. */
export async function readAllocation(table: Table, runId: string, programId: string): Promise<AllocationItem | undefined> {
  return allocationItemOf(await readItem(table, keys.allocation.key(runId, programId)))
}

function stored({ allocation, parts, version, auditHash }: AllocationItem, lookAt: string | undefined): Item {
  const key = keys.allocation.key(allocation.runId, allocation.programId)
  return { ...key, allocation, parts, version, auditHash, ...dueAttributes('funding', allocation.id, lookAt) }
}

export interface SettingAside {
  program: ProgramItem
  account: AccountItem
  run: RunItem
  seats: number
  fen: number
  parts: readonly { seats: number; fen: number }[]
  by: string
}

/**
 * Sets seats and money aside for a run, in one transaction: the account, the allocation, its pots, both ledgers, audit. Fails by name: `account`, `program`
 * and `run` when they changed meanwhile, `allocation` when there is one already. Refuses `budget-insufficient`.
 */
export function setAside<T>(
  world: World,
  command: Command | undefined,
  { program, account, run, seats, fen, parts, by }: SettingAside,
  answer: (item: AllocationItem) => T,
): Promise<Outcome<T>> {
  const { id: programId, sponsorId } = program.program
  const runId = run.run.id
  const at = world.now()
  const id = world.id('allocation')
  const doing = { action: 'set-aside', by, at, commandId: command?.id }
  const audit = auditStep({ entity: id, ...doing }, undefined)
  const allocation: Allocation = { id, programId, sponsorId, runId, seats, fen, state: 'open', at }
  const item: AllocationItem = { allocation, parts: parts.length, ...audit.history }
  const moved = moveMoneySteps(world, account, { from: 'free', to: 'set-aside', fen, reference: null, of: runId }, doing)
  const pointer = { ...keys.allocationOfProgram.key(programId, runId), runId, parts: parts.length }
  return transact(
    world,
    command,
    [
      programStands(program),
      { name: 'run', check: { key: keys.run.key(runId), condition: 'version = :version', values: { ':version': run.version } } },
      { name: 'allocation', put: { item: stored(item, openLookAt(run, at)), condition: 'attribute_not_exists(pk)' } },
      { name: 'pointer', put: { item: pointer } },
      ...moved.steps,
      ...newPotSteps(world, { programId, sponsorId, of: runId }, parts),
      audit.step,
    ],
    answer(item),
  )
}

export interface AllocationStep {
  before: AllocationItem
  program: ProgramItem
  pots: readonly PotHead[]
  to: 'open' | 'frozen'
  by: string
  run: RunItem | undefined
}

/** Freezes an allocation or opens it again, its pots with it as far as its program lets them. Fails by name: `allocation`, `program`, `pot …`. */
export function switchAllocation<T>(
  world: World,
  command: Command | undefined,
  { before, program, pots, to, by, run }: AllocationStep,
  answer: (item: AllocationItem) => T,
): Promise<Outcome<T>> {
  const state = potState(program.program.state, to)
  const { item, steps } = changeSteps(
    before,
    { to, action: to === 'open' ? 'open' : 'freeze', by, at: world.now(), command },
    openLookAt(run, world.now()),
  )
  return transact(world, command, [programStands(program), ...steps, ...pots.map((pot) => potStateStep(pot, state))], answer(item))
}

export interface AllocationClosing {
  before: AllocationItem
  account: AccountItem
  pots: readonly PotHead[]
  by: string
  /** When it is looked at next, or undefined. */
  lookAt: string | undefined
}

/**
 * Closes an allocation, or empties one that is closed: what is available in its pots goes back to the program, in one transaction. What is reserved or spent stays.
 * Fails by name: `allocation`, `account`, `pot …`.
 */
export function closeAllocation<T>(
  world: World,
  command: Command | undefined,
  { before, account, pots, by, lookAt }: AllocationClosing,
  answer: (item: AllocationItem, pots: PotHead[]) => T,
): Promise<Outcome<T>> {
  const { runId } = before.allocation
  const fen = pots.reduce((sum, pot) => sum + pot.availableFen, 0)
  const action = before.allocation.state === 'closed' ? 'return' : 'close'
  const { item, steps } = changeSteps(before, { to: 'closed', action, by, at: world.now(), command }, lookAt)
  const moved =
    fen === 0
      ? []
      : moveMoneySteps(
          world,
          account,
          { from: 'set-aside', to: 'free', fen, reference: null, of: runId },
          { action, by, commandId: command?.id },
        ).steps
  const emptied = pots.map((pot): PotHead => ({ ...pot, state: 'closed', availableFen: 0, availableSeats: 0 }))
  return transact(world, command, [...steps, ...moved, ...pots.flatMap((pot) => emptyPotSteps(world, pot))], answer(item, emptied))
}

/** The allocation as it was read, still. Fails by the name `allocation`. */
export function allocationStands({ allocation, version }: AllocationItem): Step {
  return {
    name: 'allocation',
    check: {
      key: keys.allocation.key(allocation.runId, allocation.programId),
      condition: 'version = :version',
      values: { ':version': version },
    },
  }
}

/** Looked at, and nothing to do: when it is looked at next. Not a change. Fails by the name `allocation`. */
export function lookAgainStep(before: AllocationItem, lookAt: string | undefined): Step {
  return {
    name: 'allocation',
    put: { item: stored(before, lookAt), condition: 'version = :before', values: { ':before': before.version } },
  }
}

interface Change {
  to: Allocation['state']
  action: string
  by: string
  at: string
  command: Command | undefined
}

function changeSteps(
  before: AllocationItem,
  { to, action, by, at, command }: Change,
  lookAt: string | undefined,
): { item: AllocationItem; steps: Step[] } {
  const audit = auditStep({ entity: before.allocation.id, action, by, at, commandId: command?.id }, before)
  const item: AllocationItem = { ...before, allocation: { ...before.allocation, state: to }, ...audit.history }
  return {
    item,
    steps: [
      { name: 'allocation', put: { item: stored(item, lookAt), condition: 'version = :before', values: { ':before': before.version } } },
      audit.step,
    ],
  }
}
