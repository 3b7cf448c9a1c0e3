import { createHash } from 'node:crypto'
import { keys } from '../keys.ts'
import { readItem, readItems, readRange, type Table } from '../table.ts'
import { allocationItemOf, programItemOf, voucherItemOf, type AllocationItem, type ProgramItem, type VoucherItem } from './program-item.ts'
import { readPots } from './pot.table.ts'

/** A program that set money aside for a run. */
export interface RunFunding {
  program: ProgramItem
  allocation: AllocationItem
}

/** The programs that pay for seats of a run, closed allocations left out, by program id. */
export async function readRunFunding(table: Table, runId: string): Promise<RunFunding[]> {
  return (await readEveryFunding(table, runId)).filter(({ allocation }) => allocation.allocation.state !== 'closed')
}

/** The programs that ever set money aside for a run, so that who was shown one still finds it, and why it pays no more. */
export async function readEveryFunding(table: Table, runId: string): Promise<RunFunding[]> {
  const items = await readRange(table, { pk: keys.run.key(runId).pk, begins: 'ALLOCATION#' })
  const allocations = items.map(allocationItemOf).filter((item) => item !== undefined)
  if (allocations.length === 0) return []
  const programs = await readItems(
    table,
    allocations.map(({ allocation }) => keys.program.key(allocation.programId)),
  )
  return allocations.flatMap((allocation, place) => {
    const program = programItemOf(programs[place])
    return program === undefined ? [] : [{ program, allocation }]
  })
}

/**
 * What is left of an allocation for one more person: seats over all its parts, and the most fen that one part can still give, because a grant comes out of one
 * part. Strongly read; the transaction decides.
 */
export async function readLeft(table: Table, { allocation, parts }: AllocationItem): Promise<{ leftSeats: number; leftFen: number }> {
  const pots = await readPots(table, allocation.programId, allocation.runId, parts)
  const able = pots.filter(({ state, availableSeats }) => state === 'open' && availableSeats > 0)
  return {
    leftSeats: able.reduce((sum, pot) => sum + pot.availableSeats, 0),
    leftFen: able.reduce((most, pot) => Math.max(most, pot.availableFen), 0),
  }
}

/** A voucher with its program and what is left of it. */
export interface FoundVoucher {
  hash: string
  voucher: VoucherItem
  program: ProgramItem
  leftFen: number
  used: number
  state: 'open' | 'frozen' | 'closed'
}

/** The hash by which a voucher is found; codes are compared without case, spaces, hyphens and look-alikes (O and 0, I, L and 1), and kept nowhere. */
export function voucherHash(code: string): string {
  const plain = code.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return createHash('sha256').update(`voucher\n${plain}`).digest('hex')
}

/** The voucher of a hash, or undefined. Codes carry 80 bits of chance, so a plain hash cannot be searched for. */
export async function readVoucher(table: Table, hash: string): Promise<FoundVoucher | undefined> {
  const voucher = voucherItemOf(await readItem(table, keys.voucher.key(hash)))
  if (voucher === undefined) return undefined
  const { programId, id } = voucher.voucher
  const [program, [pot]] = await Promise.all([readItem(table, keys.program.key(programId)), readPots(table, programId, id, 1)])
  const found = programItemOf(program)
  if (found === undefined || pot === undefined) return undefined
  return { hash, voucher, program: found, leftFen: pot.availableFen, used: pot.reservedSeats + pot.spentSeats, state: pot.state }
}
