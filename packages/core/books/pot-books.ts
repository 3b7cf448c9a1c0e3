import type { Item } from '../table.ts'
import { potAccounts, programAccounts, type PotHead, type PotLine, type ProgramLine } from '../funding/pot.ts'
import { allocationItemOf, voucherItemOf } from '../funding/program-item.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

const whole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** What lies in the account of a program. */
interface Account {
  programId: string
  toppedUpFen: number
  withdrawnFen: number
  freeFen: number
  setAsideFen: number
}

/**
 * B1 per program `top-ups − withdrawals = free + available + reserved + spent`, all zero or more; B2 money only moves: what a program set aside is what its
 * pots were given, and none pays of what its sponsor froze or closed; B4 every balance is the fold of its immutable lines.
 */
export function checkPots(books: Books): Violation[] {
  const found: Violation[] = []
  const potsOf = groupBy(books.of('pot'), (item) => item['programId'] as string)
  const stopped = stoppedIn(books)
  const programLines = groupBy(books.of('programLine'), (item) => item.pk)
  const potLines = groupBy(books.of('potLine'), (item) => item.pk)

  for (const item of books.of('account')) {
    const account = item as unknown as Account
    const pots = (potsOf.get(account.programId) ?? []) as unknown as PotHead[]
    const inPots = pots.reduce((sum, pot) => sum + pot.availableFen + pot.reservedFen + pot.spentFen, 0)
    const { toppedUpFen, withdrawnFen, freeFen, setAsideFen } = account
    if (![toppedUpFen, withdrawnFen, freeFen, setAsideFen].every(whole) || toppedUpFen - withdrawnFen !== freeFen + inPots)
      found.push({ code: 'B1', at: where(item), says: 'top-ups less withdrawals are not what is free and in pots' })
    if (setAsideFen !== inPots) found.push({ code: 'B2', at: where(item), says: `${setAsideFen} fen set aside, ${inPots} in pots` })
    found.push(...foldProgram(item, account, (programLines.get(item.pk) ?? []) as unknown as ProgramLine[]))
  }
  for (const [pk] of programLines)
    if (books.find(pk, 'ACCOUNT') === undefined) found.push({ code: 'B4', at: pk, says: 'lines without an account' })

  for (const item of books.of('pot')) {
    const pot = item as unknown as PotHead
    if (pot.state === 'open' && stopped.has(`${pot.programId} ${pot.of}`))
      found.push({ code: 'B2', at: where(item), says: 'it pays of what is frozen or closed' })
    const balances = potAccounts.flatMap((account) => [pot[`${account}Fen`], pot[`${account}Seats`]])
    if (!balances.every(whole)) found.push({ code: 'B1', at: where(item), says: 'a balance is no whole number from zero up' })
    const lines = (potLines.get(item.pk) ?? []) as unknown as PotLine[]
    const fen: Record<string, number> = {}
    const seats: Record<string, number> = {}
    for (const line of lines) {
      fen[line.from] = (fen[line.from] ?? 0) - line.fen
      fen[line.to] = (fen[line.to] ?? 0) + line.fen
      seats[line.from] = (seats[line.from] ?? 0) - line.seats
      seats[line.to] = (seats[line.to] ?? 0) + line.seats
    }
    const wrong = potAccounts.filter(
      (account) => (fen[account] ?? 0) !== pot[`${account}Fen`] || (seats[account] ?? 0) !== pot[`${account}Seats`],
    )
    if (wrong.length > 0) found.push({ code: 'B4', at: where(item), says: `its lines give another number for ${wrong.join(', ')}` })
  }
  for (const [pk] of potLines) if (books.find(pk, 'HEAD') === undefined) found.push({ code: 'B4', at: pk, says: 'lines without a pot' })
  for (const [programId] of potsOf)
    if (books.find(`PROGRAM#${programId}`, 'ACCOUNT') === undefined)
      found.push({ code: 'B1', at: programId, says: 'pots of a program without an account' })
  return found
}

/** What sponsors froze or closed: allocations by program and run, vouchers by program and id. */
function stoppedIn(books: Books): Set<string> {
  const allocations = books.of('allocation').flatMap((item) => allocationItemOf(item)?.allocation ?? [])
  const vouchers = books.of('voucher').flatMap((item) => voucherItemOf(item) ?? [])
  return new Set([
    ...allocations.filter(({ state }) => state !== 'open').map(({ programId, runId }) => `${programId} ${runId}`),
    ...vouchers.filter(({ state }) => state !== 'open').map(({ voucher }) => `${voucher.programId} ${voucher.id}`),
  ])
}

function foldProgram(item: Item, account: Account, lines: readonly ProgramLine[]): Violation[] {
  const sums: Record<string, number> = Object.fromEntries(programAccounts.map((name) => [name, 0]))
  let toppedUp = 0
  let withdrawn = 0
  for (const { from, to, fen } of lines) {
    sums[from] = (sums[from] ?? 0) - fen
    sums[to] = (sums[to] ?? 0) + fen
    if (from === 'outside') toppedUp += fen
    if (to === 'outside') withdrawn += fen
  }
  const same =
    sums['free'] === account.freeFen &&
    sums['set-aside'] === account.setAsideFen &&
    toppedUp === account.toppedUpFen &&
    withdrawn === account.withdrawnFen
  return same ? [] : [{ code: 'B4', at: where(item), says: 'its lines give other balances' }]
}
