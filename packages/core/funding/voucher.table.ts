import type { Command } from '@skills/contract/actor.ts'
import type { Voucher } from '@skills/contract/funding.ts'
import { auditStep } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, type Item, type Table } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { AccountItem } from './account.ts'
import { moveMoneySteps } from './account.table.ts'
import type { SetAside } from './budget.table.ts'
import type { PotHead } from './pot.ts'
import { emptyPotSteps, newPotSteps } from './pot.table.ts'
import { programStands } from './program.table.ts'
import { voucherItemOf, type ProgramItem, type VoucherItem } from './program-item.ts'
import { voucherHash } from './run-funding.table.ts'
import type { VoucherTerms } from './voucher.ts'

/** A voucher by its hash, strongly read, or undefined. */
export async function readVoucherItem(table: Table, hash: string): Promise<VoucherItem | undefined> {
  return voucherItemOf(await readItem(table, keys.voucher.key(hash)))
}

/** Vouchers as their sponsor sees them, with the pots that say what is left. */
export async function readVouchers(table: Table, programId: string, all: readonly SetAside[]): Promise<Voucher[]> {
  const own = all.filter(({ hash }) => hash !== undefined)
  const items = await readItems(table, [
    ...own.map(({ hash }) => keys.voucher.key(hash ?? '')),
    ...own.map(({ of }) => keys.pot.key(programId, of, '00')),
  ])
  return own.flatMap((_, place) => {
    const voucher = voucherItemOf(items[place])
    const pot = items[own.length + place] as unknown as PotHead | undefined
    return voucher === undefined || pot === undefined ? [] : [voucherView(voucher, pot)]
  })
}

function voucherView({ voucher }: VoucherItem, pot: PotHead): Voucher {
  return { ...voucher, used: pot.reservedSeats + pot.spentSeats, state: pot.state }
}

function stored(hash: string, { voucher, version, auditHash }: VoucherItem, lookAt: string | undefined): Item {
  return { ...keys.voucher.key(hash), voucher, version, auditHash, ...dueAttributes('funding', voucher.id, lookAt) }
}

export interface Issuing {
  program: ProgramItem
  account: AccountItem
  terms: VoucherTerms
  /** The code, which is kept nowhere. */
  code: string
  by: string
}

/**
 * Issues a voucher: its budget and uses are set aside in a pot of its own, in one transaction. Fails by name: `account`, `program`, `voucher`. Refuses
 * `budget-insufficient`. The answer is without the code: what a command's record keeps must not open a voucher.
 */
export function issueVoucher(
  world: World,
  command: Command | undefined,
  { program, account, terms, code, by }: Issuing,
): Promise<Outcome<Voucher>> {
  const { id: programId, sponsorId } = program.program
  const id = world.id('voucher')
  const hash = voucherHash(code)
  const doing = { action: 'issue', by, at: world.now(), commandId: command?.id }
  const audit = auditStep({ entity: id, ...doing }, undefined)
  const { kind, faceFen, uses, budgetFen, directedTo, until } = terms
  const item: VoucherItem = { voucher: { id, programId, kind, faceFen, uses, budgetFen, directedTo, until }, ...audit.history }
  const moved = moveMoneySteps(world, account, { from: 'free', to: 'set-aside', fen: budgetFen, reference: null, of: id }, doing)
  return transact(
    world,
    command,
    [
      programStands(program),
      { name: 'voucher', put: { item: stored(hash, item, until), condition: 'attribute_not_exists(pk)' } },
      { name: 'pointer', put: { item: { ...keys.voucherOfProgram.key(programId, id), voucherId: id, hash } } },
      ...moved.steps,
      ...newPotSteps(world, { programId, sponsorId, of: id }, [{ seats: uses, fen: budgetFen }]),
      audit.step,
    ],
    { ...item.voucher, used: 0, state: 'open' as const },
  )
}

export interface VoucherClosing {
  hash: string
  before: VoucherItem
  account: AccountItem
  pot: PotHead
  by: string
  lookAt: string | undefined
}

/** Closes a voucher, or empties one that is closed: what is available goes back to the program. Fails by name: `voucher`, `account`, `pot …`. */
export function closeVoucher(world: World, { hash, before, account, pot, by, lookAt }: VoucherClosing): Promise<Outcome<null>> {
  const action = pot.state === 'closed' ? 'return' : 'close'
  const audit = auditStep({ entity: before.voucher.id, action, by, at: world.now() }, before)
  const fen = pot.availableFen
  const moved =
    fen === 0
      ? []
      : moveMoneySteps(world, account, { from: 'set-aside', to: 'free', fen, reference: null, of: pot.of }, { action, by }).steps
  return transact(
    world,
    undefined,
    [
      {
        name: 'voucher',
        put: {
          item: stored(hash, { ...before, ...audit.history }, lookAt),
          condition: 'version = :before',
          values: { ':before': before.version },
        },
      },
      ...moved,
      ...emptyPotSteps(world, pot),
      audit.step,
    ],
    null,
  )
}

/** Looked at, and nothing to do: when it is looked at next. Not a change. Fails by the name `voucher`. */
export function lookAgainAtVoucher(hash: string, before: VoucherItem, lookAt: string | undefined): Step {
  return {
    name: 'voucher',
    put: { item: stored(hash, before, lookAt), condition: 'version = :before', values: { ':before': before.version } },
  }
}
