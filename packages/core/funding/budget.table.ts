import type { Budget } from '@skills/contract/funding.ts'
import { keys } from '../keys.ts'
import { readItems, readRange, type Table } from '../table.ts'
import { budgetOf } from './account.ts'
import { readAccount } from './account.table.ts'
import type { PotHead } from './pot.ts'
import { shardNames } from '../enrollment/seats.ts'

/** What a program set money aside for: a run or a voucher, with the number of its pots. */
export interface SetAside {
  of: string
  parts: number
  /** The hash that finds a voucher; undefined for a run. */
  hash?: string
}

/** Everything a program ever set money aside for, runs first, each by age of its id. */
export async function readSetAside(table: Table, programId: string): Promise<SetAside[]> {
  const { pk } = keys.program.key(programId)
  const [runs, vouchers] = await Promise.all([
    readRange(table, { pk, begins: 'ALLOCATION#' }),
    readRange(table, { pk, begins: 'VOUCHER#' }),
  ])
  return [
    ...runs.map((item) => ({ of: String(item['runId']), parts: Number(item['parts']) })),
    ...vouchers.map((item) => ({ of: String(item['voucherId']), parts: 1, hash: String(item['hash']) })),
  ]
}

/** The pots of these, strongly read. */
export async function readPotsOf(table: Table, programId: string, all: readonly SetAside[]): Promise<PotHead[]> {
  const items = await readItems(
    table,
    all.flatMap(({ of, parts }) => shardNames(parts).map((part) => keys.pot.key(programId, of, part))),
  )
  return items.filter((item) => item !== undefined) as unknown as PotHead[]
}

/** A program's budget now: its account and all its pots. Read one after the other, so money on its way between them may count on neither side for a moment. */
export async function readBudget(table: Table, programId: string): Promise<Budget> {
  const pots = await readPotsOf(table, programId, await readSetAside(table, programId))
  return budgetOf(await readAccount(table, programId), pots)
}
