import type { Budget } from '@skills/contract/funding.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { History } from '../audit.ts'
import type { PotHead, ProgramAccount } from './pot.ts'

/** A program's own account, in fen: `toppedUp − withdrawn = free + set aside`. What is set aside lies in pots. */
export interface AccountItem extends History {
  programId: string
  toppedUpFen: number
  withdrawnFen: number
  freeFen: number
  setAsideFen: number
  /** The name of its audit chain. */
  entity: string
}

/** A movement of a program's money between its accounts. */
export interface Movement {
  from: ProgramAccount
  to: ProgramAccount
  fen: number
  reference: string | null
  /** The run or voucher it is for, or null. */
  of: string | null
}

/** The most fen an amount can be, as the contract has it. */
const mostFen = 100_000_000_000

/** The account after a movement. Refuses `budget-insufficient` with what is free, and `validation-failed` for more than an amount can be. */
export function movedAccount(before: AccountItem, { from, to, fen }: Movement): AccountItem {
  if (from === 'free' && before.freeFen < fen) throw new Refusal('budget-insufficient', { freeFen: before.freeFen })
  const after = { ...before }
  const move = (account: ProgramAccount, sign: 1 | -1) => {
    if (account === 'free') after.freeFen += sign * fen
    if (account === 'set-aside') after.setAsideFen += sign * fen
  }
  move(from, -1)
  move(to, 1)
  if (from === 'outside') after.toppedUpFen += fen
  if (to === 'outside') after.withdrawnFen += fen
  if (after.toppedUpFen > mostFen)
    throw new Refusal(
      'validation-failed',
      { count: 1 },
      {
        errors: [
          { pointer: '#/fen', code: 'out-of-range', detail: { zh: '超过了账户的上限。', en: 'This is more than an account can hold.' } },
        ],
      },
    )
  return after
}

/** The forecast of a program: its account, and what lies in its pots. */
export function budgetOf(account: AccountItem, pots: readonly PotHead[]): Budget {
  const sum = (read: (pot: PotHead) => number) => pots.reduce((all, pot) => all + read(pot), 0)
  return {
    toppedUpFen: account.toppedUpFen,
    withdrawnFen: account.withdrawnFen,
    freeFen: account.freeFen,
    availableFen: sum((pot) => pot.availableFen),
    reservedFen: sum((pot) => pot.reservedFen),
    spentFen: sum((pot) => pot.spentFen),
  }
}

export const accountEntity = (programId: string): string => `${programId}/ACCOUNT`
