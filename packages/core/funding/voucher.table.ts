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
import { emptyPotSteps, newPotSteps, potStateStep } from './pot.table.ts'
import { potState } from './program.ts'
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

/** A voucher of a program with the hash that finds it, by its id; undefined where the program issued none of this id. */
export async function readVoucherOf(
  table: Table,
  programId: string,
  voucherId: string,
): Promise<{ hash: string; item: VoucherItem } | undefined> {
  const pointer = await readItem(table, keys.voucherOfProgram.key(programId, voucherId))
  if (pointer === undefined) return undefined
  const hash = String(pointer['hash'])
  const item = await readVoucherItem(table, hash)
  return item === undefined ? undefined : { hash, item }
}

/** A voucher as its sponsor sees it: its own state, and how often it is used or promised. */
export function voucherView({ voucher, state }: VoucherItem, pot: PotHead): Voucher {
  return { ...voucher, used: pot.reservedSeats + pot.spentSeats, state }
}

function stored(hash: string, { voucher, state, version, auditHash }: VoucherItem, lookAt: string | undefined): Item {
  return { ...keys.voucher.key(hash), voucher, state, version, auditHash, ...dueAttributes('funding', voucher.id, lookAt) }
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
  const item: VoucherItem = {
    voucher: { id, programId, kind, faceFen, uses, budgetFen, directedTo, until },
    state: 'open',
    ...audit.history,
  }
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

export interface VoucherSwitch {
  hash: string
  before: VoucherItem
  program: ProgramItem
  pot: PotHead
  to: 'open' | 'frozen'
  by: string
}

/** Freezes a voucher or thaws it, its pot with it as far as its program lets it. Fails by name: `voucher`, `program`, `pot …`. */
export function switchVoucher<T>(
  world: World,
  command: Command | undefined,
  { hash, before, program, pot, to, by }: VoucherSwitch,
  answer: (item: VoucherItem) => T,
): Promise<Outcome<T>> {
  const action = to === 'open' ? 'open' : 'freeze'
  const audit = auditStep({ entity: before.voucher.id, action, by, at: world.now(), commandId: command?.id }, before)
  const item: VoucherItem = { ...before, state: to, ...audit.history }
  return transact(
    world,
    command,
    [
      programStands(program),
      voucherStep(hash, item, before, before.voucher.until),
      potStateStep(pot, potState(program.program.state, to)),
      audit.step,
    ],
    answer(item),
  )
}

/**
 * Shuts the pot of a voucher that is about to be closed, so that uses under way do not take from what is counted. It is due at once: should the closing break off, the
 * sweep opens it again. Not a change of the voucher. Fails by name: `voucher`, `pot …`.
 */
export function holdVoucher(world: World, hash: string, before: VoucherItem, pot: PotHead): Promise<Outcome<null>> {
  return transact(world, undefined, [voucherStep(hash, before, before, world.now()), potStateStep(pot, 'frozen')], null)
}

export interface VoucherClosing {
  hash: string
  before: VoucherItem
  account: AccountItem
  pot: PotHead
  by: string
  lookAt: string | undefined
}

/** Closes a voucher, or empties one that is closed: what is available goes back to the program, what is promised or spent stays. Fails by name: `voucher`, `account`, `pot …`. */
export function closeVoucher<T>(
  world: World,
  command: Command | undefined,
  { hash, before, account, pot, by, lookAt }: VoucherClosing,
  answer: (item: VoucherItem) => T,
): Promise<Outcome<T>> {
  const action = before.state === 'closed' ? 'return' : 'close'
  const audit = auditStep({ entity: before.voucher.id, action, by, at: world.now(), commandId: command?.id }, before)
  const item: VoucherItem = { ...before, state: 'closed', ...audit.history }
  const fen = pot.availableFen
  const movement = { from: 'set-aside', to: 'free', fen, reference: null, of: pot.of } as const
  const moved = fen === 0 ? [] : moveMoneySteps(world, account, movement, { action, by, commandId: command?.id }).steps
  return transact(
    world,
    command,
    [voucherStep(hash, item, before, lookAt), ...moved, ...emptyPotSteps(world, pot), audit.step],
    answer(item),
  )
}

/** The voucher as it was read, still. Fails by the name `voucher`. */
export function voucherStands(hash: string, { version }: VoucherItem): Step {
  return {
    name: 'voucher',
    check: { key: keys.voucher.key(hash), condition: 'version = :version', values: { ':version': version } },
  }
}

/** Looked at, and nothing to do: when it is looked at next. Not a change. Fails by the name `voucher`. */
export function lookAgainAtVoucher(hash: string, before: VoucherItem, lookAt: string | undefined): Step {
  return voucherStep(hash, before, before, lookAt)
}

function voucherStep(hash: string, item: VoucherItem, before: VoucherItem, lookAt: string | undefined): Step {
  return {
    name: 'voucher',
    put: { item: stored(hash, item, lookAt), condition: 'version = :before', values: { ':before': before.version } },
  }
}
